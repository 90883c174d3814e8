use jiff::Timestamp;
use sigap_content::entry::EntryKey;
use sigap_content::overlay::Patch;

use super::*;

#[test]
fn what_is_kept_is_read_again() {
    let patch = Patch {
        fields: None,
        by: StaffId(7),
        at: Timestamp::UNIX_EPOCH,
    };
    let kept = VersionContent {
        overlay: Overlay {
            patches: [(EntryKey::parse("answer/thanks").unwrap(), patch)].into(),
        },
        editors: vec![StaffId(7), StaffId(9)],
        note: "Tarif \"baru\"".into(),
        returned: "Sumbernya?".into(),
        restored: Some(3),
    };
    assert_eq!(VersionContent::from_stored(&kept.to_stored()), Ok(kept));
}

/// A stored form that version 1 wrote stays readable.
#[test]
fn the_first_stored_form_is_still_read() {
    let stored = r#"{"version":1,"overlay":"{\"version\":1}","editors":[7]}"#;
    let read = VersionContent::from_stored(stored).unwrap();
    assert_eq!(read.editors, [StaffId(7)]);
    assert!(VersionContent::from_stored(r#"{"version":2,"overlay":""}"#).is_err());
    assert!(VersionContent::from_stored(r#"{"version":1,"overlay":"halo"}"#).is_err());
}
