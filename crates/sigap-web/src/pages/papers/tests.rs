use jiff::Timestamp;
use sigap_content::Content;
use sigap_core::conversation::choice::all;
use sigap_core::conversation::dialogue::Step;
use sigap_core::conversation::state::State as Talk;
use sigap_core::conversation::step;
use sigap_core::inbound::Said;
use sigap_core::language::Language;

use super::*;

const NOW: &str = "2026-12-01T02:15:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn lists(words: Words<'_>) -> Vec<(Choice, Reply)> {
    all()
        .filter(|choice| choice.topic() == REQUIREMENTS.0)
        .filter_map(|choice| Some((choice, ask(words, now(), choice)?)))
        .filter(|(_, reply)| reply.key == "requirements.list")
        .collect()
}

#[test]
fn the_words_sent_to_the_chat_bring_the_same_list_there() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap();
    for language in [Language::Id, Language::En] {
        let words = Words::new(&content, office, language);
        let lists = lists(words);
        assert!(lists.len() >= 14, "{}", lists.len());
        for (choice, expected) in lists {
            let text = way_in_words(words, choice);
            let world = content.world(office.id, now()).unwrap();
            let Step::Done(outcome) = step(&world, &Talk::default(), &Said::Text(text.clone()), &[]) else {
                panic!("`{text}` asks the store");
            };
            let case = |reply: &Reply| reply.args.iter().find(|(name, _)| *name == "case").cloned();
            let told = outcome.reply.unwrap();
            assert_eq!(
                (told.key, case(&told)),
                (expected.key, case(&expected)),
                "`{text}` for {}",
                choice.0
            );
        }
    }
}

#[test]
fn sums_hold_everything_that_is_paid_or_the_parts_stay() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap();
    let words = Words::new(&content, office, Language::Id);
    let catalogue = content.catalogue_of(office.id);
    let today = local_date(office, now());
    let text = |catalogue: &Catalogue| {
        let mut reply = ask(words, now(), Choice::find("requirements.lost_ordinary").unwrap()).unwrap();
        let case = catalogue.case("hilang").unwrap();
        with_totals(&mut reply, catalogue, case, today);
        body(words, &reply)
    };
    let told = text(catalogue);
    assert!(
        told.contains("- Paspor elektronik 10 tahun: Rp1.950.000\n- Paspor elektronik 5 tahun: Rp1.650.000"),
        "{told}"
    );
    assert!(
        told.contains("*Sudah termasuk*\n- Biaya beban paspor hilang: Rp1.000.000"),
        "{told}"
    );
    assert!(!told.contains("Ketik") && !told.contains("Simpan pesan"), "{told}");
    // A part that nobody vouches for: no sum with a hole in it.
    let mut unsure = catalogue.clone();
    for fee in unsure.fees.iter_mut().filter(|fee| fee.code == "LOST") {
        fee.check_again_on = Some(today);
    }
    let told = text(&unsure);
    assert!(
        told.contains("Rp950.000") && told.contains("*Ditambah*") && !told.contains("Rp1.950.000"),
        "{told}"
    );
}

#[test]
fn every_paper_of_every_list_can_be_ticked() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap();
    for language in [Language::Id, Language::En] {
        let words = Words::new(&content, office, language);
        let catalogue = content.catalogue_of(office.id);
        for (choice, reply) in lists(words) {
            let case = case_of(&reply, catalogue).unwrap();
            let ids: Vec<&String> = case.documents.iter().chain(&case.if_any).collect();
            let parts = parts(words, &ids, ChatText::read(&body(words, &reply)).blocks);
            let mut ticked = Vec::new();
            for part in &parts {
                if let Part::Papers(heading, papers) = part {
                    assert!(!heading.is_empty(), "{}", choice.0);
                    ticked.extend(papers.iter().map(|paper| &paper.id));
                }
            }
            assert_eq!(ticked, ids, "{}", choice.0);
        }
    }
}
