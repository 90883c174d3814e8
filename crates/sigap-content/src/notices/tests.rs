use jiff::civil::date;
use sigap_core::conversation::messages::MESSAGES;

use super::*;

const BASE: &str = "https://sigap.example";

fn text(body: &str, holes: usize) -> TemplateText {
    TemplateText {
        body: body.into(),
        holes: vec![String::new(); holes],
        ..TemplateText::default()
    }
}

#[test]
fn every_notice_of_the_catalogue_can_be_shown_and_has_its_words() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("sukabumi").unwrap();
    let kinds = &content.catalogue().notices.kinds;
    let listed: Vec<String> = kinds.iter().map(|kind| kind.key()).collect();
    let said = MESSAGES.iter().filter(|spec| spec.key.starts_with(TOPIC));
    for spec in said {
        assert!(listed.iter().any(|key| key == spec.key), "`{}` has no row", spec.key);
    }
    for kind in kinds {
        for language in Language::OF_TEMPLATES {
            let at = date(2026, 11, 27).at(9, 30, 0, 0);
            let shown = content.notice_sample(office, language, &kind.id, at, BASE).unwrap();
            assert!(!shown.body.contains(['[', ']', '{', '}']), "{}", shown.body);
            let template = content.template(office, language, &kind.id, at, BASE).unwrap();
            assert_eq!(template.holes.len(), template.examples.len());
            assert!(
                template
                    .examples
                    .iter()
                    .all(|example| !example.is_empty() && example != "-"),
                "{template:?}"
            );
            for number in 1..=template.holes.len() {
                assert!(template.body.contains(&format!("{{{{{number}}}}}")), "{template:?}");
            }
            assert_eq!(template.buttons.len(), shown.form.choices().len());
        }
    }
    assert_eq!(
        listed.len(),
        MESSAGES.iter().filter(|spec| spec.key.starts_with(TOPIC)).count()
    );
}

#[test]
fn what_meta_refuses_is_found_before() {
    let refused = |body: &str, holes| template_problem(&text(body, holes)).is_some();
    assert!(!refused("Halo {{1}}, paspor Anda siap.", 1));
    assert!(refused("{{1}}, paspor Anda sudah siap diambil.", 1));
    assert!(refused("Lihat antrean di sini: *{{1}}*", 1));
    assert!(refused("Lihat antrean di sini: {{1}}.", 1));
    assert!(refused("Anda {{1}} {{2}} sudah terdaftar di kantor kami.", 2));
    assert!(refused("Anda {{1}}, {{2}} terdaftar.", 2));
    assert!(refused(&format!("Anda {{1}} {}", "panjang ".repeat(200)), 1));
}
