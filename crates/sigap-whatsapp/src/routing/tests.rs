//! What a tap may and may not claim.

use proptest::prelude::*;

use super::{ROUTING_OVERHEAD_CHARS, RoutingKey};

#[test]
fn a_signed_choice_comes_back() {
    let key = RoutingKey::new(b"key");
    for choice in ["status", "requirements.new", "with~tilde", "", "spasi dan é"] {
        let id = key.sign(choice);
        assert_eq!(key.verify(&id), Some(choice));
        assert_eq!(id.chars().count(), choice.chars().count() + ROUTING_OVERHEAD_CHARS);
    }
}

#[test]
fn a_foreign_id_is_nobodys_choice() {
    let key = RoutingKey::new(b"key");
    let id = key.sign("status");
    for foreign in [
        "status",
        "",
        "1",
        "1~",
        "1~status",
        "1~status~",
        "1~status~AAAAAAAA",
        &id.replace("status", "officer"),
        &id.replacen('1', "2", 1),
        &id[..id.len() - 1],
        &RoutingKey::new(b"other").sign("status"),
    ] {
        assert_eq!(key.verify(foreign), None, "{foreign}");
    }
}

proptest! {
    #[test]
    fn no_made_up_id_passes(id in ".{0,60}") {
        prop_assert_eq!(RoutingKey::new(b"key").verify(&id), None);
    }
}
