use super::Contact;

fn phone(typed: &str) -> Option<Option<String>> {
    Contact::of_typed_phone(typed).map(|contact| contact.phone)
}

#[test]
fn a_number_is_kept_with_its_country() {
    for typed in ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"] {
        assert_eq!(phone(typed), Some(Some("6281234567890".to_owned())), "{typed}");
    }
    assert_eq!(phone("+65 8123 4567"), Some(Some("6581234567".to_owned())));
}

#[test]
fn nothing_typed_is_nobody_and_nonsense_is_refused() {
    assert_eq!(phone("  "), Some(None));
    for typed in ["belum ada", "0812", "0812345678901234", "-"] {
        assert_eq!(phone(typed), None, "{typed}");
    }
}
