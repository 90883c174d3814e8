//! Files by their first bytes.

use super::{bytes_max, has_digest, sniff};

#[test]
fn a_file_is_known_by_its_first_bytes() {
    let cases: [(&[u8], Option<&str>); 9] = [
        (b"\xff\xd8\xff\xe0rest", Some("image/jpeg")),
        (b"\x89PNG\r\n\x1a\nrest", Some("image/png")),
        (b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp")),
        (b"%PDF-1.7", Some("application/pdf")),
        (b"OggS\0", Some("audio/ogg")),
        (b"\0\0\0\x20ftypisom", Some("video/mp4")),
        (b"\0\0\0\x20ftypM4A ", Some("audio/mp4")),
        (b"halo", None),
        (b"", None),
    ];
    for (bytes, mime_type) in cases {
        assert_eq!(sniff(bytes), mime_type);
    }
}

#[test]
fn a_picture_may_be_smaller_than_a_document() {
    assert!(bytes_max("image/webp") < bytes_max("image/jpeg"));
    assert!(bytes_max("image/jpeg") < bytes_max("audio/ogg"));
    assert!(bytes_max("audio/ogg") < bytes_max("application/pdf"));
}

#[test]
fn both_spellings_of_a_digest_are_read() {
    let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert!(has_digest(b"abc", hex));
    assert!(has_digest(b"abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
    assert!(!has_digest(b"abd", hex));
    assert!(!has_digest(b"abc", ""));
    assert!(!has_digest(b"abc", "x="));
}
