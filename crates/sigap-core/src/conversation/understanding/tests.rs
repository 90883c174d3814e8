use super::*;

fn judged(ranked: [(Intent, f32); 3]) -> Judgement {
    Judgement {
        ranked,
        in_scope: 1.0,
        verdict: Verdict::Guess(Vec::new()),
    }
}

#[test]
fn every_intent_that_is_a_wish_leads_to_a_choice() {
    let silent: Vec<&str> = Intent::all()
        .filter(|intent| choice_of(*intent).is_none())
        .map(Intent::name)
        .collect();
    assert_eq!(silent, ["affirm", "deny", "inform"]);
}

#[test]
fn the_narrower_word_wins_and_a_stranger_is_asked_about() {
    let inside = |choice| Wish::One(choice);
    assert_eq!(
        answered(Intent::PayHow, inside(PAYMENT_PROBLEM)),
        Wish::One(PAYMENT_PROBLEM)
    );
    assert_eq!(answered(Intent::Fee, inside(STATUS)), Wish::One(FEES));
    assert_eq!(answered(Intent::AppTrouble, inside(QUEUE)), Wish::Two(QUEUE, HELPDESK));
    assert_eq!(answered(Intent::Affirm, inside(FEES)), Wish::Perhaps(FEES));
    assert_eq!(answered(Intent::Inform, Wish::None), Wish::None);
}

#[test]
fn guesses_are_buttons_unless_both_agree() {
    let close = judged([(Intent::Status, 0.4), (Intent::Duration, 0.3), (Intent::Fee, 0.05)]);
    assert_eq!(guessed(&close, Wish::None), Wish::Two(STATUS, DURATION));
    assert_eq!(guessed(&close, Wish::One(DURATION)), Wish::One(DURATION));
    assert_eq!(guessed(&close, Wish::One(PICKUP)), Wish::Two(PICKUP, STATUS));
    let alone = judged([(Intent::Status, 0.4), (Intent::OutOfScope, 0.3), (Intent::Fee, 0.05)]);
    assert_eq!(guessed(&alone, Wish::None), Wish::Perhaps(STATUS));
    let nothing = judged([(Intent::Greeting, 0.4), (Intent::Status, 0.1), (Intent::Fee, 0.05)]);
    assert_eq!(guessed(&nothing, Wish::None), Wish::None);
}
