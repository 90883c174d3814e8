//! A conversation tried on content that nobody reads yet: the same engine, nothing sent, nothing kept, a store that knows nobody.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, time};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sigap_content::Content;
use sigap_core::application::ApplicationView;
use sigap_core::booking::BookingRefusal;
use sigap_core::calendar::{is_working_day, local_date};
use sigap_core::conversation::dialogue::{Answer, FileTold, FollowTold, Outcome, Question, Step, SurveyTold};
use sigap_core::conversation::state::State;
use sigap_core::ids::OfficeId;
use sigap_core::inbound::Said;
use sigap_core::language::Language;
use sigap_core::limits::{OPENING_SEARCH_DAYS_MAX, QUESTIONS_PER_TURN_MAX};
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::office::Office;

use crate::context::StepFunction;
use crate::list_free::days_of;

/// Between two turns of a conversation.
const BETWEEN: SignedDuration = SignedDuration::from_secs(20);
/// The number that every case has here.
const CASE: &str = "UJI-0001";

/// A conversation as an office writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatScript {
    /// What it is about.
    pub title: String,
    /// When it takes place; without one, at nine on the next day on which the office works.
    #[serde(default)]
    pub at: Option<DateTime>,
    /// What is said, and what the answers must say.
    pub turns: Vec<ChatTurn>,
}

/// A turn of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatTurn {
    /// What the citizen types.
    pub says: String,
    /// Words that the answer must have.
    #[serde(default)]
    pub wanted: Vec<String>,
    /// Words that it must not have.
    #[serde(default)]
    pub unwanted: Vec<String>,
}

/// What became of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct TriedTurn {
    /// What the citizen typed.
    pub says: String,
    /// What was answered; `None` for silence.
    pub answer: Option<OutboundMessage>,
    /// Wanted words that are not there.
    pub missing: Vec<String>,
    /// Unwanted words that are.
    pub unwanted: Vec<String>,
    /// Why the engine had no answer at all; a fault of ours.
    pub fault: Option<String>,
}

impl TriedTurn {
    /// Whether it went as it should.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.missing.is_empty() && self.unwanted.is_empty() && self.fault.is_none()
    }
}

/// Tries a conversation.
#[must_use]
pub fn try_chat(
    content: &Content,
    office: &Office,
    script: &ChatScript,
    now: Timestamp,
    step: StepFunction,
) -> Vec<TriedTurn> {
    let mut at = begins(office, script, now);
    let mut state = State::default();
    let mut tried = Vec::with_capacity(script.turns.len());
    for turn in &script.turns {
        let said = Said::Text(turn.says.clone());
        let outcome = take_turn(content, office.id, at, &state, &said, step, &mut |question| {
            alone(office, at, question)
        });
        let mut result = TriedTurn {
            says: turn.says.clone(),
            answer: None,
            missing: Vec::new(),
            unwanted: Vec::new(),
            fault: None,
        };
        match outcome {
            Err(fault) => result.fault = Some(fault),
            Ok(outcome) => {
                let reply = outcome.reply.as_ref();
                result.answer = reply.map(|reply| content.render(office, outcome.state.language, reply));
                let heard = comparable(&result.answer.as_ref().map(all_words).unwrap_or_default());
                let has = |words: &&String| heard.contains(&comparable(words));
                result.missing = turn.wanted.iter().filter(|words| !has(words)).cloned().collect();
                result.unwanted = turn.unwanted.iter().filter(has).cloned().collect();
                state = outcome.state;
            }
        }
        tried.push(result);
        at = at.checked_add(BETWEEN).unwrap_or(at);
    }
    tried
}

/// What is answered to a choice, in a language; `None` for silence.
#[must_use]
pub fn answer_to(
    content: &Content,
    office: &Office,
    choice: &str,
    language: Language,
    now: Timestamp,
    step: StepFunction,
) -> Option<OutboundMessage> {
    let state = State {
        language,
        ..State::default()
    };
    let said = Said::Choice(choice.to_owned());
    let outcome = take_turn(content, office.id, now, &state, &said, step, &mut |question| {
        alone(office, now, question)
    });
    let reply = outcome.ok()?.reply?;
    Some(content.render(office, language, &reply))
}

/// Takes one turn to its end, answering every question of the engine; the state is stored and read again before.
///
/// # Errors
/// When the office is not in content, the engine asks more than it may, or the stored state cannot be read again.
pub fn take_turn(
    content: &Content,
    office: OfficeId,
    now: Timestamp,
    state: &State,
    said: &Said,
    step: StepFunction,
    answer: &mut dyn FnMut(&Question) -> Answer,
) -> Result<Outcome, String> {
    let world = content.world(office, now).ok_or("no such office")?;
    let stored = state.to_stored();
    let state = State::from_stored(&stored).map_err(|error| error.to_string())?;
    let mut answers = Vec::new();
    loop {
        match step(&world, &state, said, &answers) {
            Step::Done(outcome) => return Ok(*outcome),
            Step::Ask(_) if answers.len() >= QUESTIONS_PER_TURN_MAX => {
                return Err("the engine asks without end".into());
            }
            Step::Ask(question) => answers.push(answer(&question)),
        }
    }
}

/// Every word that the citizen sees of a message, its buttons and rows included.
#[must_use]
pub fn all_words(message: &OutboundMessage) -> String {
    let mut words = vec![message.body.as_str()];
    words.extend(titles(message));
    words.join("\n")
}

/// The titles under a message.
#[must_use]
pub fn titles(message: &OutboundMessage) -> Vec<&str> {
    match &message.form {
        Form::Buttons(buttons) => buttons.iter().map(|button| button.title.as_str()).collect(),
        Form::List { sections, .. } => sections
            .iter()
            .flat_map(|section| &section.rows)
            .map(|row| row.title.as_str())
            .collect(),
        Form::Link { label, .. } | Form::Survey { label, .. } => vec![label.as_str()],
        Form::Text | Form::Template { .. } => Vec::new(),
    }
}

/// Letter case, marks of WhatsApp and gaps do not count.
fn comparable(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '*' | '_' | '~' | '`')).collect();
    let words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

fn begins(office: &Office, script: &ChatScript, now: Timestamp) -> Timestamp {
    let today = local_date(office, now);
    let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
    let works = days
        .take(OPENING_SEARCH_DAYS_MAX)
        .find(|day| is_working_day(office, *day));
    let at = script
        .at
        .unwrap_or_else(|| works.unwrap_or(today).to_datetime(time(9, 0, 0, 0)));
    office.zone.to_timestamp(at).unwrap_or(now)
}

/// The answers of a store that is empty, and in which nothing is booked.
fn alone(office: &Office, now: Timestamp, question: &Question) -> Answer {
    match question {
        Question::ViewApplication { .. } => Answer::View(ApplicationView::NotShown),
        Question::ViewBound | Question::Bind { .. } => Answer::Bound(None),
        Question::IsFollowed { .. } => Answer::Followed(false),
        Question::Follow { .. } => Answer::Follow(FollowTold::Nothing),
        Question::Unfollow { .. } => Answer::Unfollowed,
        Question::NoteFile(_) | Question::GiveFile(_) => Answer::File(FileTold::Noted),
        Question::OpenCase { .. } => Answer::Opened {
            number: CASE.into(),
            files: 0,
        },
        Question::RateCase { .. } => Answer::Case(CASE.into()),
        Question::ListFree { service, places } => {
            let service = office.services.iter().find(|known| known.id == *service);
            Answer::Free(service.map_or_else(Vec::new, |service| {
                days_of(office, service, now, *places, &BTreeMap::new())
            }))
        }
        Question::HoldPlaces { .. }
        | Question::EnterOpening { .. }
        | Question::ConfirmBooking { .. }
        | Question::ApproveBooking { .. }
        | Question::CancelBooking { .. }
        | Question::MoveBooking { .. } => Answer::Booking(Err(BookingRefusal::Helpdesk)),
        Question::ViewBookings => Answer::Bookings(Vec::new()),
        Question::ViewIntakes => Answer::Intakes(Vec::new()),
        Question::ChangeIntake { .. } => Answer::Intake(None),
        Question::KeepSurvey(_) => Answer::Survey(SurveyTold::Unknown),
        Question::FindCase { .. } => Answer::CaseKind(None),
        Question::ViewPlace => Answer::Place(None),
        Question::ViewOpening { .. } => Answer::Opening(None),
        Question::EnterRoom { .. } => Answer::Room(Err(BookingRefusal::Helpdesk)),
        Question::FindBrowser { .. } | Question::TieBrowser { .. } | Question::RefuseBrowser { .. } => {
            Answer::Browser(None)
        }
    }
}
