//! Finding the demo's address in what it prints.

use super::address_in;

#[test]
fn the_address_of_the_phone_page_is_taken_without_its_path() {
    let line = "  phone page   http://127.0.0.1:40123/phone\n";
    assert_eq!(address_in(line).as_deref(), Some("http://127.0.0.1:40123"));
    assert_eq!(
        address_in("http://[::1]:8080/phone").as_deref(),
        Some("http://[::1]:8080")
    );
}

#[test]
fn other_lines_are_passed_over() {
    assert_eq!(address_in("figures  http://127.0.0.1:40123/metrics"), None);
    assert_eq!(address_in("phone  http://127.0.0.1:0/phone"), None);
    assert_eq!(address_in("see http://example.org/phone"), None);
    assert_eq!(address_in("POST /phone"), None);
}
