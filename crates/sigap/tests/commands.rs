//! The command line as an operator meets it: what it prints, how it ends, what it leaves behind.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with settings that a real office could have.
struct Office(TempDir);

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = format!(
            "[server]\npublic_url = 'https://line.example'\n[database]\nurl = 'sqlite:{folder}/sigap.db'\n\
             [keys]\nmaster = '{folder}/master.key'\n[log]\nfilter = 'off'\n\
             [whatsapp]\napp_secret = 'a'\nverify_token = 'b'\naccess_token = 'c'\n\
             [[whatsapp.number]]\nphone_number_id = '1'\noffice = 'jakarta-pusat'\nwaba_id = '9'\n",
            folder = folder.path().display()
        );
        std::fs::write(folder.path().join("sigap.toml"), settings).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    #[expect(clippy::disallowed_methods, reason = "the program itself is under test")]
    fn run(&self, arguments: &[&str]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_sigap"))
            .env_clear()
            .args(["--config", &self.path("sigap.toml")])
            .args(arguments)
            .output()
            .unwrap();
        Ended::from(output)
    }
}

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    said: String,
    complained: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            said: String::from_utf8(output.stdout).unwrap(),
            complained: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    #[track_caller]
    fn well(self, expected: &str) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert!(self.said.contains(expected), "no `{expected}` in {self:?}");
        self
    }

    #[track_caller]
    fn badly(self, code: i32, expected: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.complained.contains(expected), "no `{expected}` in {self:?}");
    }
}

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name)
        .display()
        .to_string()
}

#[test]
fn wrong_use_ends_with_two_and_help_with_zero() {
    let office = Office::new();
    office.run(&["--help"]).well("Usage");
    office.run(&["import", "applications", "--help"]).well("--dry-run");
    office.run(&["no-such-command"]).badly(2, "no-such-command");
    office
        .run(&["import", "applications", "file.xlsx"])
        .badly(2, "--office");
}

#[test]
fn settings_that_cannot_be_are_named() {
    let office = Office::new();
    std::fs::write(office.path("sigap.toml"), "[server]\nlisen = 'x'\n").unwrap();
    office.run(&["migrate"]).badly(1, "lisen");
}

#[test]
fn a_report_is_tried_imported_and_imported_again_without_effect() {
    let office = Office::new();
    let report = sample("laporan-penerbitan.xlsx");
    let import = ["import", "applications", &report, "--office", "jakarta-pusat"];
    let tried = office
        .run(&[&import[..], &["--dry-run"]].concat())
        .well("nothing was changed");
    assert!(!tried.said.contains(" 0 new"), "{tried:?}");
    let imported = office.run(&import).well(" new");
    assert!(tried.said.starts_with(&imported.said), "the trial told the truth");
    office.run(&import).well(" 0 new, 0 moved on");
}

#[test]
fn a_report_that_cannot_be_taken_says_the_next_step() {
    let office = Office::new();
    let report = sample("laporan-penerbitan.xlsx");
    office
        .run(&["import", "applications", &report, "--office", "atlantis"])
        .badly(1, "atlantis");
    office
        .run(&["import", "applications", "absent.xlsx", "--office", "sukabumi"])
        .badly(1, "absent.xlsx");
    std::fs::write(office.path("photo.xlsx"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0").unwrap();
    let photo = office.path("photo.xlsx");
    office
        .run(&["import", "applications", &photo, "--office", "sukabumi"])
        .badly(1, "not a spreadsheet");
}

#[test]
fn rows_that_cannot_be_trusted_are_named_by_their_number() {
    let office = Office::new();
    let report = sample("penerbitan-kotor.xlsx");
    office
        .run(&["import", "applications", &report, "--office", "jakarta-pusat"])
        .well("row ");
}

#[test]
fn a_slip_code_needs_an_application_on_file() {
    let office = Office::new();
    office.run(&["bind", "1179000000100101"]).badly(1, "import");
    office.run(&["bind", "12"]).badly(1, "16 digits");
    let report = sample("laporan-penerbitan.xlsx");
    office
        .run(&["import", "applications", &report, "--office", "jakarta-pusat"])
        .well(" new");
    office.run(&["bind", "1179 0000 0010 0101"]).well("Kanim Jakarta Pusat");
}

#[test]
fn a_backup_is_restored_beside_its_key_and_nothing_is_overwritten() {
    let office = Office::new();
    let report = sample("laporan-penerbitan.xlsx");
    let import = ["import", "applications", &report, "--office", "jakarta-pusat"];
    office.run(&import).well(" new");
    let copy = office.path("copy");
    office.run(&["backup", &copy]).well("checked");
    office.run(&["backup", &copy]).badly(1, "empty folder");
    office.run(&["restore", &copy]).badly(1, "in the way");
    for file in ["sigap.db", "sigap.keys.db"] {
        std::fs::remove_file(office.path(file)).unwrap();
    }
    office.run(&["restore", &copy]).well("checked");
    office.run(&import).well(" 0 new, 0 moved on");
}

#[test]
fn a_database_without_its_key_is_not_opened_with_a_new_one() {
    let office = Office::new();
    office.run(&["migrate"]).well("up to date");
    std::fs::remove_file(office.path("master.key")).unwrap();
    office.run(&["migrate"]).badly(1, "bring the key back");
    assert!(!Path::new(&office.path("master.key")).exists());
}

#[test]
fn the_doctor_finds_a_sound_office_well_and_names_what_is_missing() {
    let office = Office::new();
    office.run(&["migrate"]).well("up to date");
    let well = office.run(&["doctor"]).well("ok    numbers: 1 numbers, 1 offices");
    assert!(well.said.contains("look  templates: jakarta-pusat") && well.said.contains("never compared"));
    for subject in [
        "version",
        "time",
        "webhook",
        "access",
        "content",
        "database",
        "published",
        "disk",
        "templates",
    ] {
        assert!(well.said.contains(&format!(" {subject}: ")), "{subject}: {well:?}");
    }
    let settings = std::fs::read_to_string(office.path("sigap.toml")).unwrap();
    std::fs::write(office.path("sigap.toml"), settings.replace("waba_id = '9'", "")).unwrap();
    let blind = office.run(&["doctor"]);
    assert!(blind.code == Some(1) && blind.said.contains("waba_id"), "{blind:?}");
    assert!(blind.said.contains("WRONG templates"), "{blind:?}");
    std::fs::write(office.path("sigap.toml"), "[log]\nfilter = 'off'\n").unwrap();
    let ill = office.run(&["doctor"]);
    assert_eq!(ill.code, Some(1));
    assert!(ill.said.contains("WRONG webhook"), "{ill:?}");
}

#[test]
fn the_content_is_in_order() {
    Office::new().run(&["content", "check"]).well("0 errors");
}

#[test]
fn the_survey_is_printed_as_a_flow_and_its_ids_are_counted() {
    let office = Office::new();
    let flow = ["flow", "survey", "--office", "sukabumi"];
    let printed = office.run(&flow).well("Bagaimana layanan kami? 1/3");
    let read: serde_json::Value = serde_json::from_str(&printed.said).unwrap();
    assert_eq!(read["screens"].as_array().unwrap().len(), 3);
    office
        .run(&[&flow[..], &["--language", "en"]].concat())
        .well("How was our service? 3/3");
    office
        .run(&[&flow[..], &["--language", "su"]].concat())
        .badly(1, "write `id` or `en`");
    office
        .run(&["flow", "survey", "--office", "nowhere"])
        .badly(1, "no office is called `nowhere`");
    let settings = std::fs::read_to_string(office.path("sigap.toml")).unwrap();
    let with = |id: &str| {
        std::fs::write(
            office.path("sigap.toml"),
            format!("{settings}survey_flow = {{ id = '{id}' }}\n"),
        )
        .unwrap();
        office.run(&["doctor"])
    };
    assert!(
        with("123")
            .said
            .contains("of 1 numbers 1 have its form in Indonesian, 0 in English")
    );
    assert!(with("survei").said.contains("Meta's are digits alone"));
}

#[test]
fn a_published_draw_is_replayed_and_a_forged_one_is_found() {
    let office = Office::new();
    let record = sigap_core::release::transcript::sample::SAMPLE;
    std::fs::write(office.path("draw.json"), record).unwrap();
    let replayed = office.run(&["draw", "verify", &office.path("draw.json")]);
    let replayed = replayed.well("checked 7, failed 0");
    assert!(
        replayed.said.contains("40 entries with 84 people for 22 places"),
        "{replayed:?}"
    );
    assert!(replayed.said.ends_with("failed 0\n"), "{replayed:?}");

    std::fs::write(office.path("forged.json"), record.replace("7.101,55", "7.101,56")).unwrap();
    let forged = office.run(&["draw", "verify", &office.path("forged.json")]);
    assert!(forged.said.ends_with("checked 7, failed 2\n"), "{forged:?}");
    assert!(forged.complained.contains("`sha256` does not fit"), "{forged:?}");
    forged.badly(1, "`result` is not what the draw gives");
}

#[test]
fn the_draw_tests_itself() {
    let office = Office::new();
    let tested = office.run(&["draw", "verify", "--self-test"]).well(", failed 0\n");
    assert!(tested.said.contains("each of 40 entries is proven"), "{tested:?}");
    assert!(
        !tested.said.contains("WRONG") && tested.complained.is_empty(),
        "{tested:?}"
    );
}

#[test]
fn a_draw_that_cannot_be_read_says_why() {
    let office = Office::new();
    office.run(&["draw", "verify"]).badly(2, "<FILE|--self-test>");
    office.run(&["draw", "verify", "absent.json"]).badly(1, "absent.json");
    std::fs::write(office.path("letter.json"), "{\"dear\": \"office\"}").unwrap();
    let letter = office.path("letter.json");
    office
        .run(&["draw", "verify", &letter])
        .badly(1, "no transcript of a draw");
}

#[test]
fn nobody_is_erased_who_is_not_known() {
    let office = Office::new();
    office.run(&["migrate"]).well("");
    let of = ["--office", "jakarta-pusat", "--phone", "081100000101"];
    for what in ["show", "export", "erase"] {
        office
            .run(&[&["person", what], &of[..]].concat())
            .badly(1, "nothing is kept of this number");
    }
}
