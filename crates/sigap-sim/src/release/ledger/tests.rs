//! Places move between shown, withheld and booked, and never multiply.

use super::*;

const fn booked(slot: u16, places: u16) -> Booked {
    Booked {
        slot,
        places,
        is_bought: false,
    }
}

#[test]
fn what_is_booked_is_not_shown_any_more() {
    let mut ledger = Ledger::new(&[3, 1], Shown::Yes);
    assert!(ledger.book_shown(1, booked(0, 2), 5));
    assert!(!ledger.book_shown(2, booked(0, 2), 6), "one place is left");
    assert!(!ledger.book_shown(1, booked(1, 1), 6), "one booking for each");
    assert!(!ledger.book_shown(3, booked(9, 1), 6), "no such slot");
    assert!(!ledger.book_withheld(3, booked(0, 1), None, 6), "nothing is withheld");
    assert_eq!((ledger.shown_in(0), ledger.shown_in(1), ledger.free()), (1, 1, 2));
    assert!(ledger.is_sound());
}

#[test]
fn refilling_is_timed_from_true_cancellations_only() {
    let mut ledger = Ledger::new(&[2], Shown::Yes);
    assert!(ledger.book_shown(1, booked(0, 1), 0) && ledger.book_shown(2, booked(0, 1), 0));
    assert!(ledger.cancel(1, Shown::Yes, true, 100).is_some());
    assert!(ledger.cancel(2, Shown::Yes, false, 120).is_some());
    assert_eq!(ledger.cancel(2, Shown::Yes, true, 121), None);
    assert!(ledger.book_shown(3, booked(0, 2), 150));
    assert_eq!((ledger.refills.as_slice(), ledger.cancelled), ([50].as_slice(), 1));

    assert!(ledger.cancel(3, Shown::No, true, 200).is_some());
    assert!(!ledger.shows_any() && ledger.withheld_in(0) == 2);
    assert!(ledger.book_withheld(4, booked(0, 2), Some(200), 260));
    assert_eq!(ledger.refills, [50, 60, 60]);
    assert!(ledger.is_sound());
}
