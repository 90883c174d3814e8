//! Opens a photo, in bounds, and measures it. Takes a tenth of a second: never in a transaction, nor on a thread that serves requests.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use sigap_core::intake::picture::Grey;
use sigap_core::limits::{PICTURE_BYTES_MAX, PICTURE_SIDE_MAX};

use crate::fetch_file::Look;

/// What is to be seen of a file of this kind (by its first bytes). A picture that would unfold to more than is allowed counts as one
/// that cannot be opened.
#[must_use]
pub fn look_at_picture(mime_type: &str, bytes: &[u8]) -> Look {
    let format = match mime_type {
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        // Stickers; nobody sends a paper as one, and no photo comes in this format.
        "image/webp" => return Look::Unreadable,
        _ => return Look::Other,
    };
    match open(format, bytes) {
        Some(picture) => measured(&picture),
        None => Look::Unreadable,
    }
}

fn open(format: ImageFormat, bytes: &[u8]) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(PICTURE_SIDE_MAX);
    limits.max_image_height = Some(PICTURE_SIDE_MAX);
    limits.max_alloc = Some(PICTURE_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    // The head alone tells the size: a bomb is refused before anything is unfolded.
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format)
        .into_dimensions()
        .ok()?;
    let is_bounded = width <= PICTURE_SIDE_MAX
        && height <= PICTURE_SIDE_MAX
        && u64::from(width) * u64::from(height) * 4 <= PICTURE_BYTES_MAX;
    if !is_bounded {
        return None;
    }
    reader.decode().ok()
}

fn measured(picture: &DynamicImage) -> Look {
    let (width, height) = (picture.width(), picture.height());
    let grey = picture.to_luma8();
    let size = (usize::try_from(width), usize::try_from(height));
    let (Ok(across), Ok(down)) = size else {
        return Look::Unreadable;
    };
    match Grey::new(across, down, grey.into_raw()) {
        Some(grey) => Look::Picture(grey.measure(width, height)),
        None => Look::Unreadable,
    }
}

#[cfg(test)]
mod tests;
