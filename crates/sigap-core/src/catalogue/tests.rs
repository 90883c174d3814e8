use jiff::civil::date;

use super::*;

fn fee(code: &str, kind: FeeKind, rupiah: i64, from: Date, until: Option<Date>) -> Fee {
    Fee {
        code: code.into(),
        kind,
        rupiah,
        years: None,
        pages: None,
        is_electronic: true,
        is_for_adults: false,
        is_offered: true,
        from,
        is_from_approximate: false,
        until,
        check_again_on: None,
        source: "pp45_2024".into(),
        confidence: Confidence::High,
        note: None,
    }
}

fn case(products: &[&str], surcharge: Option<&str>, penalty: Option<&str>) -> Case {
    Case {
        id: "contoh".into(),
        online: HowToApply::MPaspor,
        documents: vec!["ktp".into()],
        if_any: Vec::new(),
        products: products.iter().map(|code| (*code).to_owned()).collect(),
        work_days: Some(4),
        penalty: penalty.map(str::to_owned),
        surcharge: surcharge.map(str::to_owned),
        child_must_come: false,
        only_for: Vec::new(),
        else_case: None,
        check_again_on: None,
        from: date(2022, 9, 29),
        is_from_approximate: false,
        source: "ambon2026".into(),
        confidence: Confidence::High,
        note: None,
    }
}

fn catalogue() -> Catalogue {
    let new = date(2024, 12, 17);
    let text = |text: &str| text.to_owned();
    let mut pmi = fee("PMI0", FeeKind::Passport, 0, date(2020, 1, 1), None);
    pmi.is_offered = false;
    Catalogue {
        survey: crate::survey::tests::rules(),
        notices: crate::notices::tests::catalogue(),
        intake: IntakeRules {
            services: Vec::new(),
            cases: Vec::new(),
            keep_days: 7,
            talk_file_days: 30,
            questions: Vec::new(),
            shapes: Vec::new(),
            not_photographed: Vec::new(),
            from: date(2026, 11, 26),
            source: UNVERIFIED.into(),
            confidence: Confidence::Low,
            note: None,
        },
        pricing: crate::notices::tests::pricing(),
        checked: date(2026, 11, 23),
        sources: BTreeMap::new(),
        fees: vec![
            fee("EP5", FeeKind::Passport, 650_000, new, None),
            fee("PB5", FeeKind::Passport, 350_000, new, Some(date(2025, 11, 1))),
            fee("FAST", FeeKind::Surcharge, 1_000_000, new, None),
            fee("LOST", FeeKind::Penalty, 1_000_000, new, None),
            pmi,
        ],
        documents: vec![text("ktp")],
        cases: vec![case(&["EP5"], None, Some("LOST"))],
        issue: IssueTime {
            work_days: 4,
            complete_papers_days: 7,
            bap_photo_after_work_days: 3,
            sync_hours: 24,
            from: new,
            source: text("x"),
            confidence: Confidence::High,
            note: None,
        },
        payment: Payment {
            code_digits: 15,
            valid_hours_m_paspor: 2,
            valid_days_counter: 7,
            channels: Vec::new(),
            losses: Vec::new(),
            from: new,
            source: text("x"),
            confidence: Confidence::High,
            note: None,
        },
        booking: NationalBooking {
            name: text("M-Paspor"),
            former_name: text("APAPO"),
            reschedule_max: 1,
            reschedule_within_days: 30,
            from: new,
            is_from_approximate: true,
            source: text("x"),
            confidence: Confidence::High,
            note: None,
        },
        pickup: Pickup {
            days_kept: 30,
            by: Vec::new(),
            from: new,
            is_from_approximate: true,
            source: text("x"),
            confidence: Confidence::High,
            note: None,
        },
        stages: Vec::new(),
        priority: Vec::new(),
        services: Vec::new(),
        complaint: ComplaintDeadlines {
            first_reply_days: 3,
            information_days: 5,
            no_field_check_days: 14,
            field_check_days: 60,
            national_channel: text("SP4N-LAPOR!"),
            from: new,
            source: text("x"),
            confidence: Confidence::High,
            note: None,
        },
        reports: IssuingReports {
            reports: Vec::new(),
            header_rows_max: 15,
            columns: BTreeMap::new(),
            source: text("x"),
            confidence: Confidence::High,
            note: None,
        },
    }
}

#[track_caller]
fn check_codes(day: Date, expected: &[&str]) {
    let catalogue = catalogue();
    let codes: Vec<&str> = catalogue.fees_on(day).map(|fee| fee.code.as_str()).collect();
    assert_eq!(codes, expected, "on {day}");
}

#[test]
fn a_fee_holds_from_its_first_day_and_no_more_on_the_day_it_ends() {
    check_codes(date(2024, 12, 16), &[]);
    check_codes(date(2024, 12, 17), &["EP5", "PB5", "FAST", "LOST"]);
    check_codes(date(2025, 10, 31), &["EP5", "PB5", "FAST", "LOST"]);
    check_codes(date(2025, 11, 1), &["EP5", "FAST", "LOST"]);
}

#[test]
fn the_total_adds_penalty_and_surcharge_to_the_passport() {
    let catalogue = catalogue();
    let today = date(2026, 11, 23);
    assert_eq!(
        catalogue.total_on(&case(&["EP5"], None, None), "EP5", today),
        Some(650_000)
    );
    assert_eq!(
        catalogue.total_on(&case(&["EP5"], None, Some("LOST")), "EP5", today),
        Some(1_650_000)
    );
    assert_eq!(
        catalogue.total_on(&case(&["EP5"], Some("FAST"), None), "EP5", today),
        Some(1_650_000)
    );
}

#[test]
fn a_total_with_a_part_that_is_not_in_force_is_not_shown() {
    let catalogue = catalogue();
    let today = date(2026, 11, 23);
    assert_eq!(catalogue.total_on(&case(&["PB5"], None, None), "PB5", today), None);
    assert_eq!(
        catalogue.total_on(&case(&["EP5"], Some("UNKNOWN"), None), "EP5", today),
        None
    );
    assert_eq!(catalogue.total_on(&case(&["EP5"], None, None), "EP10", today), None);
}

#[test]
fn a_product_nobody_switched_on_is_not_offered() {
    let catalogue = catalogue();
    assert!(catalogue.fee_on("PMI0", date(2026, 11, 23)).is_none());
    let worker = case(&["EP5", "PMI0"], None, None);
    let codes: Vec<&str> = catalogue
        .products_of(&worker, date(2026, 11, 23))
        .map(|fee| fee.code.as_str())
        .collect();
    assert_eq!(codes, ["EP5"]);
}

#[test]
fn a_row_without_source_or_with_low_confidence_is_not_confirmed() {
    assert!(is_confirmed("pp45_2024", Confidence::Medium));
    assert!(!is_confirmed("pp45_2024", Confidence::Low));
    assert!(!is_confirmed(UNVERIFIED, Confidence::High));
}

#[test]
fn the_thirty_days_count_from_the_day_of_issue() {
    let catalogue = catalogue();
    assert_eq!(catalogue.pickup.last_day(date(2026, 11, 23)), Some(date(2026, 12, 23)));
    assert_eq!(catalogue.pickup.last_day(Date::MAX), None);
}

#[test]
fn cases_are_found_by_their_name() {
    let catalogue = catalogue();
    assert_eq!(
        catalogue.case("contoh").map(|case| case.products.as_slice()),
        Some(&["EP5".to_owned()][..])
    );
    assert!(catalogue.case("tidak-ada").is_none());
}
