//! One step of a turn: from what was said to a topic, and from its thought to an outcome.

use sigap_understand::values::faceless;

use crate::inbound::{FormDone, Said};
use crate::limits::SILENCE_RESTART_HOURS;

use super::dialogue::{Answer, Effect, Outcome, Step, World};
use super::hearing::Heard;
use super::reply::{Choice, Reply};
use super::state::{Offered, Place, PrivateWords, State};
use super::turn::{Thought, Turn};
use super::understanding::wish_of;
use super::vocabulary::Wish;
use super::{
    bind, birth_date, booking, booking_hold, booking_people, browser, choice, courtesy, digits, feedback, intake,
    languages, menu, misunderstood, nearest, officer, other_office, queue, requirements, routes, status, survey,
    wanted, wordless,
};

/// Thinks a turn through.
///
/// Give the stored state, what was said and the answers so far (none at first). On `Ask`, answer the question within the
/// same transaction and step again with the *same* state and the answer appended; a turn asks at most
/// `limits::QUESTIONS_PER_TURN_MAX` questions. On `Done`, save the state, do the effects, say the reply.
///
/// Never fails and never panics, whatever was said and however the answers fit the questions.
#[must_use]
pub fn step(world: &World<'_>, state: &State, said: &Said, answers: &[Answer]) -> Step {
    let mut turn = Turn::new(world, state.clone(), answers);
    if !needs_an_answer(said) {
        return Step::Done(Box::new(Outcome {
            state: turn.state,
            reply: None,
            effects: turn.effects,
            topic: "silent",
        }));
    }
    let is_interrupted = forget_after_silence(&mut turn);
    turn.state.last_heard_at = Some(world.now);
    if let Some(Answer::NeedsPhone { url }) = answers.last() {
        let reply = browser::prove_first(url);
        return Step::Done(Box::new(finish(turn, reply)));
    }
    match think(&mut turn, said, is_interrupted) {
        Err(question) => Step::Ask(question),
        Ok(reply) => Step::Done(Box::new(finish(turn, reply))),
    }
}

/// Reactions, system notes and erased messages change nothing here.
fn needs_an_answer(said: &Said) -> bool {
    match said {
        Said::Reaction(_) | Said::Revoked { .. } | Said::IdentityChanged { .. } | Said::Silent { .. } => false,
        Said::Edited { text, .. } => text.is_some(),
        Said::Text(_)
        | Said::Choice(_)
        | Said::StaleChoice(_)
        | Said::Media(_)
        | Said::Location
        | Said::LocationAt(_)
        | Said::Contacts { .. }
        | Said::Form(_)
        | Said::Survey(_)
        | Said::Done(_)
        | Said::Opened
        | Said::Other { .. } => true,
    }
}

/// After a day of silence nobody remembers what was asked. True when something was under way.
fn forget_after_silence(turn: &mut Turn<'_>) -> bool {
    let silence = turn.state.last_heard_at.map(|at| turn.world.now.duration_since(at));
    if silence.is_none_or(|silence| silence.as_hours() < SILENCE_RESTART_HOURS) {
        return false;
    }
    let was_under_way = !turn.state.place.is_idle();
    turn.state.place = Place::Open;
    turn.state.offered = Offered::default();
    turn.state.misses = 0;
    was_under_way
}

fn think(turn: &mut Turn<'_>, said: &Said, is_interrupted: bool) -> Thought {
    match said {
        Said::Text(text) => hear(turn, text, is_interrupted),
        Said::Edited { text, .. } => hear(turn, text.as_deref().unwrap_or_default(), is_interrupted),
        Said::Choice(name) => tapped(turn, name),
        Said::StaleChoice(title) => match wish_of(turn, &Heard::read(title)) {
            Wish::One(choice) if choice.reach() != choice::Reach::Answer => routes::enter(turn, choice),
            _ => Ok(menu::stale(turn)),
        },
        Said::Media(media) if let Place::Intake { booking, place, want } = turn.state.place.clone() => {
            intake::take(turn, media, (booking, place), &want)
        }
        Said::Media(media) => {
            // First of all: the words under it may open a case, and it goes along.
            let told = wordless::note(turn, media)?;
            match media
                .caption
                .as_deref()
                .filter(|caption| Heard::read(caption).has_words)
            {
                Some(caption) => hear(turn, caption, is_interrupted),
                None => Ok(wordless::media(turn, media.kind, told)),
            }
        }
        Said::Location => Ok(wordless::location(turn)),
        Said::LocationAt(point) => Ok(nearest::answer(turn, *point)),
        Said::Contacts { .. } => Ok(wordless::contact(turn)),
        Said::Opened => Ok(menu::enter(turn)),
        Said::Survey(filled) => survey::keep(turn, filled),
        Said::Done(FormDone::Booking(id)) => booking_hold::confirm(turn, *id, None),
        Said::Done(FormDone::Case(number)) => feedback::tell(turn, number),
        Said::Done(FormDone::Intake { booking, place }) => intake::filled_in(turn, *booking, *place),
        Said::Form(_) | Said::Other { .. } => Ok(wordless::unsupported(turn)),
        // Told apart before; kept so that a new kind is a compile error here.
        Said::Reaction(_) | Said::Revoked { .. } | Said::IdentityChanged { .. } | Said::Silent { .. } => {
            Ok(wordless::unsupported(turn))
        }
    }
}

fn tapped(turn: &mut Turn<'_>, tapped: &str) -> Thought {
    let (name, value) = Choice::split(tapped);
    turn.value = value.map(str::to_owned);
    match Choice::find(name) {
        Some(choice) if choice.reach() != choice::Reach::Answer || turn.state.offered.contains(choice) => {
            routes::enter(turn, choice)
        }
        // These topics know their way from any of their buttons, however old. Other answers to a question that is no
        // longer open make no sense.
        Some(choice)
            if [
                choice::STATUS,
                choice::REQUIREMENTS,
                choice::PICKUP,
                choice::BOOKING,
                choice::INTAKE,
                choice::BROWSER_TIE,
            ]
            .iter()
            .any(|known| known.topic() == choice.topic()) =>
        {
            routes::enter(turn, choice)
        }
        _ => Ok(menu::stale(turn)),
    }
}

/// Typed words, from the surest reading to the weakest.
fn hear(turn: &mut Turn<'_>, text: &str, is_interrupted: bool) -> Thought {
    let heard = Heard::read(text);
    if !heard.has_words {
        return Ok(courtesy::pictures_only(turn, heard.raw));
    }
    if let Some(code) = browser::code_in(heard.raw) {
        return browser::ask(turn, &code);
    }
    if let Some((choice, value)) = order(turn, &heard) {
        turn.value = value;
        return routes::enter(turn, choice);
    }
    if let Some(choice) = requirements::by_way(turn.world.vocabulary, &heard.words) {
        return routes::enter(turn, choice);
    }
    if let Some(thought) = awaited(turn, &heard) {
        return thought;
    }
    if let Some(thought) = number_or_code(turn, &heard) {
        return thought;
    }
    languages::follow(turn, heard.raw);
    let wish = wish_of(turn, &heard);
    if wish == Wish::One(choice::STATUS) && digits::passport_number(heard.raw).is_some() {
        return Ok(status::passport_number(turn));
    }
    if let Some(other) = other_office::asked_for(turn, heard.raw, wish) {
        return Ok(other);
    }
    turn.wanted = wanted::read(heard.raw, turn.local_now());
    (turn.visitor, turn.named) = booking_people::introduced(heard.raw, turn.local_now());
    turn.told = feedback::is_telling(turn.intent, &heard).then(|| heard.raw.to_owned());
    match wish {
        Wish::One(choice) if is_interrupted && choice == choice::GREETING => Ok(menu::restarted(turn)),
        Wish::One(choice) => routes::enter(turn, choice),
        Wish::None | Wish::Strange if is_interrupted => Ok(menu::restarted(turn)),
        // A second one in a row is no question to other offices; an officer may know.
        Wish::Strange if turn.state.misses == 0 => {
            note_unclear(turn, &heard);
            Ok(courtesy::strange(turn))
        }
        wish => {
            note_unclear(turn, &heard);
            Ok(misunderstood::answer(turn, wish))
        }
    }
}

/// Lets those who teach the assistant see what it did not understand. What is typed as a proof is nobody else's.
fn note_unclear(turn: &mut Turn<'_>, heard: &Heard<'_>) {
    if !turn.state.place.asks_proof() {
        let words = PrivateWords(faceless(heard.raw));
        turn.effects.push(Effect::NoteUnclear(words));
    }
}

/// What is an order at any point: a row number, *menu*, *batal*, the old hash commands.
fn order(turn: &Turn<'_>, heard: &Heard<'_>) -> Option<(Choice, Option<String>)> {
    if heard.raw.starts_with('#') && heard.words.starts_with("batal") {
        return Some((choice::QUEUE_CANCEL, None));
    }
    if queue::is_old_booking(heard.raw) {
        return Some((choice::QUEUE_OLD, Some(heard.raw.to_owned())));
    }
    let offered = &turn.state.offered;
    match heard.small_number() {
        Some(0) => return Some((choice::BACK, None)),
        Some(number) => {
            return offered
                .row(number)
                .map(|(choice, value)| (choice, value.map(str::to_owned)));
        }
        None => {}
    }
    match turn.world.vocabulary.exact(&heard.words, offered) {
        Wish::One(choice) if is_order(choice) || offered.contains(choice) => {
            Some((choice, offered.value_of(choice).map(str::to_owned)))
        }
        _ => None,
    }
}

fn is_order(choice: Choice) -> bool {
    matches!(
        choice,
        choice::MENU | choice::BACK | choice::HELP | choice::OFFICER | choice::NOTICES_STOP | choice::NOTICES_START
    )
}

/// What the dialogue waits for takes the words first; `None` when it cannot use them.
fn awaited(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Option<Thought> {
    match turn.state.place.clone() {
        Place::StatusNumber => status::hear_number(turn, heard),
        Place::StatusBirth { number } => status::hear_birth(turn, heard, number),
        Place::FeedbackWords { kind } => Some(feedback::hear_words(turn, heard, kind)),
        Place::OfficerWords => Some(officer::hear_words(turn, heard)),
        Place::FeedbackCheck { .. } => feedback::hear_check(turn, heard),
        Place::BindCode => bind::hear_code(turn, heard),
        Place::Requirements => requirements::hear_age(turn, heard),
        Place::Booking { step, draft } => booking::hear(turn, heard, step, draft),
        Place::Intake { booking, place, want } => intake::hear(turn, heard, (booking, place), &want),
        Place::Open
        | Place::StatusShown { .. }
        | Place::Pickup
        | Place::FeedbackKind
        | Place::FeedbackRating { .. }
        | Place::CaseRating { .. }
        | Place::Language => None,
    }
}

/// A number or a code says by itself what it is for.
fn number_or_code(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Option<Thought> {
    match digits::read(heard.raw) {
        digits::Digits::Sixteen(number, range) => {
            let rest = [heard.raw.get(..range.start), heard.raw.get(range.end..)];
            let born_on = rest
                .into_iter()
                .flatten()
                .find_map(|rest| birth_date::read(rest, turn.today()));
            Some(status::look_up(turn, number, born_on))
        }
        digits::Digits::Other(8) if booking::is_approval(turn, heard.raw) => Some(booking::approve(turn, heard.raw)),
        digits::Digits::Other(count) if status::is_meant_as_number(&heard.words, count) => {
            Some(Ok(status::wrong_length(turn, count)))
        }
        digits::Digits::Other(_) | digits::Digits::None => {
            let is_labelled = || digits::passport_number(heard.raw).is_some() && digits::is_only_labelled(&heard.words);
            if digits::is_passport_number(heard.raw) || is_labelled() {
                return Some(Ok(status::passport_number(turn)));
            }
            bind::code_alone(heard.raw).map(|code| bind::bind(turn, code))
        }
    }
}

fn finish(mut turn: Turn<'_>, mut reply: Reply) -> Outcome {
    if turn.is_language_followed {
        reply = languages::tell_followed(&turn, reply);
    }
    let topic = reply.key.split_once('.').map_or(reply.key, |(topic, _)| topic);
    // A form that comes in between ends nothing: what was offered before it still stands.
    if topic != survey::TOPIC {
        turn.state.offered = Offered::from(&reply.choices);
    }
    if topic != misunderstood::TOPIC && topic != choice::ELSEWHERE.0 {
        turn.state.misses = 0;
    }
    Outcome {
        state: turn.state,
        reply: Some(reply),
        effects: turn.effects,
        topic,
    }
}
