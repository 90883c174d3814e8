//! The published vectors, and what must not pass.

use serde_json::Value;

use super::{SignatureKey, token_matches};

const VECTORS: &str = include_str!("../../samples/signature/vectors.json");

#[test]
fn every_published_vector_is_signed_and_verified() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(vectors.len(), 6);
    for vector in vectors {
        let key = SignatureKey::new(vector["app_secret"].as_str().unwrap().as_bytes());
        let body = vector["raw_body"].as_str().unwrap().as_bytes();
        let header = vector["x_hub_signature_256"].as_str().unwrap();
        assert_eq!(key.sign(body), header, "{}", vector["name"]);
        assert!(key.verify(header, body), "{}", vector["name"]);
        assert!(key.verify(&header.to_uppercase().replace("SHA256", "sha256"), body));
    }
}

#[test]
fn a_changed_byte_a_cut_signature_and_another_secret_are_refused() {
    let key = SignatureKey::new(b"secret");
    let header = key.sign(b"body");
    assert!(!key.verify(&header, b"Body"));
    assert!(!key.verify(&header[..header.len() - 2], b"body"));
    assert!(!key.verify(&header[..header.len() - 1], b"body"));
    assert!(!key.verify(header.trim_start_matches("sha256="), b"body"));
    assert!(!key.verify("", b"body"));
    assert!(!key.verify("sha256=", b"body"));
    assert!(!key.verify("sha256=é", b"body"));
    assert!(!SignatureKey::new(b"other").verify(&header, b"body"));
}

#[test]
fn a_secret_longer_than_a_block_works_like_in_the_standard() {
    // RFC 4231, test case 6: 131 bytes of 0xaa.
    let key = SignatureKey::new(&[0xaa; 131]);
    assert_eq!(
        key.sign(b"Test Using Larger Than Block-Size Key - Hash Key First"),
        "sha256=60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
}

#[test]
fn an_empty_verify_token_never_matches() {
    assert!(token_matches("abc", "abc"));
    assert!(!token_matches("abd", "abc"));
    assert!(!token_matches("", ""));
}
