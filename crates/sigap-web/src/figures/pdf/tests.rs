use lopdf::{Document, Object};
use sigap_core::language::Language;

use super::super::tests::{content, empty, month, report, words};
use super::*;

#[track_caller]
fn made(view: &FiguresView, language: Language) -> (Document, String) {
    let content = content();
    let bytes = file(words(&content, language), &report(&content, view, language), view);
    let document = Document::load_mem(&bytes).unwrap();
    assert_eq!(document.get_pages().len(), 1, "one sheet");
    let text = document.extract_text(&[1]).unwrap();
    // Read back in pieces, as they were set.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (document, text)
}

#[test]
fn the_month_stands_on_one_sheet_in_words_that_can_be_selected() {
    let (_, text) = made(&month(), Language::Id);
    for told in [
        "Angka kantor: Oktober 2026",
        "Sukabumi",
        "1.244",
        "15 menit",
        "63%",
        "Kunjungan menurut hari",
        "Waktu tunggu dalam menit",
        "Dengan janji",
        "100,00",
        "lebih dari 20 hari",
        "Dibuat oleh sigap, 25 November 2026 pukul 09.15 WIB",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let (_, text) = made(&month(), Language::En);
    assert!(
        text.contains("Figures of the office: October 2026") && text.contains("15 minutes"),
        "{text}"
    );
}

#[test]
fn it_says_its_title_and_language_and_what_its_parts_are() {
    let (document, _) = made(&month(), Language::Id);
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"id");
    let marked = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let root = catalog.get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let mut roles = Vec::new();
    let mut pictures = Vec::new();
    for object in document.objects.values() {
        let Object::Dictionary(part) = object else { continue };
        if part.get(b"Type").and_then(Object::as_name).ok() != Some(b"StructElem") {
            continue;
        }
        assert!(part.get(b"P").is_ok(), "every part has a parent");
        let role = String::from_utf8_lossy(part.get(b"S").unwrap().as_name().unwrap()).into_owned();
        if role == "Figure" {
            pictures.push(part.get(b"Alt").unwrap().as_str().unwrap().to_vec());
        }
        roles.push(role);
    }
    let count = |role: &str| roles.iter().filter(|known| *known == role).count();
    assert_eq!((count("Document"), count("H1"), count("Figure")), (1, 1, 2));
    assert!(count("H2") >= 9 && count("Table") >= 7 && count("TH") > 20, "{roles:?}");
    assert!(pictures.iter().all(|alt| alt.len() > 20));
    assert!(document.get_object(root).is_ok());
}

#[test]
fn a_month_without_anything_is_a_sheet_that_says_so() {
    let (_, text) = made(&empty(), Language::Id);
    assert!(
        text.contains("Belum ada angka") && text.contains("tidak ada data"),
        "{text}"
    );
}

#[test]
fn nothing_leaves_the_sheet_however_much_there_is() {
    let mut view = month();
    let long = |number: usize| format!("layanan dengan nama yang sangat panjang nomor {number}");
    view.all.lines = (0..40).map(|number| (long(number), view.all.lines[0].1)).collect();
    view.all.places = (0..40).map(|number| (long(number), view.all.places[0].1)).collect();
    view.all.attendance = (0..40).map(|number| (long(number), view.all.attendance[0].1)).collect();
    let (document, _) = made(&view, Language::Id);
    let content = document.get_page_content(*document.get_pages().values().next().unwrap());
    let content = lopdf::content::Content::decode(&content).unwrap();
    let mut lines = 0;
    for operation in content.operations.iter().filter(|operation| operation.operator == "Tm") {
        let at = |place: usize| operation.operands[place].as_float().unwrap();
        assert!(
            (0.0..PAPER.0).contains(&at(4)) && (12.0..PAPER.1).contains(&at(5)),
            "{operation:?}"
        );
        lines += 1;
    }
    assert!(lines > 100, "{lines}");
}
