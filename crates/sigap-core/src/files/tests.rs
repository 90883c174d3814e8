use super::{FileState, FileUse, ending_of, header_of, use_of};

#[test]
fn only_kinds_of_the_table_are_taken_and_named_in_headers() {
    assert_eq!(use_of("image/jpeg"), Some(FileUse::Picture));
    assert_eq!(use_of("application/pdf"), Some(FileUse::Save));
    for refused in ["text/html", "image/svg+xml", "application/zip", ""] {
        assert_eq!(use_of(refused), None, "{refused}");
        assert_eq!(header_of(refused), "application/octet-stream");
        assert_eq!(ending_of(refused), "bin");
    }
    assert!(
        FileState::ALL
            .iter()
            .all(|state| FileState::from_name(state.name()) == Some(*state))
    );
}
