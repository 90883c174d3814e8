use std::sync::OnceLock;

use proptest::prelude::*;

use super::super::measure::{Figures, Judged};
use super::super::rows;
use super::*;

/// The tests are built without optimisation: one model for all that only ask, without variants.
fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::train_with(&Training::embedded().unwrap(), &quick(), 1))
}

fn quick() -> Recipe {
    Recipe {
        variants: 0,
        folds: 3,
        ..Recipe::default()
    }
}

/// A tenth of the sentences.
fn small() -> Training {
    let mut training = Training::embedded().unwrap();
    training.rows = training.rows.into_iter().step_by(10).collect();
    training
}

#[track_caller]
fn check(text: &str, expected: Intent) {
    let judgement = model().judge(text);
    assert_eq!(judgement.ranked[0].0, expected, "`{text}`: {judgement:?}");
}

#[test]
fn ordinary_wishes_are_understood() {
    check("berapa biaya bikin paspor baru kak", Intent::Fee);
    check("paspor saya sudah jadi belum", Intent::Status);
    check("tolong batalkan antrian saya hari rabu", Intent::QueueCancel);
    check("pasporku ilang piye ngurus e", Intent::RequirementsLost);
    check("jam sabaraha kantor muka", Intent::Hours);
    check("how much does the e-passport cost", Intent::Fee);
}

#[test]
fn out_of_scope_is_not_answered() {
    for text in [
        "cara bikin sim",
        "jadwal kereta ke surabaya",
        "perpanjang kitas istri saya",
        "ktp hilang gimana",
        "resep rawon",
        "qwdfgh",
        "😀",
    ] {
        let judgement = model().judge(text);
        assert!(
            !matches!(judgement.verdict, Verdict::Answer(_)),
            "`{text}`: {judgement:?}"
        );
    }
}

#[test]
fn a_guess_never_offers_out_of_scope_and_fits_on_buttons() {
    for row in rows::development().unwrap() {
        if let Verdict::Guess(intents) = model().judge(&row.text).verdict {
            assert!((1..=3).contains(&intents.len()), "`{}`", row.text);
            assert!(!intents.contains(&Intent::OutOfScope), "`{}`", row.text);
        }
    }
}

#[test]
fn strange_input_is_judged_without_harm() {
    let endless = "a".repeat(10_000);
    let sentences = "paspor saya hilang? ".repeat(500);
    for text in [
        "",
        " ",
        "\n\t",
        "?",
        "....",
        "👍",
        "👨‍👩‍👧‍👦🇮🇩",
        "جواز سفر",
        "\u{202e}ropsap",
        "\u{200b}\u{200d}",
        "\0",
        "ß",
        "İ",
        "ﷺﷺﷺ",
        "n̶̢̛o̷",
        "2",
        "22222",
        "-",
        "#",
        "#16",
        "<>",
        &endless,
        &sentences,
    ] {
        let judgement = model().judge(text);
        assert!(
            judgement.ranked.iter().all(|(_, likely)| (0.0..=1.0).contains(likely)),
            "{judgement:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics(text in "\\PC{0,60}|[\\x00-\\x{ffff}]{0,80}|[a-z0-9 ./-]{0,80}") {
        let judgement = model().judge(&text);
        prop_assert!(judgement.ranked[0].1 >= judgement.ranked[1].1);
        prop_assert!(judgement.ranked[1].1 >= judgement.ranked[2].1);
    }
}

#[test]
fn the_same_seed_gives_the_same_model_to_the_bit() {
    let recipe = Recipe {
        variants: 1,
        folds: 2,
        ..Recipe::default()
    };
    let training = small();
    let (one, other) = (
        Model::train_with(&training, &recipe, 9),
        Model::train_with(&training, &recipe, 9),
    );
    assert_eq!(one.lines.packed.weights, other.lines.packed.weights);
    assert_eq!(
        one.lines.packed.scales.map(f32::to_bits),
        other.lines.packed.scales.map(f32::to_bits)
    );
    assert_eq!(one.lines.rarity, other.lines.rarity);
    assert_eq!(one.thresholds, other.thresholds);
    let third = Model::train_with(&training, &recipe, 10);
    assert_ne!(one.lines.packed.weights, third.lines.packed.weights);
}

#[test]
fn a_model_of_nothing_knows_nothing_and_does_not_panic() {
    let nothing = Training {
        rows: Vec::new(),
        lexicon: String::new(),
        spellings: String::new(),
    };
    let model = Model::train_with(&nothing, &quick(), 1);
    assert!(!matches!(model.judge("halo").verdict, Verdict::Answer(_)));
}

#[test]
fn a_model_stays_small() {
    assert!(model().bytes() <= 3_000_000, "{} bytes", model().bytes());
}

/// A little under what `cargo xtask understand` prints; a change that falls below has made understanding worse.
#[test]
fn understanding_does_not_get_worse() {
    let judged: Vec<Judged> = rows::development()
        .unwrap()
        .into_iter()
        .map(|row| Judged {
            truth: row.intent,
            language: row.language,
            judgement: model().judge(&row.text),
        })
        .collect();
    let figures = Figures::new(&judged);
    assert!(figures.accuracy >= 0.93, "{figures:?}");
    assert!(figures.top_three >= 0.97, "{figures:?}");
    assert!(figures.recall_at_rejection >= 0.90, "{figures:?}");
    assert!(figures.answered >= 0.80, "{figures:?}");
    assert!(figures.wrong <= 0.03, "{figures:?}");
    assert!(figures.stray <= 0.10, "{figures:?}");
    for (language, figures) in Figures::by_language(&judged) {
        assert!(figures.accuracy >= 0.85, "{language:?} {figures:?}");
    }
}
