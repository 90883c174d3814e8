//! What a file really is, by its first bytes: people's and programs' words for it are often wrong. Decodes nothing.

use sha2::{Digest, Sha256};

use crate::limits::{AUDIO_VIDEO_BYTES_MAX, DOCUMENT_BYTES_MAX, IMAGE_BYTES_MAX, STICKER_BYTES_MAX};

/// The MIME type that the first bytes show; `None` when they do not tell.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let at = |from: usize, magic: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(magic));
    if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if starts(b"RIFF") && at(8, b"WEBP") {
        Some("image/webp")
    } else if starts(b"%PDF-") {
        Some("application/pdf")
    } else if starts(b"OggS") {
        Some("audio/ogg")
    } else if starts(b"#!AMR") {
        Some("audio/amr")
    } else if starts(b"ID3") || starts(b"\xff\xfb") || starts(b"\xff\xf3") {
        Some("audio/mpeg")
    } else if starts(b"\xff\xf1") || starts(b"\xff\xf9") {
        Some("audio/aac")
    } else if at(4, b"ftypM4A") {
        Some("audio/mp4")
    } else if at(4, b"ftyp3g") {
        Some("video/3gpp")
    } else if at(4, b"ftyp") {
        Some("video/mp4")
    } else {
        None
    }
}

/// The most bytes that WhatsApp carries of a MIME type.
#[must_use]
pub fn bytes_max(mime_type: &str) -> usize {
    match mime_type.split('/').next() {
        Some("image") if mime_type.starts_with("image/webp") => STICKER_BYTES_MAX,
        Some("image") => IMAGE_BYTES_MAX,
        Some("audio" | "video") => AUDIO_VIDEO_BYTES_MAX,
        _ => DOCUMENT_BYTES_MAX,
    }
}

/// Whether `expected` (hex as the media endpoint says it, or base64 as webhooks do) is the digest of `bytes`.
#[must_use]
pub fn has_digest(bytes: &[u8], expected: &str) -> bool {
    let digest = Sha256::digest(bytes);
    let decoded = data_encoding::HEXLOWER_PERMISSIVE
        .decode(expected.as_bytes())
        .or_else(|_| data_encoding::BASE64.decode(expected.as_bytes()));
    decoded.is_ok_and(|decoded| decoded.as_slice() == &digest[..])
}

#[cfg(test)]
mod tests;
