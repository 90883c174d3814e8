use sigap_core::queue::spoken::all_clips;

use super::*;

#[test]
fn every_clip_is_there_and_small() {
    let mut bytes = 0;
    for clip in all_clips() {
        let file = CLIPS
            .get_file(format!("{clip}.opus"))
            .unwrap_or_else(|| panic!("no clip `{clip}`"));
        assert!(file.contents().starts_with(b"OggS"), "{clip}");
        bytes += file.contents().len();
    }
    assert!(bytes < 300_000, "{bytes} bytes of clips");
}
