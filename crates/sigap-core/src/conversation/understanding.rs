//! Free text that is no order and no answer: what the trained model and the vocabulary make of it together.
//!
//! The model knows whole sentences and when to be silent; the vocabulary knows narrower things, and choices that the model
//! has no intent for. An answer at once needs the model, or a whole text that is a phrase; where the two disagree, a tap decides.

use sigap_understand::classify::{Intent, Judgement, Verdict};

use super::choice::*;
use super::hearing::Heard;
use super::reply::Choice;
use super::turn::Turn;
use super::vocabulary::{Wish, settle};

/// From this probability on a message that is none of ours is told so; below it, it may as well be noise.
const STRANGE_MIN: f32 = 0.6;
/// Words of a message that can be told to be none of ours. Fewer may be a name, a slip of the finger, half a thought.
const STRANGE_WORDS_MIN: usize = 3;
/// A guess less likely than this is a button that nobody wants.
const GUESS_MIN: f32 = 0.12;

/// What a text seems to want.
pub(super) fn wish_of(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Wish {
    let (vocabulary, offered) = (turn.world.vocabulary, &turn.state.offered);
    if heard.words.is_empty() {
        // Only polite words were left: *permisi kak*.
        return Wish::One(GREETING);
    }
    let exact = vocabulary.exact(&heard.words, offered);
    if exact != Wish::None {
        return exact;
    }
    let inside = vocabulary.inside(&heard.words, offered);
    let judgement = turn.world.understanding.judge(heard.raw);
    let wish = match &judgement.verdict {
        Verdict::Answer(intent) => {
            turn.intent = Some(*intent);
            answered(*intent, inside)
        }
        Verdict::Guess(_) => guessed(&judgement, inside),
        Verdict::Unknown => match inside {
            // The model has no name for it, so that it cannot but find it strange.
            Wish::One(known) if is_strange_to_the_model(known) => inside,
            _ => inside.as_guess(),
        },
    };
    if wish != Wish::None {
        return wish;
    }
    match vocabulary.perhaps(&heard.words) {
        Wish::None if turn.state.place.is_idle() && is_strange(&judgement, heard) => Wish::Strange,
        wish => wish,
    }
}

/// Clearly a sentence, and clearly none for us.
fn is_strange(judgement: &Judgement, heard: &Heard<'_>) -> bool {
    let [(first, likely), ..] = judgement.ranked;
    first == Intent::OutOfScope && likely >= STRANGE_MIN && heard.words.split(' ').count() >= STRANGE_WORDS_MIN
}

fn answered(intent: Intent, inside: Wish) -> Wish {
    let Some(choice) = choice_of(intent) else {
        return inside.as_guess();
    };
    match inside {
        Wish::One(known) if is_narrower(known, choice) => Wish::One(known),
        // Only the vocabulary knows of it, so that the model cannot have meant it.
        Wish::One(known) if !is_known(known) && (known, choice) != (QUEUE, BOOKING) => two(known, choice),
        Wish::Two(one, other) if one != choice && other != choice => inside,
        _ => Wish::One(choice),
    }
}

fn guessed(judgement: &Judgement, inside: Wish) -> Wish {
    let likely = judgement.ranked.iter().filter(|(_, likely)| *likely >= GUESS_MIN);
    let mut guesses = likely
        .filter_map(|(intent, _)| choice_of(*intent))
        .filter(|choice| choice.shape() != Shape::Unseen && *choice != MENU);
    let (first, second) = (guesses.next(), guesses.next());
    match (inside, first, second) {
        (Wish::One(known), _, _) if !is_known(known) || [first, second].contains(&Some(known)) => Wish::One(known),
        (Wish::One(known), Some(first), _) if is_narrower(known, first) => Wish::One(known),
        (Wish::One(known), Some(first), _) => two(known, first),
        (Wish::None, Some(first), Some(second)) => two(first, second),
        (Wish::None, Some(first), None) => Wish::Perhaps(first),
        (inside, _, _) => inside.as_guess(),
    }
}

/// Two guesses, or one where both are the same.
fn two(one: Choice, other: Choice) -> Wish {
    if one == other {
        Wish::Perhaps(one)
    } else {
        settle(one, other)
    }
}

/// Where an intent leads; `None` for what counts only as an answer to a question.
fn choice_of(intent: Intent) -> Option<Choice> {
    Some(match intent {
        Intent::Status => STATUS,
        Intent::PayHow => PAYMENT,
        Intent::Fee | Intent::PassportKind => FEES,
        Intent::RequirementsNew => REQUIREMENTS_NEW,
        Intent::RequirementsRenewal => REQUIREMENTS_REPLACE,
        Intent::RequirementsLost => REQUIREMENTS_LOST,
        Intent::RequirementsChild => REQUIREMENTS_CHILD,
        Intent::RequirementsData => REQUIREMENTS_DATA,
        Intent::Pickup => PICKUP,
        Intent::Duration => DURATION,
        Intent::QueueBook | Intent::Quota => BOOKING,
        Intent::QueueCancel | Intent::QueueReschedule => QUEUE_CANCEL,
        Intent::AppTrouble => HELPDESK,
        Intent::Hours | Intent::Address => HOURS,
        Intent::Priority => PRIORITY,
        Intent::Simpatik => SIMPATIK,
        Intent::Complaint => FEEDBACK_COMPLAINT,
        Intent::Appreciation => FEEDBACK_APPRECIATION,
        Intent::Human => OFFICER,
        Intent::Broker => BROKER,
        Intent::Greeting => GREETING,
        Intent::Thanks => THANKS,
        Intent::Abuse => ABUSE,
        Intent::Menu => MENU,
        Intent::ChangeLanguage => LANGUAGE,
        Intent::OutOfScope => ELSEWHERE,
        Intent::Affirm | Intent::Deny | Intent::Inform => return None,
    })
}

/// Whether a choice says what an intent's choice says, and more.
fn is_narrower(known: Choice, choice: Choice) -> bool {
    known != choice && known.topic() == choice.topic() && !is_known(known)
        || (known, choice) == (BOOKING_MINE, QUEUE_CANCEL)
}

/// Whether no intent of the model leads anywhere near: to a place in the line, a slip code, how messages are protected.
fn is_strange_to_the_model(known: Choice) -> bool {
    !Intent::all().any(|intent| choice_of(intent).is_some_and(|choice| choice.topic() == known.topic()))
}

/// Whether an intent of the model leads there.
fn is_known(choice: Choice) -> bool {
    Intent::all().any(|intent| choice_of(intent) == Some(choice))
}

#[cfg(test)]
mod tests;
