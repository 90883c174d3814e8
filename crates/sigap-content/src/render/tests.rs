use jiff::civil::date;
use sigap_core::conversation::choice;
use sigap_core::ids::{ApplicationNumber, OfficeId};

use super::*;
use crate::files::Files;

/// Texts made for these tests, laid over the real content.
const TEXTS: &str = r#"
[holes]
text = "Nomor {number}\nNama: {name}\n\nTempat: {fact.helpdesk_place}\nWA: {whatsapp}\n{{akhir}}"
[lines]
text = "Berkas:\n{papers}\n\n{note}\n\nSelesai."
[values]
text = "{day}|{moment}|{rupiah}|{count}|{office_of}|{stage}|{key}|{phrase}"
[inner]
text = "paling lama {days} hari"
[gone]
text = "{nothing}"
[round]
text = "{self}"
"#;

fn content() -> Content {
    let mut files = Files::embedded().unwrap();
    files.set("texts/id/sample.toml", TEXTS);
    files.set(
        "offices/bitung.toml",
        "[texts.id]\n\"menu.main\" = \"Halo dari {office}.\"",
    );
    Content::from_files(&files).unwrap()
}

#[track_caller]
fn check(slug: &str, key: &str, args: &[(&'static str, Arg)], expected: &str) {
    let content = content();
    let office = content.office_by_slug(slug).unwrap();
    assert_eq!(content.text(office, Language::Id, key, args), expected);
}

fn number() -> Arg {
    Arg::ApplicationNumber(ApplicationNumber::parse("1179000000123456").unwrap())
}

#[test]
fn a_line_with_an_empty_hole_or_an_absent_fact_disappears() {
    let args = [("number", number()), ("name", Arg::Empty)];
    check("manado", "sample.holes", &args, "Nomor 1179 0000 0012 3456\n\n{akhir}");
    let args = [("number", number()), ("name", Arg::Text("SITI".to_owned()))];
    let expected = "Nomor 1179 0000 0012 3456\nNama: SITI\n\nTempat: di sisi kiri gedung utama\n{akhir}";
    check("sukabumi", "sample.holes", &args, expected);
}

#[test]
fn lists_have_a_dash_on_each_line_and_gaps_close() {
    let papers = Arg::Lines(vec![
        Arg::Key("document.ktp".to_owned()),
        Arg::Empty,
        Arg::Pair(Box::new(Arg::Text("Biaya".to_owned())), Box::new(Arg::Rupiah(650_000))),
        Arg::Pair(Box::new(Arg::Text("Biaya".to_owned())), Box::new(Arg::Empty)),
    ]);
    let args = [("papers", papers), ("note", Arg::Empty)];
    check(
        "manado",
        "sample.lines",
        &args,
        "Berkas:\n- KTP elektronik\n- Biaya: Rp650.000\n\nSelesai.",
    );
}

#[test]
fn values_are_written_for_the_reader() {
    let args = [
        ("day", Arg::Day(date(2026, 11, 28))),
        ("moment", Arg::Moment("2026-11-28T02:30:00Z".parse().unwrap())),
        ("rupiah", Arg::Rupiah(950_000)),
        ("count", Arg::Number(3)),
        ("office_of", Arg::Office(OfficeId(118))),
        ("stage", Arg::Stage(Stage::Ready)),
        ("key", Arg::Key("stage.ready.citizen".to_owned())),
        (
            "phrase",
            Arg::Phrase("sample.inner".to_owned(), vec![("days", Arg::Number(4))]),
        ),
    ];
    // 02.30 UTC is 10.30 in Manado.
    let expected = "Sabtu, 28 November 2026|28 November 2026 pukul 10.30 WITA|Rp950.000|3|Kanim Sukabumi|\
                    Selesai, siap diambil|Paspor sudah bisa diambil.|paling lama 4 hari";
    check("manado", "sample.values", &args, expected);
}

#[test]
fn a_missing_key_shows_itself_in_brackets() {
    check("manado", "menu.nowhere", &[], "[menu.nowhere]");
    check("manado", "nonsense", &[], "[nonsense]");
    check("manado", "sample.values", &[("day", Arg::Key("a.b".to_owned()))], "");
    let content = content();
    let office = content.office_by_slug("manado").unwrap();
    assert_eq!(content.name_of_office(OfficeId(9_999)), "[9999]");
    assert_eq!(
        content.words_of(office, Language::En, &Arg::Key("x.y".to_owned())),
        "[x.y]"
    );
}

#[test]
fn a_text_that_is_all_gap_is_empty() {
    check("manado", "sample.gone", &[("nothing", Arg::Empty)], "");
}

#[test]
fn a_sentence_inside_itself_ends() {
    let mut arg = Arg::Text("x".to_owned());
    for _ in 0..50 {
        arg = Arg::Phrase("sample.round".to_owned(), vec![("self", arg)]);
    }
    check("manado", "sample.round", &[("self", arg)], "[sample.round]");
}

#[test]
fn an_office_says_it_in_its_own_words_and_others_do_not() {
    check("bitung", "menu.main", &[], "Halo dari Kanim Bitung.");
    let content = content();
    let other = content.office_by_slug("manado").unwrap();
    assert!(
        content
            .text(other, Language::Id, "menu.main", &[])
            .starts_with("Layanan informasi paspor Kanim Manado")
    );
    let own = content.office_by_slug("bitung").unwrap();
    assert!(
        content
            .text(own, Language::En, "menu.main", &[])
            .starts_with("Passport information")
    );
}

fn reply(choices: Choices) -> Reply {
    Reply {
        key: "menu.main",
        args: Vec::new(),
        choices,
        fill: None,
        note: None,
    }
}

#[test]
fn buttons_and_rows_carry_choice_and_words() {
    let content = content();
    let office = content.office_by_slug("manado").unwrap();
    let message = content.render(
        office,
        Language::Id,
        &reply(Choices::Buttons(vec![choice::STATUS, choice::MENU])),
    );
    let Form::Buttons(buttons) = message.form else {
        panic!("buttons expected")
    };
    assert_eq!(
        buttons[0],
        Button {
            choice: "status".to_owned(),
            title: "Cek status".to_owned()
        }
    );
    let sections = vec![(Some("passport"), vec![choice::FEES]), (None, vec![choice::MENU])];
    let message = content.render(
        office,
        Language::En,
        &reply(Choices::List {
            button: "menu",
            sections,
        }),
    );
    let Form::List { button, sections } = message.form else {
        panic!("list expected")
    };
    assert_eq!(button, "See services");
    assert_eq!(sections[0].title.as_deref(), Some("Passport"));
    assert_eq!(sections[0].rows[0].title, "Passport fees");
    assert_eq!(
        sections[0].rows[0].description.as_deref(),
        Some("Official fees in force today")
    );
    assert_eq!(sections[1].title, None);
}

#[test]
fn no_form_has_more_parts_than_whatsapp_takes() {
    let content = content();
    let office = content.office_by_slug("manado").unwrap();
    let many = || choice::CHOICES.iter().copied().take(7).collect::<Vec<_>>();
    let message = content.render(office, Language::Id, &reply(Choices::Buttons(many())));
    assert!(matches!(message.form, Form::Buttons(buttons) if buttons.len() == BUTTONS_MAX));
    let sections = vec![
        (Some("passport"), many()),
        (Some("office"), many()),
        (Some("line"), many()),
    ];
    let message = content.render(
        office,
        Language::Id,
        &reply(Choices::List {
            button: "menu",
            sections,
        }),
    );
    let Form::List { sections, .. } = message.form else {
        panic!("list expected")
    };
    assert_eq!(
        sections.iter().map(|section| section.rows.len()).collect::<Vec<_>>(),
        [7, 3]
    );
}

#[test]
fn a_body_beyond_the_limit_is_cut() {
    let content = content();
    let office = content.office_by_slug("manado").unwrap();
    let long = Arg::Text("kata ".repeat(2_000));
    let mut long_reply = Reply {
        key: "sample.inner",
        args: vec![("days", long)],
        choices: Choices::None,
        fill: None,
        note: None,
    };
    let chars = content.render(office, Language::Id, &long_reply).body.chars().count();
    assert!(
        (TEXT_BODY_CHARS_MAX - 10..=TEXT_BODY_CHARS_MAX).contains(&chars),
        "{chars}"
    );
    long_reply.choices = Choices::Buttons(vec![choice::MENU]);
    let body = content.render(office, Language::Id, &long_reply).body;
    assert!(body.chars().count() <= INTERACTIVE_BODY_CHARS_MAX && body.ends_with('…'));
    // What is said of the talk itself stays whole.
    long_reply.note = Some("language.followed");
    let body = content.render(office, Language::Id, &long_reply).body;
    let (cut, note) = body.rsplit_once("\n\n").unwrap();
    assert!(body.chars().count() <= INTERACTIVE_BODY_CHARS_MAX && cut.ends_with('…') && !note.ends_with('…'));
}

#[test]
fn a_link_leads_where_it_says() {
    let content = content();
    let office = content.office_by_slug("manado").unwrap();
    let url = "https://www.imigrasi.go.id".to_owned();
    let message = content.render(
        office,
        Language::Id,
        &reply(Choices::Link {
            label: "m_paspor",
            url: url.clone(),
        }),
    );
    assert_eq!(
        message.form,
        Form::Link {
            label: "Buka M-Paspor".to_owned(),
            url
        }
    );
}
