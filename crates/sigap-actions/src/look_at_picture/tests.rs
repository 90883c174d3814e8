use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use sigap_core::intake::Finding;
use sigap_core::intake::picture::judge;

use super::look_at_picture;
use crate::fetch_file::Look;

/// A sheet with lines of letters on a table.
fn sheet() -> GrayImage {
    GrayImage::from_fn(1_000, 800, |x, y| {
        let is_sheet = (100..900).contains(&x) && (100..700).contains(&y);
        let is_ink = is_sheet && y % 24 < 12 && x % 12 < 6;
        Luma([if is_ink {
            50
        } else if is_sheet {
            220
        } else {
            110
        }])
    })
}

fn written(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn photos_of_both_kinds_are_measured_as_they_were_taken() {
    for (mime_type, format) in [("image/jpeg", ImageFormat::Jpeg), ("image/png", ImageFormat::Png)] {
        let look = look_at_picture(mime_type, &written(&sheet(), format));
        let Look::Picture(measures) = look else {
            panic!("{mime_type}: {look:?}");
        };
        assert_eq!((measures.width, measures.height), (1_000, 800));
        assert_eq!(judge(&measures, None), [], "{measures:?}");
    }
    let tiny = GrayImage::from_pixel(40, 30, Luma([9]));
    let Look::Picture(measures) = look_at_picture("image/png", &written(&tiny, ImageFormat::Png)) else {
        panic!("a small picture is a picture");
    };
    assert_eq!(judge(&measures, None), [Finding::TooSmall, Finding::TooDark]);
}

#[test]
fn what_is_cut_off_lies_or_would_unfold_too_far_cannot_be_opened() {
    let png = written(&sheet(), ImageFormat::Png);
    let half = png.get(..png.len() / 2).unwrap();
    assert_eq!(look_at_picture("image/png", half), Look::Unreadable);
    assert_eq!(look_at_picture("image/jpeg", &png), Look::Unreadable);
    assert_eq!(look_at_picture("image/png", b""), Look::Unreadable);
    // The head of a PNG that claims to be 60,000 dots wide; its check sum is right.
    let mut bomb = png.get(..33).unwrap().to_vec();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(look_at_picture("image/png", &bomb), Look::Unreadable);
    assert_eq!(look_at_picture("application/pdf", b"%PDF-1.7"), Look::Other);
}

/// The check sum of PNG (ISO/IEC 15948, annex D), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32| {
        if sum & 1 == 1 {
            0xedb8_8320 ^ (sum >> 1)
        } else {
            sum >> 1
        }
    };
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum))
    });
    !sum
}
