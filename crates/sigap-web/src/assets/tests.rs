use std::collections::HashSet;
use std::io::Read;

use axum::http::HeaderValue;

use super::*;

#[test]
fn every_file_has_an_address_of_its_own_that_follows_its_content() {
    let addresses: HashSet<&str> = ALL.iter().map(|asset| asset.url()).collect();
    assert_eq!(addresses.len(), ALL.len());
    let (name, rest) = GAYA.url().split_once('.').unwrap();
    let (hash, ending) = rest.split_once('.').unwrap();
    assert_eq!((name, hash.len(), ending), ("/aset/gaya", HASH_LETTERS, "css"));
    static ONE: Asset = Asset::new("a", "css", CSS, b"p { color: red }");
    static OTHER: Asset = Asset::new("a", "css", CSS, b"p { color: tan }");
    assert_ne!(ONE.url(), OTHER.url());
}

#[test]
fn what_is_unpacked_is_what_was_written() {
    for asset in ALL.iter().filter(|asset| asset.is_text()) {
        let packed = asset.packed();
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut packed.brotli.as_slice(), &mut text).unwrap();
        assert_eq!(text, asset.content(), "{}", asset.url());
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(packed.gzip.as_slice())
            .read_to_end(&mut text)
            .unwrap();
        assert_eq!(text, asset.content(), "{}", asset.url());
    }
}

#[test]
fn what_a_citizen_loads_stays_small() {
    for (asset, most) in [(&GAYA, 2_560), (&WARGA, 3_072), (&KIRIM, 1_024), (&ICON, 1_024)] {
        let bytes = asset.packed().brotli.len();
        assert!(bytes <= most, "{} is {bytes} bytes, {most} at most", asset.url());
    }
}

#[test]
fn a_browser_gets_what_it_can_read() {
    let taken = |offers: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(offers));
        coding_of(&headers)
    };
    assert_eq!(taken("gzip, deflate, br, zstd"), Some(Coding::Brotli));
    assert_eq!(taken("gzip, br;q=0"), Some(Coding::Gzip));
    assert_eq!(taken("identity"), None);
    assert_eq!(coding_of(&HeaderMap::new()), None);
}

#[test]
fn a_script_travels_without_its_comments() {
    let script = b"// why\n\"use strict\";\n\n  // more\n  const a = 1; // kept\n";
    assert_eq!(slim(script), b"\"use strict\";\nconst a = 1; // kept");
    assert!(WARGA.content().len() < WARGA.content.len());
}
