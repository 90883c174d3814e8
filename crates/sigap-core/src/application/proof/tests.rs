//! Each proof and what it earns.

use jiff::civil::date;

use super::*;
use crate::application::Stage;
use crate::ids::{ApplicationNumber, OfficeId};

fn application(born_on: Option<Date>) -> Application {
    Application {
        number: ApplicationNumber::parse("1179000000000123").unwrap(),
        office: OfficeId(7),
        stage: Stage::Ready,
        name: Some("SITI CONTOH".into()),
        kind: None,
        applied_on: Some(date(2026, 3, 2)),
        born_on,
        proved: vec![(Stage::Ready, date(2026, 3, 9))],
        issued_on: Some(date(2026, 3, 6)),
        billing_code: Some("820260302000001".into()),
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

fn bare(can_be_proved: bool) -> BareView {
    BareView {
        stage: Stage::Ready,
        office: OfficeId(7),
        data_at: Some(Timestamp::UNIX_EPOCH),
        can_be_proved,
    }
}

fn dates() -> Dates {
    Dates {
        applied_on: Some(date(2026, 3, 2)),
        proved: vec![(Stage::Ready, date(2026, 3, 9))],
        ready_on: Some(date(2026, 3, 6)),
    }
}

#[track_caller]
fn check(born_on: Option<Date>, proof: Proof, shown: &ApplicationView) {
    let application = application(born_on);
    assert_eq!(&view(Some(&application), proof, Some(Timestamp::UNIX_EPOCH)), shown);
}

const BORN_ON: Date = date(1990, 5, 17);

#[test]
fn the_number_alone_shows_stage_and_office() {
    check(Some(BORN_ON), Proof::Bare, &ApplicationView::Bare(bare(true)));
    check(None, Proof::Bare, &ApplicationView::Bare(bare(false)));
}

#[test]
fn the_right_birth_date_adds_the_dates_but_no_name() {
    check(
        Some(BORN_ON),
        Proof::BirthDate(BORN_ON),
        &ApplicationView::Dated(bare(true), dates()),
    );
}

#[test]
fn a_wrong_birth_date_is_answered_like_an_unknown_number() {
    for told in [
        date(1990, 5, 18),
        date(1990, 6, 17),
        date(1991, 5, 17),
        date(1990, 12, 5),
        Date::ZERO,
    ] {
        check(Some(BORN_ON), Proof::BirthDate(told), &ApplicationView::NotShown);
        assert_eq!(view(None, Proof::BirthDate(told), None), ApplicationView::NotShown);
    }
}

#[test]
fn a_birth_date_proves_nothing_where_none_is_on_file() {
    // `Date::ZERO` stands in for a missing date in the comparison: it must not match either.
    for told in [BORN_ON, Date::ZERO] {
        check(None, Proof::BirthDate(told), &ApplicationView::Bare(bare(false)));
    }
}

#[test]
fn a_bound_phone_is_shown_everything() {
    let personal = PersonalView {
        name: Some("SITI CONTOH".into()),
        billing_code: Some("820260302000001".into()),
    };
    check(
        None,
        Proof::Bound,
        &ApplicationView::Full(bare(false), dates(), personal),
    );
}

#[test]
fn an_unknown_number_shows_nothing_to_anybody() {
    for proof in [Proof::Bare, Proof::BirthDate(BORN_ON), Proof::Bound] {
        assert_eq!(
            view(None, proof, Some(Timestamp::UNIX_EPOCH)),
            ApplicationView::NotShown
        );
    }
}

#[test]
fn without_a_stated_day_of_issue_no_pick_up_day_can_be_counted() {
    let mut application = application(Some(BORN_ON));
    application.issued_on = None;
    let ApplicationView::Dated(_, dates) = view(Some(&application), Proof::BirthDate(BORN_ON), None) else {
        panic!("the birth date is right");
    };
    assert_eq!(dates.ready_on, None);
}

#[test]
fn debug_hides_the_birth_date_typed() {
    assert_eq!(format!("{:?}", Proof::BirthDate(BORN_ON)), "BirthDate(…)");
}
