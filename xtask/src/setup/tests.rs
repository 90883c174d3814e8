use super::major_of;

#[test]
fn the_major_version_is_read_from_what_node_says() {
    assert_eq!(major_of("v24.21.0\n"), Some(24));
    assert_eq!(major_of("v20.20.2"), Some(20));
    assert_eq!(major_of("command not found"), None);
}
