//! Months by the account's zone, and what counts.

use jiff::tz::TimeZone;

use super::{BillingMonth, Budget, is_delivered_service};
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
fn only_a_delivered_service_message_counts() {
    let count = |status: &str, category: &str, kind: &str| {
        let body = format!(
            r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"statuses":[{{"id":"w","status":"{status}",
            "timestamp":"1796000000","pricing":{{"category":"{category}","type":"{kind}","billable":true}}}}]}}}}]}}]}}"#
        );
        let webhook = parse(&RoutingKey::new(b"key"), body.as_bytes()).unwrap();
        match &webhook.events[0].kind {
            EventKind::Status(update) => is_delivered_service(update),
            other => panic!("{other:?}"),
        }
    };
    assert!(count("delivered", "service", "regular"));
    assert!(count("read", "service", "free_customer_service"));
    assert!(!count("sent", "service", "regular"));
    assert!(!count("failed", "service", "regular"));
    assert!(!count("delivered", "utility", "regular"));
    assert!(!count("delivered", "service", "free_entry_point"));
}
