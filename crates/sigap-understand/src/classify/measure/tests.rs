use super::*;

fn judged(truth: Intent, first: Intent, in_scope: f32, verdict: Verdict) -> Judged {
    Judged {
        truth,
        language: Language::Indonesian,
        judgement: Judgement {
            ranked: [(first, 0.9), (Intent::Menu, 0.05), (Intent::Hours, 0.01)],
            in_scope,
            verdict,
        },
    }
}

fn four() -> Vec<Judged> {
    vec![
        judged(Intent::Fee, Intent::Fee, 0.9, Verdict::Answer(Intent::Fee)),
        judged(Intent::Hours, Intent::Fee, 0.9, Verdict::Answer(Intent::Fee)),
        judged(
            Intent::Hours,
            Intent::Fee,
            0.6,
            Verdict::Guess(vec![Intent::Fee, Intent::Hours]),
        ),
        judged(Intent::OutOfScope, Intent::OutOfScope, 0.1, Verdict::Unknown),
    ]
}

#[test]
fn shares_are_counted_over_those_they_speak_of() {
    let figures = Figures::new(&four());
    let third = 1.0 / 3.0;
    assert_eq!(figures.accuracy, 0.5);
    assert_eq!(figures.in_scope_accuracy, third);
    assert_eq!(figures.top_three, 1.0);
    assert_eq!(figures.answered, 2.0 / 3.0);
    assert_eq!(figures.wrong, third);
    assert_eq!(figures.solved, 2.0 / 3.0);
    assert_eq!(figures.stray, 0.0);
    assert_eq!(figures.recognised, 1.0);
    assert_eq!(figures.recall_at_rejection, 1.0);
}

#[test]
fn the_mean_over_intents_does_not_forget_rare_ones() {
    // Fee: one of three said; hours: never said; out of scope: perfect.
    let expected = (0.5 + 0.0 + 1.0) / 3.0;
    assert!((Figures::new(&four()).macro_f1 - expected).abs() < 1e-6);
}

#[test]
fn confusions_come_with_the_most_frequent_first() {
    assert_eq!(confusions(&four()), [(Intent::Hours, Intent::Fee, 2)]);
}

#[test]
fn nothing_to_count_is_no_fault() {
    assert_eq!(Figures::new(&[]), Figures::default());
    assert!(Figures::by_language(&[]).is_empty());
}
