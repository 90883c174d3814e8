use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;
use sigap_core::conversation::dialogue::Step;
use sigap_core::conversation::state::State;
use sigap_core::conversation::step;
use sigap_core::ids::StaffId;
use sigap_core::inbound::Said;
use sigap_core::office::DayException;

use super::*;
use crate::check::Severity;
use crate::entry::{Kind, OFFICE_PARTS, Shape};
use crate::files::Files;
use crate::overlay::{Fields, Patch};
use crate::sample;

const OFFICE: &str = "sukabumi";

fn now() -> Timestamp {
    "2026-12-01T02:15:00Z".parse().unwrap()
}

fn put(overlay: &mut Overlay, key: &str, fields: &[(&str, &str)]) {
    let fields: Fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    insert(overlay, key, Some(fields));
}

fn insert(overlay: &mut Overlay, key: &str, fields: Option<Fields>) {
    let patch = Patch {
        fields,
        by: StaffId(1),
        at: now(),
    };
    overlay.patches.insert(EntryKey::parse(key).unwrap(), patch);
}

fn base() -> Content {
    Content::embedded().unwrap()
}

fn layer(base: &Content, overlay: &Overlay) -> Layered {
    let id = base.office_by_slug(OFFICE).unwrap().id;
    base.layered(&BTreeMap::from([(id, overlay.clone())]), now())
}

/// What a citizen reads who says so.
fn says(content: &Content, said: &str) -> String {
    let office = content.office_by_slug(OFFICE).unwrap();
    let world = content.world(office.id, now()).unwrap();
    let Step::Done(outcome) = step(&world, &State::default(), &Said::Choice(said.into()), &[]) else {
        panic!("a question");
    };
    content.render(office, Language::Id, &outcome.reply.unwrap()).body
}

/// The changes of every kind, as forms send them.
fn all_kinds() -> Overlay {
    let mut overlay = Overlay::default();
    let ground = [
        ("source", "Surat edaran kepala kantor 12/2026"),
        ("checked_on", "2026-11-01"),
        ("owner", "Loket informasi"),
        ("check_again_on", "2027-11-01"),
    ];
    let grounded = |fields: &[(&'static str, &'static str)]| [fields, &ground].concat();
    put(
        &mut overlay,
        "text/help.info",
        &[("id", "Bantuan ada.\r\n"), ("en", "Help is here.")],
    );
    put(
        &mut overlay,
        "notice/booked",
        &[
            (
                "id",
                "Anda sudah terdaftar untuk {service} di {office}.\nHari: {day}, pukul {time}.\nYang datang: {people}.\nKode Anda: {code}.\nTiketnya ada di {url} dan dapat dibuka kapan saja.",
            ),
            (
                "en",
                "You are booked for {service} at {office}.\nThe day: {day}, at {time}.\nWho comes: {people}.\nYour code: {code}.\nThe ticket is at {url} and opens at any time.",
            ),
        ],
    );
    put(
        &mut overlay,
        "fee/FAST",
        &grounded(&[("rupiah", "Rp1.250.000"), ("from", "2026-11-02"), ("offered", "yes")]),
    );
    put(
        &mut overlay,
        "fee/LOST",
        &grounded(&[("rupiah", "1000000"), ("from", "2024-12-17")]),
    );
    put(
        &mut overlay,
        "case/baru_dewasa",
        &grounded(&[("papers", "ktp kk"), ("work_days", "6")]),
    );
    put(
        &mut overlay,
        "office/names",
        &[
            ("name", "Kantor Imigrasi Contoh"),
            ("short", "Kanim Contoh"),
            ("line_name", "SIGAP"),
        ],
    );
    put(&mut overlay, "office/address", &grounded(&[("value", "Jl. Contoh 1")]));
    put(&mut overlay, "office/phone", &grounded(&[("value", "0266 123456")]));
    put(&mut overlay, "office/whatsapp", &grounded(&[("value", "0811-000-000")]));
    put(
        &mut overlay,
        "office/site",
        &grounded(&[("value", "https://contoh.imigrasi.go.id")]),
    );
    put(
        &mut overlay,
        "office/hours",
        &grounded(&[
            ("monday", "08.00-12.00 dan 13.00-15.00"),
            ("tuesday", "09:00-12:00"),
            ("sunday", "tutup"),
        ]),
    );
    put(
        &mut overlay,
        "office/priority",
        &grounded(&[("groups", "lansia hamil"), ("age_lansia", "65")]),
    );
    put(&mut overlay, "office/settings", &[("four_eyes", "yes")]);
    put(
        &mut overlay,
        "fact/helpdesk_place",
        &grounded(&[("id", "di lantai dua"), ("en", "on the second floor")]),
    );
    put(
        &mut overlay,
        "holiday/2026-12-24",
        &[("state", "closed"), ("reason", "Hari jadi kota")],
    );
    put(
        &mut overlay,
        "holiday/2026-12-27",
        &[
            ("state", "open"),
            ("hours", "08:00-10:00"),
            ("reason", "Layanan akhir pekan"),
        ],
    );
    put(
        &mut overlay,
        "opening/simpatik.2026-12-12",
        &[
            ("hours", "08:00-11:00"),
            ("places", "20"),
            ("release", "first_come"),
            ("opens_at", "2026-12-02T08:00"),
        ],
    );
    put(
        &mut overlay,
        "answer/greeting",
        &[("title", "Salam"), ("id", "Halo, {name}."), ("en", "Hello, {name}.")],
    );
    put(
        &mut overlay,
        "answer/parking",
        &[
            ("title", "Parkir"),
            ("id", "Parkir di {office}."),
            ("en", "Parking at {office}."),
        ],
    );
    insert(&mut overlay, "answer/thanks", None);
    overlay
}

#[test]
fn every_kind_of_change_reaches_citizens() {
    let base = base();
    let layered = layer(&base, &all_kinds());
    assert_eq!(layered.broken, []);
    let content = &layered.content;
    let office = content.office_by_slug(OFFICE).unwrap();
    assert_eq!(says(content, "help"), "Bantuan ada.");
    let fees = says(content, "fees");
    assert!(
        fees.contains("Rp1.250.000") && !fees.contains("beban paspor hilang"),
        "{fees}"
    );
    let papers = says(content, "requirements.ordinary");
    assert!(
        papers.contains("Surat edaran kepala kantor 12/2026") && papers.contains("6 hari kerja"),
        "{papers}"
    );
    assert!(!papers.contains("kelahiran"), "{papers}");
    assert_eq!(
        (office.name.as_str(), office.short.as_str()),
        ("Kantor Imigrasi Contoh", "Kanim Contoh")
    );
    assert_eq!(office.phone.as_deref(), Some("0266 123456"));
    assert_eq!(office.site.as_deref(), Some("https://contoh.imigrasi.go.id"));
    assert_eq!(office.hours.week.each_ref().map(Vec::len), [2, 1, 0, 0, 0, 0, 0]);
    assert!(office.hours.is_confirmed && office.is_address_confirmed && office.needs_four_eyes);
    assert_eq!(office.priority.len(), 2);
    assert!(says(content, "helpdesk").contains("di lantai dua"));
    assert!(
        matches!(office.exceptions.get(&date(2026, 12, 24)), Some(DayException::Closed { reason, .. }) if reason == "Hari jadi kota")
    );
    assert!(matches!(
        office.exceptions.get(&date(2026, 12, 27)),
        Some(DayException::Open { .. })
    ));
    assert_eq!(office.services.len(), 1);
    assert_eq!(office.services.first().unwrap().openings.len(), 1);
    assert_eq!(
        office.answers,
        ["greeting", "papers", "visit", "checking", "number", "parking"]
    );
    let parking = content.text(office, Language::En, "canned.parking", &[]);
    assert_eq!(parking, "Parking at Kanim Contoh.");
    assert_eq!(
        content.text(office, Language::Id, "console.canned_parking", &[]),
        "Parkir"
    );

    // Nobody else sees any of it.
    let other = content.office_by_slug("jakarta-pusat").unwrap();
    assert_eq!(other, base.office(other.id).unwrap());
    assert_eq!(content.catalogue(), base.catalogue());
    assert_eq!(
        content.text(other, Language::Id, "help.info", &[]),
        base.text(other, Language::Id, "help.info", &[])
    );
}

#[test]
fn the_checks_of_files_find_nothing_wrong_with_it() {
    let base = base();
    let errors = |content: &Content| -> Vec<String> {
        let report = content.check(date(2026, 12, 1));
        report.of(Severity::Error).map(ToString::to_string).collect()
    };
    assert_eq!(errors(&layer(&base, &all_kinds()).content), errors(&base));
}

/// There is one way from files to content: what is written as a file reads the same.
#[test]
fn the_changes_written_as_a_file_are_the_same_content() {
    let base = base();
    let id = base.office_by_slug(OFFICE).unwrap().id;
    let text = base.office_file(id, &all_kinds()).unwrap();
    let mut files = Files::embedded().unwrap();
    files.set("offices/sukabumi.toml", &text);
    let from_file = Content::from_files(&files).unwrap();
    let layered = layer(&base, &all_kinds()).content;
    assert_eq!(from_file.office(id), layered.office(id));
    assert_eq!(from_file.catalogue_of(id), layered.catalogue_of(id));
    let office = layered.office(id).unwrap();
    for kind in Kind::ALL {
        assert_eq!(
            from_file.entries(office, kind),
            layered.entries(office, kind),
            "{kind:?}"
        );
        for key in layered.entries(office, kind) {
            assert_eq!(from_file.entry(office, &key), layered.entry(office, &key), "{key}");
        }
    }
}

/// Whoever opens a form and saves it changes nothing that citizens read.
#[test]
fn every_entry_of_the_files_can_be_opened_and_saved_as_it_is() {
    let base = sample::with_bookings(date(2026, 12, 1)).unwrap();
    let office = base.office_by_slug(OFFICE).unwrap();
    let mut saved: BTreeMap<EntryKey, Fields> = BTreeMap::new();
    for key in Kind::ALL.into_iter().flat_map(|kind| base.entries(office, kind)) {
        let mut fields = base.entry(office, &key).unwrap();
        let shape = base.fields(office, &key);
        assert!(!shape.is_empty(), "{key} has no form");
        for name in fields.keys() {
            assert!(shape.iter().any(|field| field.name == *name), "{key}: {name}");
        }
        // What a form asks for and the files do not say.
        for field in shape.iter().filter(|field| field.is_required) {
            let value = match field.shape {
                Shape::Day => "2026-11-01",
                _ => "0800-1",
            };
            fields.entry(field.name.clone()).or_insert_with(|| value.to_owned());
        }
        saved.insert(key, fields);
    }
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Holiday) {
        assert!(saved.keys().any(|key| key.kind == kind), "{kind:?}");
    }
    let mut overlay = Overlay::default();
    for (key, fields) in &saved {
        insert(&mut overlay, &key.to_string(), Some(fields.clone()));
    }
    let layered = layer(&base, &overlay);
    assert_eq!(layered.broken, []);
    let after = layered.content.office(office.id).unwrap();
    for (key, fields) in &saved {
        assert_eq!(layered.content.entry(after, key).as_ref(), Some(fields), "{key}");
    }
    let seen = saved.len();
    assert!(seen > 300, "{seen} entries");
}

fn fields_put(fields: &mut Fields, name: &str, value: &str) {
    fields.insert(name.to_owned(), value.to_owned());
}

#[test]
fn a_change_that_does_not_fit_is_left_out_and_the_others_stay() {
    let base = base();
    let mut overlay = Overlay::default();
    put(
        &mut overlay,
        "text/help.info",
        &[("id", "Bantuan ada."), ("en", "Help.")],
    );
    put(
        &mut overlay,
        "text/help.gone",
        &[("id", "Tidak ada lagi."), ("en", "Gone.")],
    );
    put(
        &mut overlay,
        "text/hours.open",
        &[("id", "Buka sampai {until_when}."), ("en", "Open.")],
    );
    put(&mut overlay, "fee/XX99", &[("rupiah", "1")]);
    put(
        &mut overlay,
        "office/hours",
        &[
            ("monday", "08:00-12:00, 11:00-13:00"),
            ("source", "x"),
            ("checked_on", "2026-11-01"),
        ],
    );
    put(
        &mut overlay,
        "opening/simpatik.2026-12-12",
        &[
            ("hours", "08:00-11:00"),
            ("places", "20"),
            ("release", "draw"),
            ("opens_at", "2026-12-02T08:00"),
            ("closes_at", "2026-12-01T08:00"),
            ("drawn_at", "2026-12-03T08:00"),
            ("public_value", "x"),
        ],
    );
    insert(&mut overlay, "holiday/2026-12-24", None);
    let layered = layer(&base, &overlay);
    let broken: Vec<String> = layered.broken.iter().map(|patch| patch.key.to_string()).collect();
    assert_eq!(
        broken,
        [
            "text/help.gone",
            "text/hours.open",
            "fee/XX99",
            "office/hours",
            "holiday/2026-12-24",
            "opening/simpatik.2026-12-12"
        ]
    );
    assert_eq!(says(&layered.content, "help"), "Bantuan ada.");
    assert!(layered.broken.iter().all(|patch| !patch.problems.is_empty()));
}

#[test]
fn problems_are_named_at_their_field() {
    let base = base();
    let office = base.office_by_slug(OFFICE).unwrap();
    let problems = |key: &str, fields: &[(&str, &str)]| -> Vec<(String, What)> {
        let mut overlay = Overlay::default();
        put(&mut overlay, key, fields);
        let layered = layer(&base, &overlay);
        let changed = layered.content.office(office.id).unwrap();
        let found = layered
            .content
            .problems_of(&base, changed, &EntryKey::parse(key).unwrap(), &overlay);
        found.into_iter().map(|problem| (problem.field, problem.what)).collect()
    };
    let at = |field: &str, what: What| (field.to_owned(), what);
    assert_eq!(problems("text/help.info", &[("id", "Baik."), ("en", "Good.")]), []);
    assert_eq!(
        problems("text/help.info", &[("id", "Baik.")]),
        [at("en", What::Missing)]
    );
    assert_eq!(
        problems("text/help.info", &[("id", "Halo {nama}."), ("en", "Hi.")]),
        [at("id", What::UnknownHole("nama".into()))]
    );
    assert_eq!(
        problems(
            "text/choice.status",
            &[("id", "Status permohonan paspor Anda"), ("en", "Status")]
        ),
        [at("id", What::TooLong { chars: 29, most: 20 })]
    );
    assert!(matches!(
        problems("text/help.info", &[("id", "Silahkan datang!"), ("en", "Come.")]).as_slice(),
        [(_, What::Unplain(_)), (_, What::Unplain(_))]
    ));
    let long = "kata baik. ".repeat(200);
    assert!(matches!(
        problems("text/help.info", &[("id", &long), ("en", "Good.")]).as_slice(),
        [(_, What::TooLong { most: 1024, .. })]
    ));
    let moved = problems(
        "notice/called",
        &[
            ("id", "Loket {counter}, nomor {number}"),
            ("en", "*Number {number}, please come to counter {counter}*"),
        ],
    );
    assert_eq!(moved, [at("id", What::HolesMoved("{number} {counter}".into()))]);
    assert_eq!(
        problems(
            "office/site",
            &[
                ("value", "https://contoh.com"),
                ("source", "x"),
                ("checked_on", "2026-11-01")
            ]
        ),
        [at("value", What::NotOfficial)]
    );
    assert_eq!(
        problems(
            "fee/EP10",
            &[
                ("rupiah", "murah"),
                ("from", "besok"),
                ("source", "x"),
                ("checked_on", "2026-11-01"),
                ("check_again_on", "2026-10-01")
            ]
        ),
        [
            at("check_again_on", What::BeforeCheck),
            at("rupiah", What::NotNumber),
            at("from", What::NotDay)
        ]
    );
    assert_eq!(
        problems(
            "office/priority",
            &[
                ("groups", "lansia bintang"),
                ("source", "x"),
                ("checked_on", "2026-11-01")
            ]
        ),
        [
            at("groups", What::NoSuchValue("bintang".into())),
            at("age_lansia", What::Missing)
        ]
    );
    assert_eq!(OFFICE_PARTS.len(), 8);
}

#[test]
fn what_nobody_vouches_for_any_more_is_told_with_the_advice_to_ask() {
    let base = base();
    let mut overlay = all_kinds();
    for patch in overlay.patches.values_mut() {
        if let Some(fields) = &mut patch.fields
            && fields.contains_key("check_again_on")
        {
            fields_put(fields, "check_again_on", "2026-12-01");
        }
    }
    let id = base.office_by_slug(OFFICE).unwrap().id;
    let overlays = BTreeMap::from([(id, overlay)]);
    let before = base.layered(&overlays, "2026-11-30T16:59:59Z".parse().unwrap());
    // The day begins at the office, not in London.
    assert_eq!(before.good_until, Some("2026-11-30T17:00:00Z".parse().unwrap()));
    assert!(says(&before.content, "helpdesk").contains("di lantai dua"));
    let after = base.layered(&overlays, now());
    assert_eq!(after.good_until, None);
    assert!(says(&after.content, "helpdesk").contains("pastikan dulu ke kantor"));
    assert!(!says(&after.content, "helpdesk").contains("lantai dua"));
    let fees = says(&after.content, "fees");
    assert!(
        fees.contains("Percepatan, selesai hari yang sama: pastikan dulu ke kantor"),
        "{fees}"
    );
    assert!(
        fees.contains("waktunya diperiksa lagi") && !fees.contains("1.250.000"),
        "{fees}"
    );
    assert!(says(&after.content, "priority").contains("belum ada di data kami"));
    let papers = says(&after.content, "requirements.ordinary");
    assert!(
        papers.contains("waktunya diperiksa lagi") && !papers.contains("6 hari kerja"),
        "{papers}"
    );
    let office = after.content.office(id).unwrap();
    assert_eq!(
        (
            office.phone.as_deref(),
            office.is_address_confirmed,
            office.hours.is_confirmed
        ),
        (None, false, false)
    );
    let to_check = after.content.to_check(office, date(2026, 12, 1));
    let since: Vec<_> = to_check
        .iter()
        .map(|entry| (entry.since.is_some(), entry.owner.as_deref()))
        .collect();
    assert_eq!(since[0], (true, Some("Loket informasi")));
    assert!(
        to_check.iter().any(|entry| entry.since.is_none()),
        "simpatik_when was never confirmed"
    );
}
