use super::*;

const TITLE: &str = "text\tintent\tlang\tslots\n";

fn check(rows: &str, expected: &[(Kind, (usize, usize, usize))]) {
    let content = sigap_content::Content::embedded().unwrap();
    let sheet = sheet(&Reader::new(content.offices()), &format!("{TITLE}{rows}"));
    let tallies: Vec<_> = sheet
        .tallies
        .iter()
        .map(|(kind, tally)| (*kind, (tally.expected, tally.found, tally.more)))
        .collect();
    assert_eq!(tallies, expected, "{rows}: {:?}", sheet.misses);
}

#[test]
fn a_set_without_values_says_nothing_of_them() {
    check("besok buka?\thours\tid\t\nbesok\tinform\tid\n", &[]);
}

#[test]
fn a_day_is_right_when_it_reads_as_its_phrase_alone() {
    check(
        "daftar kamis ini jam 8\tqueue_book\tid\tdate=kamis ini",
        &[(Kind::Date, (1, 1, 0))],
    );
    check(
        "daftar besok siang\tqueue_book\tid\tdate=besok pagi",
        &[(Kind::Date, (1, 0, 1))],
    );
    check(
        "dari rabu depan ke senin depan\tqueue_reschedule\tid\tdate=rabu depan;date=senin depan",
        &[(Kind::Date, (2, 2, 0))],
    );
}

#[test]
fn an_office_is_right_when_it_is_the_one_that_its_name_alone_means() {
    check(
        "kantor jaksel\tinform\tid\toffice=jakarta selatan",
        &[(Kind::Office, (1, 1, 0))],
    );
    check(
        "kantor mana saja\taddress\tid\toffice=bogor",
        &[(Kind::Office, (1, 0, 0))],
    );
}

#[test]
fn numbers_are_told_apart() {
    check(
        "cek 1914177763170669\tstatus\tid\tappno=1914177763170669",
        &[(Kind::Application, (1, 1, 0))],
    );
    check(
        "nik 3201072706560007\tinform\tid\tnik=3201072706560007",
        &[(Kind::Nik, (1, 1, 0))],
    );
    check(
        "billing 820262251996198\tinform\tid\tbilling=820262251996198",
        &[(Kind::Billing, (1, 1, 0))],
    );
    check(
        "nomor paspor B9815061\tinform\tid\tpassport=B9815061",
        &[(Kind::Passport, (1, 1, 0))],
    );
    check("A-281\tinform\tid\tqno=A-281", &[(Kind::QueueNumber, (1, 0, 0))]);
}

#[test]
fn a_name_alone_is_read_as_the_step_that_asks_reads_it() {
    check(
        "Hendra Gunawan\tinform\tid\tname=Hendra Gunawan",
        &[(Kind::Name, (1, 1, 0))],
    );
    check("atas nama Budi\tstatus\tid\tname=Sri", &[(Kind::Name, (1, 0, 1))]);
}

#[test]
fn queue_numbers_count_for_no_share_since_nothing_reads_them() {
    let mut sheet = Sheet::default();
    sheet.tallies.insert(
        Kind::QueueNumber,
        Tally {
            expected: 5,
            found: 0,
            more: 0,
        },
    );
    sheet.tallies.insert(
        Kind::Name,
        Tally {
            expected: 2,
            found: 1,
            more: 0,
        },
    );
    assert!((sheet.recall() - 0.5).abs() < f32::EPSILON);
}
