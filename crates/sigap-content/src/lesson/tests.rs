use std::collections::BTreeMap;

use jiff::Timestamp;
use sigap_core::ids::StaffId;

use super::*;
use crate::entry::Kind;
use crate::overlay::{Overlay, Patch};

fn now() -> Timestamp {
    "2026-11-26T02:00:00Z".parse().unwrap()
}

fn taught(content: &Content, office: OfficeId, intent: &str, sentences: &str) -> Content {
    let mut overlay = Overlay::default();
    let fields = BTreeMap::from([("id".to_owned(), sentences.to_owned())]);
    let patch = Patch {
        fields: Some(fields),
        by: StaffId(1),
        at: now(),
    };
    overlay.patches.insert(Kind::Example.key(intent), patch);
    let layered = content.layered(&BTreeMap::from([(office, overlay)]), now());
    assert!(layered.broken.is_empty(), "{:?}", layered.broken);
    layered.content
}

#[test]
fn an_office_teaches_its_own_words_and_nobody_elses() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap().id;
    let other = content.office_by_slug("sukabumi").unwrap().id;
    let sentence = "gedung biru sebelah pasar rumput buka ga";
    let sentences = format!("{sentence}\ngedung biru itu buka jam berapa\n  gedung biru tutup kapan  \n");
    let learned = taught(&content, office, "hours", &sentences);
    let was = learned.understanding(office).judge(sentence);
    let lesson = learned.lesson(&content, office).unwrap();
    assert_eq!(lesson.sentences, 3);
    assert_eq!(lesson.understood[1], 3, "what was taught is answered");
    assert!(!lesson.is_worse(), "{lesson:?}");
    assert_eq!(
        was,
        content.understanding(office).judge(sentence),
        "until it was learned nothing changes"
    );
    assert_eq!(
        learned.understanding(office).judge(sentence).verdict,
        Verdict::Answer(Intent::Hours)
    );
    assert_eq!(learned.understanding(other).judge(sentence), was);
    assert_eq!(learned.lesson(&learned, office), None);
}

#[test]
fn sentences_that_spoil_others_are_not_published() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap().id;
    let spoiled: Vec<String> = rows::development()
        .unwrap()
        .iter()
        .filter(|row| row.intent == Intent::Status)
        .flat_map(|row| {
            [
                row.text.clone(),
                format!("{} kak", row.text),
                format!("halo {}", row.text),
            ]
        })
        .filter(|text| !text.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    let learned = taught(&content, office, "hours", &spoiled.join("\n"));
    let lesson = learned.lesson(&content, office).unwrap();
    assert!(lesson.is_worse(), "{lesson:?}");
    assert!(lesson.changed.iter().any(|changed| changed.meant == Intent::Status));
}
