//! Months by the account's zone, and what counts.

use jiff::tz::TimeZone;

use super::{BillingMonth, Budget, delivered_category};
use crate::inbound::{EventKind, parse};
use crate::routing::RoutingKey;

#[test]
fn the_month_begins_at_midnight_of_the_accounts_zone() {
    let zone = TimeZone::get("Asia/Jakarta").unwrap();
    let month = |text: &str| BillingMonth::of(text.parse().unwrap(), &zone);
    let (november, december) = (month("2026-11-30T16:59:59Z"), month("2026-11-30T17:00:00Z"));
    assert_eq!((november.year, november.month), (2026, 11));
    assert_eq!((december.year, december.month), (2026, 12));
    assert!(november < december);
}

#[test]
fn the_warning_comes_at_eighty_and_at_a_hundred_per_cent() {
    assert_eq!(Budget::after(799), Budget::Fine);
    assert_eq!(Budget::after(800), Budget::NearlyUsed);
    assert_eq!(Budget::after(999), Budget::NearlyUsed);
    assert_eq!(Budget::after(1_000), Budget::Used);
}

#[test]
fn what_was_delivered_counts_in_its_category_unless_it_is_free() {
    let count = |status: &str, category: &str, kind: &str| {
        let body = format!(
            r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"statuses":[{{"id":"w","status":"{status}",
            "timestamp":"1796000000","pricing":{{"category":"{category}","type":"{kind}","billable":true}}}}]}}}}]}}]}}"#
        );
        let webhook = parse(&RoutingKey::new(b"key"), body.as_bytes()).unwrap();
        match &webhook.events[0].kind {
            EventKind::Status(update) => delivered_category(update).map(str::to_owned),
            other => panic!("{other:?}"),
        }
    };
    let of = |category: &str| Some(category.to_owned());
    assert_eq!(count("delivered", "service", "regular"), of("service"));
    assert_eq!(count("read", "service", "free_customer_service"), of("service"));
    assert_eq!(count("delivered", "utility", "regular"), of("utility"));
    assert_eq!(count("delivered", "marketing", "regular"), of("marketing"));
    for (status, category, kind) in [
        ("sent", "service", "regular"),
        ("failed", "utility", "regular"),
        ("delivered", "service", "free_entry_point"),
        ("delivered", "utility", "free_entry_point"),
        ("delivered", "utility", "free_customer_service"),
        ("delivered", "", "regular"),
    ] {
        assert_eq!(count(status, category, kind), None, "{status} {category} {kind}");
    }
}
