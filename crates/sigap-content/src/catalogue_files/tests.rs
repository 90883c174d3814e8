use jiff::civil::date;
use sigap_core::catalogue::HowToApply;

use super::*;
use crate::office_file::CaseRule;

const TODAY: Date = date(2026, 11, 23);

fn catalogue() -> Catalogue {
    read(&Files::embedded().unwrap()).unwrap()
}

#[test]
fn the_fees_of_today_are_those_of_pp_45_2024() {
    let catalogue = catalogue();
    let fees: Vec<(&str, i64)> = catalogue
        .fees_on(TODAY)
        .map(|fee| (fee.code.as_str(), fee.rupiah))
        .collect();
    let expected = [
        ("EP10", 950_000),
        ("EP5", 650_000),
        ("SPLP_WNI", 100_000),
        ("SPLP_OA", 150_000),
        ("FAST", 1_000_000),
        ("LOST", 1_000_000),
        ("DAMAGED", 500_000),
    ];
    assert_eq!(fees, expected);
}

#[test]
fn old_receipts_can_be_read() {
    let catalogue = catalogue();
    let fees: Vec<&str> = catalogue
        .fees_on(date(2020, 1, 20))
        .map(|fee| fee.code.as_str())
        .collect();
    assert_eq!(fees, ["PB48_2019", "EP48_2019"]);
}

#[track_caller]
fn check_total(case: &str, product: &str, expected: Option<i64>) {
    let catalogue = catalogue();
    assert_eq!(
        catalogue.total_on(catalogue.case(case).unwrap(), product, TODAY),
        expected,
        "{case} {product}"
    );
}

#[test]
fn totals_add_penalties_and_speed_but_not_in_a_disaster() {
    check_total("baru_dewasa", "EP10", Some(950_000));
    check_total("hilang", "EP5", Some(1_650_000));
    check_total("hilang_kahar", "EP5", Some(650_000));
    check_total("rusak", "EP10", Some(1_450_000));
    check_total("percepatan", "EP5", Some(1_650_000));
    check_total("baru_anak", "EP10", None);
}

#[test]
fn there_are_sixteen_cases_and_each_says_how_to_apply() {
    let catalogue = catalogue();
    assert_eq!(catalogue.cases.len(), 16);
    assert_eq!(catalogue.case("baru_dewasa").unwrap().online, HowToApply::MPaspor);
    assert_eq!(catalogue.case("percepatan").unwrap().online, HowToApply::WalkIn);
    assert_eq!(catalogue.case("hilang").unwrap().online, HowToApply::Bap);
    assert_eq!(catalogue.case("hilang").unwrap().work_days, None);
    assert!(catalogue.case("baru_anak").unwrap().child_must_come);
}

#[test]
fn what_nobody_has_confirmed_stays_marked() {
    let catalogue = catalogue();
    let unconfirmed: Vec<&str> = catalogue
        .payment
        .channels
        .iter()
        .filter(|row| !row.is_confirmed)
        .map(|row| row.id.as_str())
        .collect();
    assert_eq!(unconfirmed, ["atm", "mbanking", "ibanking"]);
    assert!(!catalogue.case("orang_tua_tunggal").unwrap().is_confirmed());
}

#[test]
fn an_office_without_rules_shares_the_catalogue_of_the_country() {
    assert!(with_rules(&catalogue(), &OfficeFile::default()).is_none());
}

#[test]
fn an_office_switches_products_papers_and_days() {
    let rules = Rules {
        fee: Vec::new(),
        offers: vec!["PMI0".to_owned()],
        withholds: vec!["FAST".to_owned()],
        case: vec![CaseRule {
            id: "baru_anak".to_owned(),
            add: vec!["nikah_ortu".to_owned()],
            remove: vec!["pernyataan_ortu".to_owned()],
            work_days: Some(3),
            source: "bitung2026".to_owned(),
        }],
        pickup_days_kept: Some(25),
        payment_hours_m_paspor: Some(1),
        payment_days_counter: None,
    };
    let own = with_rules(
        &catalogue(),
        &OfficeFile {
            rules,
            ..OfficeFile::default()
        },
    )
    .unwrap();
    assert!(own.fee_on("PMI0", TODAY).is_some());
    assert!(own.fee_on("FAST", TODAY).is_none());
    let case = own.case("baru_anak").unwrap();
    assert_eq!(case.documents, ["ktp_ortu", "kk", "akta_anak", "nikah_ortu"]);
    assert_eq!(case.if_any, ["paspor_ortu"]);
    assert_eq!((case.work_days, case.source.as_str()), (Some(3), "bitung2026"));
    assert_eq!(
        (
            own.pickup.days_kept,
            own.payment.valid_hours_m_paspor,
            own.payment.valid_days_counter
        ),
        (25, 1, 7)
    );
}

#[test]
fn an_unknown_column_is_refused_with_the_file() {
    let mut files = Files::embedded().unwrap();
    files.set("catalogue/pickup.toml", "[pickup]\ndays = 30");
    let error = read(&files).unwrap_err().to_string();
    assert!(
        error.contains("catalogue/pickup.toml") && error.contains("days"),
        "{error}"
    );
}
