use jiff::civil::date;

use super::*;
use crate::files::Files;

const TODAY: Date = date(2026, 11, 23);

fn real() -> Files {
    Files::embedded().unwrap()
}

/// The file with one part replaced; the part has to be there, else the test tests nothing.
#[track_caller]
fn broken(path: &str, from: &str, to: &str) -> CheckReport {
    let mut files = real();
    let text = files.get(path).unwrap().to_owned();
    assert!(text.contains(from), "{path} has no `{from}` to break");
    files.set(path, &text.replacen(from, to, 1));
    Content::from_files(&files).unwrap().check(TODAY)
}

/// The content with a file added or replaced.
fn with(path: &str, text: &str) -> CheckReport {
    let mut files = real();
    files.set(path, text);
    Content::from_files(&files).unwrap().check(TODAY)
}

#[track_caller]
fn check(report: &CheckReport, severity: Severity, file: &str, key: &str, what: &str) {
    let found = report
        .of(severity)
        .any(|f| f.file == file && f.key == key && f.what.contains(what));
    assert!(
        found,
        "no {severity:?} at {file} {key} about `{what}` in\n{}",
        list(report)
    );
}

#[track_caller]
fn check_error(report: &CheckReport, file: &str, key: &str, what: &str) {
    check(report, Severity::Error, file, key, what);
    assert!(!report.is_green());
}

fn list(report: &CheckReport) -> String {
    let worst = report
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Notice);
    worst.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_real_content_is_green() {
    let report = Content::embedded().unwrap().check(TODAY);
    assert!(report.is_green(), "{}", list(&report));
    assert!(report.checked > 1_000, "only {} things were checked", report.checked);
}

#[test]
fn the_real_content_stays_green_while_its_fees_hold() {
    let report = Content::embedded().unwrap().check(date(2027, 4, 1));
    assert!(report.is_green(), "{}", list(&report));
}

#[test]
fn what_nobody_confirmed_is_listed_as_a_notice() {
    let report = Content::embedded().unwrap().check(TODAY);
    check(
        &report,
        Severity::Notice,
        "offices/jakarta-pusat.toml",
        "whatsapp",
        "nobody has confirmed",
    );
    check(
        &report,
        Severity::Notice,
        "offices/sukabumi.toml",
        "helpdesk_place",
        "nobody has confirmed",
    );
    check(
        &report,
        Severity::Notice,
        "offices/default.toml",
        "hours",
        "nobody has confirmed",
    );
    check(&report, Severity::Notice, "catalogue/payment.toml", "atm", "no source");
}

#[test]
fn a_missing_text_is_found_in_both_complete_languages() {
    for code in ["id", "en"] {
        let file = format!("texts/{code}/thanks.toml");
        check_error(&with(&file, ""), &file, "thanks.welcome", "missing");
        let file = format!("texts/{code}/document.toml");
        check_error(&broken(&file, "[ktp]", "[kartu]"), &file, "document.ktp", "missing");
    }
}

#[test]
fn a_missing_text_in_sundanese_falls_back_and_is_no_error() {
    assert!(with("texts/su/thanks.toml", "").is_green());
}

#[test]
fn a_key_nobody_says_is_found() {
    let report = with(
        "texts/id/thanks.toml",
        "[welcome]\ntext = \"Sama-sama.\"\n[welcom]\ntext = \"Sama-sama.\"",
    );
    check(
        &report,
        Severity::Warning,
        "texts/id/thanks.toml",
        "thanks.welcom",
        "no message",
    );
    let report = with("texts/su/thanks.toml", "[welcom]\ntext = \"Sami-sami.\"");
    check_error(
        &report,
        "texts/su/thanks.toml",
        "thanks.welcom",
        "Indonesian does not have",
    );
}

#[test]
fn an_unknown_or_missing_argument_is_found() {
    let file = "texts/en/duration.toml";
    check_error(
        &broken(file, "{papers_days}", "{paper_days}"),
        file,
        "duration.info",
        "nothing fills `{paper_days}`",
    );
    check_error(
        &broken(file, "{days}", "four"),
        file,
        "duration.info",
        "`{days}` is missing",
    );
}

#[test]
fn a_brace_that_is_not_closed_is_found() {
    let file = "texts/id/thanks.toml";
    check_error(
        &with(file, "[welcome]\ntext = \"Sama-sama {\""),
        file,
        "thanks.welcome",
        "not closed",
    );
}

#[test]
fn a_body_that_would_be_cut_is_found_with_its_length() {
    let file = "texts/id/thanks.toml";
    let long = format!("[welcome]\ntext = \"{}\"", "Sama-sama saja. ".repeat(70));
    check_error(&with(file, &long), file, "thanks.welcome", "1024 at most");
}

#[test]
fn long_values_count_against_the_limit() {
    let file = "texts/id/priority.toml";
    let report = broken(
        file,
        "[disabilitas]\ntext = \"",
        &format!("[disabilitas]\ntext = \"{}", "sangat ".repeat(110)),
    );
    check_error(&report, file, "priority.info", "1024 at most");
}

#[test]
fn titles_and_descriptions_have_limits() {
    let file = "texts/id/choice.toml";
    let report = broken(file, "title = \"Cek status\"", "title = \"Periksa status paspor\"");
    check_error(&report, file, "choice.status", "21 characters, 20 at most");
    let report = broken(
        file,
        "title = \"Keluarga satu KK\"",
        "title = \"Keluarga dalam satu KK ya\"",
    );
    check_error(&report, file, "choice.pickup.family", "25 characters, 24 at most");
    let report = broken(
        file,
        "description = \"Daftar layanan\"",
        &format!("description = \"{}\"", "x".repeat(73)),
    );
    check_error(&report, file, "choice.menu", "72 at most");
    let report = broken("texts/id/list.toml", "Lihat layanan", "Lihat semua layanan kami");
    check_error(&report, "texts/id/list.toml", "list.menu", "20 at most");
    let report = broken(
        "texts/en/section.toml",
        "Office services",
        "Services at this very office",
    );
    check_error(&report, "texts/en/section.toml", "section.service", "24 at most");
    check_error(
        &broken(file, "title = \"Cek status\"", "title = \"*Cek status*\""),
        file,
        "choice.status",
        "no marks",
    );
}

#[test]
fn a_missing_title_is_found() {
    let file = "texts/en/choice.toml";
    check_error(
        &broken(file, "[helpdesk]", "[helpdisk]"),
        file,
        "choice.helpdesk",
        "missing",
    );
}

#[test]
fn two_equal_titles_under_one_message_are_found() {
    let file = "texts/id/choice.toml";
    let report = broken(file, "title = \"Paspor rusak\"", "title = \"Paspor hilang\"");
    check_error(&report, file, "requirements.which", "`paspor hilang` stands twice");
}

#[test]
fn words_that_are_not_plain_are_found_in_indonesian_only() {
    let file = "texts/id/thanks.toml";
    check_error(
        &with(file, "[welcome]\ntext = \"Silahkan ketik menu.\""),
        file,
        "thanks.welcome",
        "silahkan",
    );
    check_error(
        &with(file, "[welcome]\ntext = \"Sama-sama!\""),
        file,
        "thanks.welcome",
        "exclamation",
    );
    let english = "texts/en/thanks.toml";
    assert!(with(english, "[welcome]\ntext = \"Your input helps.\"").is_green());
    check_error(
        &with(english, "[welcome]\ntext = \"Thanks!\""),
        english,
        "thanks.welcome",
        "exclamation",
    );
}

#[test]
fn a_stage_without_its_meaning_is_found() {
    let file = "texts/id/stage.toml";
    let report = broken(file, "citizen = \"Paspor sedang dicetak.\"", "other = \"x\"");
    check_error(&report, file, "stage.printing", "`citizen` is missing");
}

#[test]
fn fees_that_ended_or_make_no_sense_are_found() {
    let file = "catalogue/fees.toml";
    let lapsed = broken(
        file,
        "source = \"pp45_2024\"",
        "until = \"2026-01-01\"\nsource = \"pp45_2024\"",
    );
    check_error(&lapsed, "catalogue/cases.toml", "baru_dewasa", "`EP10` is not in force");
    check_error(
        &broken(file, "rupiah = 950_000", "rupiah = -1"),
        file,
        "EP10",
        "negative",
    );
    let twice = broken(file, "code = \"EP5\"", "code = \"EP10\"");
    check_error(&twice, file, "EP10", "stands twice");
    let backwards = broken(file, "until = \"2025-11-01\"", "until = \"2024-01-01\"");
    check_error(&backwards, file, "PB10", "ends before");
    let none = broken(
        file,
        "kind = \"surcharge\"\nrupiah = 1_000_000\nfrom = \"2024",
        "kind = \"surcharge\"\nrupiah = 1_000_000\nfrom = \"2034",
    );
    check_error(&none, file, "surcharge", "no fee of this kind");
}

#[test]
fn rows_that_point_nowhere_are_found() {
    let file = "catalogue/cases.toml";
    check_error(
        &broken(file, "\"akta_or\"", "\"akta_x\""),
        file,
        "baru_dewasa",
        "`akta_x` is not listed",
    );
    check_error(
        &broken(file, "\"EP10\"", "\"EP99\""),
        file,
        "baru_dewasa",
        "no fee `EP99`",
    );
    check_error(
        &broken(file, "\"ambon2026\"", "\"hearsay\""),
        file,
        "baru_dewasa",
        "`hearsay` is not listed",
    );
    let report = broken(file, "\"ganti_lama_sebelum_2009\"", "\"ganti_lama\"");
    check_error(&report, file, "ganti_habis", "no case `ganti_lama`");
    let file = "catalogue/pickup.toml";
    check_error(
        &broken(file, "\"surat_kuasa\"", "\"surat_sakti\""),
        file,
        "orang_lain",
        "`surat_sakti`",
    );
    let file = "catalogue/stages.toml";
    let report = broken(file, "stage = \"printing\"", "stage = \"ready\"");
    check_error(&report, file, "printing", "missing");
    let file = "catalogue/payment.toml";
    let report = broken(
        file,
        "id = \"atm\"\nis_confirmed = false",
        "id = \"atm\"\nis_confirmed = true",
    );
    check_error(&report, file, "atm", "confirmed by nobody");
}

#[test]
fn a_catalogue_nobody_went_through_for_half_a_year_is_a_warning() {
    let report = Content::embedded().unwrap().check(date(2027, 7, 1));
    check(
        &report,
        Severity::Warning,
        "catalogue/sources.toml",
        "checked",
        "nobody went through",
    );
}

#[test]
fn an_office_file_without_an_office_is_found() {
    check_error(
        &with("offices/atlantis.toml", ""),
        "offices/atlantis.toml",
        "atlantis",
        "no office has this slug",
    );
}

#[test]
fn an_office_file_that_points_nowhere_is_found() {
    let file = "offices/bitung.toml";
    check_error(&with(file, "without = [\"kopi\"]"), file, "kopi", "no choice");
    check_error(
        &with(file, "[[priority]]\nid = \"teman\""),
        file,
        "teman",
        "no such priority group",
    );
    check_error(
        &with(file, "[[priority]]\nid = \"lansia\""),
        file,
        "lansia",
        "has no age",
    );
    check_error(&with(file, "[rules]\noffers = [\"XX\"]"), file, "XX", "no such fee");
    let rule = "[[rules.case]]\nid = \"baru\"\nadd = [\"x\"]\nsource = \"bitung2026\"";
    check_error(&with(file, rule), file, "baru", "no such case");
    check_error(&with(file, rule), file, "baru", "`x` is not listed");
    check_error(
        &with(file, "[texts.id]\n\"menu.nowhere\" = \"x\""),
        file,
        "menu.nowhere",
        "no text has this key",
    );
    check_error(
        &with(file, "[texts.xx]\n\"menu.main\" = \"x\""),
        file,
        "xx",
        "no such language",
    );
}

#[test]
fn an_office_text_is_checked_like_the_general_one() {
    let file = "offices/bitung.toml";
    let report = with(file, "[texts.id]\n\"duration.info\" = \"Paspor cepat selesai {soon}.\"");
    check_error(&report, file, "duration.info", "nothing fills `{soon}`");
    check_error(&report, file, "duration.info", "`{days}` is missing");
    check(&report, Severity::Warning, file, "duration.info", "missing in `en`");
}

const SITE: &str = "[site]\nvalue = \"https://imigrasibitung.id\"\nis_confirmed = true\nsource = \"bitung2026\"\nfrom = \"2026-01-01\"";

#[test]
fn a_page_outside_the_government_is_found() {
    let file = "offices/bitung.toml";
    check_error(&with(file, SITE), file, "site", ".go.id");
    let look_alike = SITE.replace("imigrasibitung.id", "bitung.imigrasi.go.id.example.com/");
    check_error(&with(file, &look_alike), file, "site", ".go.id");
    assert!(with(file, &SITE.replace("imigrasibitung.id", "bitung.imigrasi.go.id/kontak")).is_green());
}

#[test]
fn claims_that_lapsed_or_confirm_themselves_are_found() {
    let file = "offices/bitung.toml";
    let site = SITE.replace("imigrasibitung.id", "bitung.imigrasi.go.id");
    let lapsed = with(file, &format!("{site}\nuntil = \"2026-11-23\""));
    check(&lapsed, Severity::Warning, file, "site", "lapsed");
    let unfounded = with(file, &site.replace("bitung2026", "unverified"));
    check_error(&unfounded, file, "site", "confirmed by nobody");
    let number = "[whatsapp]\nvalue = \"+62 811\"\nis_confirmed = true\nsource = \"bitung2026\"\nfrom = \"2026-01-01\"";
    check_error(&with(file, number), file, "whatsapp", "as people dial it");
}

#[test]
fn facts_that_lapsed_stand_twice_or_lack_english_are_found() {
    let file = "offices/bitung.toml";
    let fact = "[[fact]]\nname = \"helpdesk_place\"\nid = \"lantai satu\"\nis_confirmed = true\nsource = \"bitung2026\"\n\
                from = \"2026-01-01\"\nuntil = \"2026-06-01\"\n";
    let report = with(file, &format!("{fact}{fact}"));
    check(&report, Severity::Warning, file, "helpdesk_place", "lapsed");
    check(&report, Severity::Warning, file, "helpdesk_place", "English");
    check_error(&report, file, "helpdesk_place", "stands twice");
    let report = with("texts/id/thanks.toml", "[welcome]\ntext = \"Sama-sama.\\n{fact.kopi}\"");
    check(
        &report,
        Severity::Warning,
        "texts/id/thanks.toml",
        "thanks.welcome",
        "{fact.kopi}",
    );
}

#[test]
fn hours_that_overlap_and_days_that_are_both_are_found() {
    let file = "offices/bitung.toml";
    let day = "[[exception]]\ndate = \"2026-12-05\"\nopen = [\"08:00-12:00\", \"11:00-13:00\"]\nreason = \"Simpatik\"";
    check_error(&with(file, day), file, "hours", "overlap");
    let both = "[[exception]]\ndate = \"2026-12-05\"\nis_closed = true\nopen = [\"08:00-12:00\"]\nreason = \"x\"";
    check_error(&with(file, both), file, "2026-12-05", "either closed or open");
}

#[test]
fn a_register_row_with_the_wrong_zone_is_found() {
    let report = broken("offices/register.csv", "Langsa,Aceh,WIB,", "Langsa,Aceh,WIT,");
    check_error(&report, "offices/register.csv", "langsa", "`WIT` is not the name");
}

#[test]
fn a_point_outside_the_country_its_zone_or_the_register_is_found() {
    let file = "offices/points.csv";
    let row = "bogor,-6.5944,106.7892,city,Bogor,geonames,1648473,2026-11-26";
    let with_row = |other: &str| broken(file, row, other);
    check_error(
        &with_row("bogor,106.7892,-6.5944,city,Bogor,geonames,1648473,2026-11-26"),
        file,
        "bogor",
        "not in Indonesia",
    );
    check_error(
        &with_row("bogor,-6.5944,126.7892,city,Bogor,geonames,1648473,2026-11-26"),
        file,
        "bogor",
        "not in WIB",
    );
    check_error(
        &with_row("bogorr,-6.5944,106.7892,city,Bogor,geonames,1648473,2026-11-26"),
        file,
        "bogorr",
        "no office has this slug",
    );
    check_error(
        &with_row("bogor,-6.5944,106.7892,city,Bogor,kata-orang,1,2026-11-26"),
        file,
        "bogor",
        "not explained",
    );
    let door = "[point]\nlatitude = 6.9\nlongitude = 106.93\nsource = \"imigrasi\"\nfrom = \"2026-11-26\"";
    let own = "offices/bitung.toml";
    check_error(&with(own, door), own, "bitung", "not in Indonesia");
}

#[test]
fn offices_without_a_point_are_counted() {
    let report = broken(
        "offices/points.csv",
        "bogor,-6.5944,106.7892,city,Bogor,geonames,1648473,2026-11-26\n",
        "",
    );
    let notices: Vec<String> = report.of(Severity::Notice).map(ToString::to_string).collect();
    assert!(
        notices.iter().any(|notice| notice.contains("32 offices have no point")),
        "{notices:?}"
    );
}

#[test]
fn a_finding_reads_as_one_sentence_with_the_next_step() {
    let report = with("offices/bitung.toml", "without = [\"kopi\"]");
    let finding = report.of(Severity::Error).next().unwrap().to_string();
    assert_eq!(
        finding,
        "error: offices/bitung.toml `kopi`: no choice has this name; mend `without`"
    );
}
