use jiff::civil::date;
use sigap_content::{Content, sample};
use sigap_core::conversation::choice::all;
use sigap_core::language::Language;

use super::*;
use crate::pages::chat_text::ChatText;

const NOW: &str = "2026-11-26T02:15:00Z";

fn content() -> Content {
    sample::with_bookings(date(2026, 11, 26)).unwrap()
}

fn words(content: &Content, language: Language) -> Words<'_> {
    Words::new(content, content.office_by_slug(sample::OFFICE).unwrap(), language)
}

#[test]
fn every_page_of_words_is_answered_without_a_person_and_leads_on() {
    let content = content();
    let offices = [sample::OFFICE, "jakarta-pusat"].map(|slug| content.office_by_slug(slug).unwrap());
    for (office, language) in offices
        .into_iter()
        .flat_map(|office| [(office, Language::Id), (office, Language::En)])
    {
        for choice in all().filter(|choice| is_answered_alone(*choice)) {
            let words = Words::new(&content, office, language);
            // Here it is about somebody's booking.
            if choice == QUEUE_CANCEL && !office.services.is_empty() {
                assert_eq!(ask(words, NOW.parse().unwrap(), choice), None);
                continue;
            }
            let reply = ask(words, NOW.parse().unwrap(), choice).unwrap_or_else(|| panic!("{}", choice.0));
            let text = body(words, &reply);
            let read = ChatText::read(&text);
            assert!(
                !read.title.is_empty()
                    || !words
                        .content()
                        .title_of_choice(words.office, language, choice)
                        .starts_with('['),
                "{}",
                choice.0
            );
            assert!(!read.blocks.is_empty(), "{}: {text}", choice.0);
            // Its only way on is the menu, which every page has.
            let leads_on = choice == ENCRYPTION || !ways(words, &reply).is_empty();
            assert!(leads_on, "{} is a dead end", choice.0);
            for wrong in [
                "ketik",
                "Ketik",
                "type ",
                "Type ",
                "WhatsApp ini",
                "this WhatsApp",
                "percakapan",
                "layanan di bawah",
                "tombol di bawah",
            ] {
                // *WhatsApp* as such is a fact; a place where one types is not here.
                assert!(!text.contains(wrong), "{} says `{wrong}` on a page: {text}", choice.0);
            }
        }
    }
}

#[test]
fn every_choice_leads_to_a_page_and_questions_of_a_person_to_their_own() {
    for choice in all() {
        assert!(path_of("x", choice).starts_with("/o/x"), "{}", choice.0);
    }
    for (choice, path) in [
        (STATUS, "/o/x/status"),
        (STATUS_FOLLOW, "/o/x/status"),
        (BOOKING, "/o/x/antrean"),
        (QUEUE, "/o/x/antrean"),
        (BOOKING_MINE, "/o/x/tiket"),
        (POSITION, "/o/x/tiket"),
        (FEEDBACK, "/o/x/masukan"),
        (FEEDBACK_RATE_3, "/o/x/masukan"),
        (FEEDBACK_BROKER, "/o/x/masukan?jenis=broker"),
        (OFFICER, "/o/x/obrolan"),
        (BIND, "/o/x/obrolan"),
        (LANGUAGE_SU, "/o/x/setelan"),
        (REQUIREMENTS, "/o/x/syarat"),
        (REQUIREMENTS_LOST, "/o/x/syarat/lost"),
        (PICKUP_FAMILY, "/o/x/info/pickup.family"),
        (MENU, "/o/x"),
    ] {
        assert_eq!(path_of("x", choice), path, "{}", choice.0);
    }
}

#[test]
fn who_need_not_queue_is_told_by_the_offices_own_groups() {
    let content = content();
    let told = priority_notice(words(&content, Language::Id)).unwrap();
    assert_eq!(
        told,
        "Tanpa daftar antrean, datang saja: 60 tahun ke atas, disabilitas, anak di bawah 2 tahun, ibu menyusui, ibu hamil."
    );
    let mut office = content.office_by_slug(sample::OFFICE).unwrap().clone();
    office.is_priority_stale = true;
    assert_eq!(priority_notice(Words::new(&content, &office, Language::Id)), None);
    office.is_priority_stale = false;
    office.priority.clear();
    assert_eq!(priority_notice(Words::new(&content, &office, Language::Id)), None);
}
