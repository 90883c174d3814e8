//! What the first two offices said of themselves in January 2020, and what is true of it today: a citizen who taps
//! through everything must have read all of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;

use jiff::Timestamp;
use sigap_content::Content;
use sigap_core::conversation::choice::CHOICES;
use sigap_core::conversation::dialogue::Step;
use sigap_core::conversation::state::State;
use sigap_core::conversation::step;
use sigap_core::inbound::Said;
use sigap_core::language::Language;
use sigap_core::message::{Form, OutboundMessage};

fn now() -> Timestamp {
    "2026-11-23T09:00:00+07:00".parse().unwrap()
}

/// The message after saying something for the first time.
fn answer(content: &Content, slug: &str, language: Language, said: &Said) -> OutboundMessage {
    let office = content.office_by_slug(slug).unwrap();
    let world = content.world(office.id, now()).unwrap();
    match step(&world, &State::default(), said, &[]) {
        Step::Done(outcome) => content.render(office, language, &outcome.reply.unwrap()),
        Step::Ask(question) => panic!("nothing has to be asked of the store, but {question:?} was"),
    }
}

/// Everything that can be read without a question to the store, as one text.
fn all_words(content: &Content, slug: &str, language: Language) -> String {
    let mut words = String::new();
    let mut add = |message: OutboundMessage| {
        words.push_str(&message.body);
        if let Form::List { sections, .. } = message.form {
            for row in sections.into_iter().flat_map(|section| section.rows) {
                words.extend(["\n", &row.title, "\n"]);
                words.push_str(&row.description.unwrap_or_default());
            }
        }
        words.push('\n');
    };
    add(answer(content, slug, language, &Said::Text("halo".to_owned())));
    let office = content.office_by_slug(slug).unwrap();
    let world = content.world(office.id, now()).unwrap();
    for choice in CHOICES {
        let said = Said::Choice(choice.0.to_owned());
        if let Step::Done(outcome) = step(&world, &State::default(), &said, &[])
            && let Some(reply) = outcome.reply
        {
            add(content.render(office, language, &reply));
        }
    }
    words
}

#[track_caller]
fn check(words: &str, facts: &[&str]) {
    let missing: Vec<&&str> = facts.iter().filter(|fact| !words.contains(**fact)).collect();
    assert!(missing.is_empty(), "nobody says {missing:#?}");
}

#[test]
fn any_text_brings_the_menu_with_the_services_of_2020() {
    let content = Content::embedded().unwrap();
    let message = answer(&content, "jakarta-pusat", Language::Id, &Said::Text("halo".to_owned()));
    let Form::List { sections, .. } = message.form else {
        panic!("the menu is a list")
    };
    let rows: BTreeMap<String, String> = sections
        .into_iter()
        .flat_map(|section| section.rows)
        .map(|row| (row.choice, row.title))
        .collect();
    for choice in ["status", "payment", "requirements", "pickup", "feedback"] {
        assert!(rows.contains_key(choice), "{choice} is not in the menu: {rows:?}");
    }
    check(
        &message.body,
        &[
            "*SIGAP*",
            "Kantor Imigrasi Kelas I Non TPI Jakarta Pusat",
            "0811-8539-333",
            ".go.id",
            "Anda tidak membayar apa pun di sini.",
            "calo",
            "di mana pun Anda tinggal",
        ],
    );
}

#[test]
fn jakarta_pusat_says_all_that_was_said_of_it() {
    let content = Content::embedded().unwrap();
    let words = all_words(&content, "jakarta-pusat", Language::Id);
    check(
        &words,
        &[
            "Cek status",
            "Cara bayar",
            "Persyaratan",
            "Antrean pengambilan",
            "Beri apresiasi",
            "Kirim pengaduan",
            "sejak 2017 agar antrean di kantor lebih pendek",
            "lebih nyaman",
            "dienkripsi sampai layanan WhatsApp Business milik Meta",
            "tiap pesan disimpan terenkripsi dengan kunci sendiri",
            "tidak perlu menyalakan apa pun",
            "Jangan memakai calo",
        ],
    );
}

#[test]
fn sukabumi_says_all_that_was_said_of_it() {
    let content = Content::embedded().unwrap();
    let words = all_words(&content, "sukabumi", Language::Id);
    check(
        &words,
        &[
            "Kantor Imigrasi Kelas II Non TPI Sukabumi",
            "aplikasi nasional",
            "APAPO",
            "M-Paspor",
            "dua kali sebulan, pada hari libur",
            "Antrean lewat WhatsApp hanya untuk paspor simpatik.",
            "Helpdesk Kanim Sukabumi",
            "di sisi kiri gedung utama",
            "tidak perlu daftar antrean",
            "berkas lengkap",
            "Lanjut usia, 60 tahun ke atas",
            "Penyandang disabilitas",
            "Anak di bawah 2 tahun",
            "Ibu menyusui",
            "Ibu hamil",
            "Jangan memakai calo",
        ],
    );
}

#[test]
fn the_same_can_be_read_in_english_and_sundanese() {
    let content = Content::embedded().unwrap();
    let english = [
        "on the left side of the main building",
        "twice a month, on days off",
        "Children under 2",
        "Do not use a broker",
        "for shorter queues at the office and more comfort",
        "stored encrypted with a key of its own",
    ];
    check(&all_words(&content, "sukabumi", Language::En), &english);
    let sundanese = [
        "di palih kénca gedong utama",
        "dua kali sasasih",
        "Murangkalih di handapeun 2 taun",
        "Ulah nganggo calo",
        "antrian di kantor langkung pondok",
    ];
    check(&all_words(&content, "sukabumi", Language::Su), &sundanese);
}

#[test]
fn nothing_of_one_office_is_said_at_another() {
    let content = Content::embedded().unwrap();
    let words = all_words(&content, "manado", Language::Id);
    for foreign in [
        "0811-8539-333",
        "sisi kiri gedung utama",
        "dua kali sebulan",
        "Sukabumi",
        "Jakarta Pusat",
    ] {
        assert!(!words.contains(foreign), "{foreign} is said at Manado");
    }
    assert!(words.contains("Kanim Manado"));
}

#[test]
fn no_office_shows_a_hole_a_bracket_or_a_cut_in_any_language() {
    let content = Content::embedded().unwrap();
    for office in content.offices() {
        for language in Language::ALL {
            let words = all_words(&content, &office.slug, language);
            for sign in ["{", "}", "[", "…", "\n\n\n"] {
                assert!(!words.contains(sign), "{} in {language:?} shows `{sign}`", office.slug);
            }
        }
    }
}
