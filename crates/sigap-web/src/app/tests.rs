use super::*;

/// As small as the page that registers it promises.
const WORKER_BYTES_MAX: usize = 1_536;

#[test]
fn the_worker_has_no_hole_left_and_keeps_every_file_that_pages_load() {
    let worker = filled();
    for hole in ["{version}", "{kirim}", "{shell}"] {
        assert!(WORKER.contains(hole) && !worker.contains(hole), "{hole}");
    }
    for file in [GAYA.url(), KIRIM.url(), WARGA.url(), OFFLINE] {
        assert!(worker.contains(&format!("\"{file}\"")), "{file}");
    }
}

#[test]
fn the_worker_is_small() {
    let mut packed = Vec::new();
    let mut rest = filled().as_bytes();
    brotli::BrotliCompress(&mut rest, &mut packed, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    assert!(packed.len() <= WORKER_BYTES_MAX, "{} bytes", packed.len());
}
