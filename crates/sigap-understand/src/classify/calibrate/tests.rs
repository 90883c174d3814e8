use super::super::rows::Language;
use super::*;

const BORDERS: Thresholds = Thresholds {
    sharpness: 5.0,
    answer: 0.8,
    guess: 0.2,
};

fn margins(strong: &[(Intent, f32)]) -> Margins {
    let mut margins = [-1.0; INTENTS];
    for (intent, margin) in strong {
        margins[intent.column()] = *margin;
    }
    margins
}

#[test]
fn a_clear_message_is_answered_and_a_close_one_asked_about() {
    let clear = BORDERS.judge(&margins(&[(Intent::Fee, 1.0)]));
    assert_eq!(clear.verdict, Verdict::Answer(Intent::Fee));
    let close = BORDERS.judge(&margins(&[(Intent::Fee, 0.5), (Intent::PayHow, 0.45)]));
    assert_eq!(close.verdict, Verdict::Guess(vec![Intent::Fee, Intent::PayHow]));
}

#[test]
fn out_of_scope_is_unknown_however_sure() {
    let judgement = BORDERS.judge(&margins(&[(Intent::OutOfScope, 1.0)]));
    assert_eq!(judgement.verdict, Verdict::Unknown);
    assert!(judgement.in_scope < 0.1);
}

#[test]
fn out_of_scope_is_never_among_the_guesses() {
    let judgement = BORDERS.judge(&margins(&[(Intent::OutOfScope, 0.5), (Intent::Fee, 0.45)]));
    assert_eq!(judgement.verdict, Verdict::Guess(vec![Intent::Fee]));
}

#[test]
fn probabilities_add_up() {
    let sum: f32 = probabilities(&margins(&[(Intent::Fee, 30.0)]), 20.0).iter().sum();
    assert!((sum - 1.0).abs() < 1e-5, "{sum}");
}

/// Sentences of two intents, of which every `wrong_every`th is judged wrongly though strongly.
fn fitted(wrong_every: usize) -> Thresholds {
    let row = |intent| Row {
        text: String::new(),
        intent,
        language: Language::Indonesian,
    };
    let rows: Vec<Row> = (0..200)
        .map(|index| row(if index % 2 == 0 { Intent::Fee } else { Intent::Hours }))
        .collect();
    let held_out = rows.iter().enumerate().map(|(index, row)| {
        let other = if row.intent == Intent::Fee {
            Intent::Hours
        } else {
            Intent::Fee
        };
        let said = if index % wrong_every == 0 { other } else { row.intent };
        HeldOut {
            row: index,
            margins: margins(&[(said, 0.1 + index as f32 / 200.0)]),
        }
    });
    Thresholds::fit(&held_out.collect::<Vec<_>>(), &rows)
}

#[test]
fn more_mistakes_make_a_model_more_careful() {
    let (good, bad) = (fitted(50), fitted(5));
    assert!(bad.answer > good.answer, "{bad:?} {good:?}");
    assert!(bad.sharpness < good.sharpness, "{bad:?} {good:?}");
}
