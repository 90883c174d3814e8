//! Finding the demo's address in what it prints.

use super::address_in;

#[test]
fn the_address_is_taken_without_its_path() {
    let line = "  phone page   http://127.0.0.1:40123/phone\n";
    assert_eq!(address_in(line).as_deref(), Some("http://127.0.0.1:40123"));
    assert_eq!(
        address_in("http://[::1]:8080").as_deref(),
        Some("http://[::1]:8080")
    );
}

#[test]
fn a_line_without_a_real_port_is_passed_over() {
    assert_eq!(address_in("listening on 127.0.0.1:0"), None);
    assert_eq!(address_in("see http://127.0.0.1:0/"), None);
    assert_eq!(address_in("see http://example.org/help"), None);
}
