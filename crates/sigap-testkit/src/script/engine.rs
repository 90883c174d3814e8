//! Level 1: a script on the pure engine. The state is stored and read again between turns; questions are answered from
//! the script's own facts. No database, no network.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use sigap_actions::try_chat;
use sigap_content::Content;
use sigap_content::entry::EntryKey;
use sigap_content::overlay::{Overlay, Patch};
use sigap_core::application::{ApplicationView, BareView, Dates, PersonalView, Stage};
use sigap_core::conversation::dialogue::{Answer, FileTold, FollowTold, Outcome, Question, SurveyTold};
use sigap_core::conversation::messages::{self, FormKind};
use sigap_core::conversation::reply::{Choices, Reply};
use sigap_core::conversation::state::State;
use sigap_core::conversation::step;
use sigap_core::ids::{ApplicationNumber, OfficeId, StaffId};
use sigap_core::inbound::Said;
use sigap_core::limits::{FILE_NOTED_MINUTES, FOLLOWS_PER_PERSON_MAX};
use sigap_core::office::Office;

use super::desk::{self, Desk};
use super::{Fact, KnownApplication, Script, Step, print};

/// The mark of scripts on content that the office changed in a browser.
pub const CHANGED: &str = "changed";
/// The mark of scripts on the sample content with bookings.
pub const BOOKINGS: &str = "bookings";

/// One turn of a script as the engine took it.
#[derive(Debug)]
pub struct Turn {
    /// Line of the `>`.
    pub line: usize,
    /// What the engine made of it.
    pub outcome: Outcome,
    /// The lines that belong after it, with their signs.
    pub lines: Vec<String>,
}

/// The outcome of running one script.
#[derive(Debug)]
pub struct Run {
    /// All turns.
    pub turns: Vec<Turn>,
    /// What does not agree with the script, each with its line number.
    pub differences: Vec<String>,
}

/// The store of one script.
#[derive(Debug, Default)]
pub struct FakeStore {
    applications: HashMap<ApplicationNumber, KnownApplication>,
    slips: HashMap<String, ApplicationNumber>,
    bound: Option<ApplicationNumber>,
    followed: HashSet<ApplicationNumber>,
    cases: usize,
    /// The newest case and when it was opened.
    case: Option<(String, Timestamp)>,
    /// When files were sent that are only noted.
    noted_at: Vec<Timestamp>,
    desk: Option<Desk>,
}

impl FakeStore {
    /// Takes a fact in.
    pub fn learn(&mut self, fact: &Fact) {
        match fact {
            Fact::Application(known) => drop(self.applications.insert(known.number.clone(), known.clone())),
            Fact::Bound(number) => self.bound = Some(number.clone()),
            Fact::Slip { code, number } => drop(self.slips.insert(code.clone(), number.clone())),
            Fact::Form { .. }
            | Fact::Full { .. }
            | Fact::Stopped { .. }
            | Fact::Others { .. }
            | Fact::Value { .. }
            | Fact::Changed { .. } => {}
        }
    }

    /// Answers as the real store of proofs does: number alone, number and birth date, bound phone.
    pub fn answer(&mut self, content: &Content, office: &Office, now: Timestamp, question: &Question) -> Answer {
        match question {
            Question::ListFree { .. }
            | Question::HoldPlaces { .. }
            | Question::EnterOpening { .. }
            | Question::ConfirmBooking { .. }
            | Question::ApproveBooking { .. }
            | Question::CancelBooking { .. }
            | Question::MoveBooking { .. }
            | Question::ViewBookings
            | Question::ViewPlace
            | Question::ViewIntakes
            | Question::ChangeIntake { .. }
            | Question::ViewOpening { .. }
            | Question::RateCase { .. }
            | Question::EnterRoom { .. } => self.desk(office, now).answer(now, question),
            // No page shows a code here.
            Question::FindBrowser { .. } | Question::TieBrowser { .. } | Question::RefuseBrowser { .. } => {
                Answer::Browser(None)
            }
            Question::ViewApplication { number, born_on } => Answer::View(match self.applications.get(number) {
                None => ApplicationView::NotShown,
                Some(known) => {
                    let bare = bare(content, office, known);
                    if self.bound.as_ref() == Some(number) {
                        ApplicationView::Full(bare, dates(known), personal(known))
                    } else {
                        match born_on {
                            None => ApplicationView::Bare(bare),
                            Some(_) if known.born_on.is_none() => ApplicationView::Bare(bare),
                            Some(_) if *born_on == known.born_on => ApplicationView::Dated(bare, dates(known)),
                            Some(_) => ApplicationView::NotShown,
                        }
                    }
                }
            }),
            Question::ViewBound => {
                Answer::Bound(self.bound.clone().and_then(|number| self.full(content, office, number)))
            }
            Question::Bind { code } => match self.slips.remove(code.as_str()) {
                None => Answer::Bound(None),
                Some(number) => {
                    self.bound = Some(number.clone());
                    Answer::Bound(self.full(content, office, number))
                }
            },
            Question::IsFollowed { number } => Answer::Followed(self.followed.contains(number)),
            Question::Follow { .. } if self.followed.len() >= FOLLOWS_PER_PERSON_MAX => {
                Answer::Follow(FollowTold::TooMany)
            }
            Question::Follow { number } => Answer::Follow(match self.applications.get(number) {
                Some(known) if bare(content, office, known).stage.moves_by_reports() => {
                    self.followed.insert(number.clone());
                    FollowTold::Kept
                }
                _ => FollowTold::Nothing,
            }),
            Question::Unfollow { number } => {
                self.followed
                    .retain(|known| number.as_ref().is_some_and(|number| number != known));
                Answer::Unfollowed
            }
            // A script has no hall, so nobody in it has a visit.
            Question::FindCase { .. } => Answer::CaseKind(None),
            Question::KeepSurvey(_) => Answer::Survey(SurveyTold::Unknown),
            Question::NoteFile(media) | Question::GiveFile(media) if media.media_id.is_none() => {
                Answer::File(FileTold::NotTaken)
            }
            Question::NoteFile(_) | Question::GiveFile(_) => {
                let joined = self.case.as_ref().filter(|(_, at)| *at > soon_before(now));
                match (question, joined) {
                    (Question::GiveFile(_), Some((case, _))) => Answer::File(FileTold::Joined { case: case.clone() }),
                    _ => {
                        self.noted_at.push(now);
                        Answer::File(FileTold::Noted)
                    }
                }
            }
            Question::OpenCase { kind, .. } => {
                self.cases += 1;
                let number = format!("{}-{}", kind.name(), self.cases);
                self.case = Some((number.clone(), now));
                let noted = std::mem::take(&mut self.noted_at);
                Answer::Opened {
                    number,
                    files: noted.into_iter().filter(|at| *at > soon_before(now)).count(),
                }
            }
        }
    }

    /// The desk of this script, opened with the first question or fact about bookings.
    fn desk(&mut self, office: &Office, now: Timestamp) -> &mut Desk {
        self.desk.get_or_insert_with(|| {
            let today = sigap_core::calendar::local_date(office, now);
            Desk::new(office.id, today, now)
        })
    }

    /// Makes a fact about bookings true.
    ///
    /// # Errors
    /// What the form refused.
    fn learn_booking(&mut self, office: &Office, now: Timestamp, fact: &Fact) -> Result<(), String> {
        let desk = self.desk(office, now);
        match fact.clone() {
            Fact::Form { niks } => return desk.send_form(now, niks),
            Fact::Full { service, day } => desk.fill(now, service, day),
            Fact::Stopped { service, day, reason } => desk.stop(now, service, day, reason),
            Fact::Others { service, day, count } => desk.add_others(now, service, day, count),
            Fact::Value { service, day, value } => {
                desk.give_value(now, service, day, value);
                desk.run_jobs(now);
            }
            Fact::Application(_) | Fact::Bound(_) | Fact::Slip { .. } | Fact::Changed { .. } => {}
        }
        Ok(())
    }

    fn full(
        &self,
        content: &Content,
        office: &Office,
        number: ApplicationNumber,
    ) -> Option<(ApplicationNumber, ApplicationView)> {
        let known = self.applications.get(&number)?;
        let view = ApplicationView::Full(bare(content, office, known), dates(known), personal(known));
        Some((number, view))
    }
}

/// What was sent since then still counts when a case is opened, and the other way about.
fn soon_before(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_mins(FILE_NOTED_MINUTES)
}

fn bare(content: &Content, office: &Office, known: &KnownApplication) -> BareView {
    let other = known.office.as_deref().and_then(|slug| content.office_by_slug(slug));
    let data_at = known.data_at.and_then(|at| office.zone.to_timestamp(at).ok());
    BareView {
        stage: known.stage,
        office: other.map_or(office.id, |office| office.id),
        data_at,
        can_be_proved: known.born_on.is_some(),
    }
}

fn dates(known: &KnownApplication) -> Dates {
    let ready_on = known
        .proved
        .iter()
        .find(|(stage, _)| *stage == Stage::Ready)
        .map(|(_, day)| *day);
    Dates {
        applied_on: known.applied_on,
        proved: known.proved.clone(),
        ready_on,
    }
}

fn personal(known: &KnownApplication) -> PersonalView {
    PersonalView {
        name: known.name.clone(),
        billing_code: known.billing_code.clone(),
    }
}

/// Takes one turn to its end, answering every question, with the state stored and read again before.
///
/// # Errors
/// When the engine asks more than it may, or the stored state cannot be read again.
pub fn take_turn(
    content: &Content,
    office: OfficeId,
    store: &mut FakeStore,
    now: Timestamp,
    state: &State,
    said: &Said,
) -> Result<Outcome, String> {
    let own = content.office(office).ok_or("no such office")?;
    try_chat::take_turn(content, office, now, state, said, step, &mut |question| {
        store.answer(content, own, now, question)
    })
}

/// Runs a whole script and compares.
///
/// # Errors
/// When the script names an office or time that does not exist, or a turn fails.
pub fn run(content: &Content, script: &Script) -> Result<Run, String> {
    let own;
    let content = if script.header.is_marked(BOOKINGS) {
        own = desk::content(script.header.now.date());
        &own
    } else {
        content
    };
    let office = content
        .office_by_slug(&script.header.office)
        .ok_or_else(|| format!("no office `{}`", script.header.office))?;
    let mut now = office
        .zone
        .to_timestamp(script.header.now)
        .map_err(|error| error.to_string())?;
    let changed;
    let content = if script.header.is_marked(CHANGED) {
        changed = with_changes(content, office.id, script, now)?;
        &changed
    } else {
        content
    };
    let office = content.office(office.id).ok_or("no such office")?;
    let mut store = FakeStore::default();
    let mut state = State::default();
    let mut turns: Vec<Turn> = Vec::new();
    let mut expected: Vec<Vec<String>> = Vec::new();
    let mut differences = Vec::new();
    for (line, step) in &script.steps {
        match step {
            Step::Fact(fact) => {
                store.learn(fact);
                if script.header.is_marked(BOOKINGS)
                    && let Err(refusal) = store.learn_booking(office, now, fact)
                {
                    differences.push(format!("line {line}: the form was refused: {refusal}"));
                }
            }
            Step::Waits(time) => {
                now = now.checked_add(*time).map_err(|error| error.to_string())?;
                if let Some(desk) = &mut store.desk {
                    desk.run_jobs(now);
                }
            }
            Step::Says(said) => {
                let said = &with_value(&state, said);
                let outcome = take_turn(content, office.id, &mut store, now, &state, said)
                    .map_err(|error| format!("line {line}: {error}"))?;
                state = outcome.state.clone();
                if let Some(reply) = &outcome.reply {
                    differences.extend(faults(reply).map(|fault| format!("line {line}: {fault}")));
                }
                turns.push(Turn {
                    line: *line,
                    lines: lines(content, office, &outcome),
                    outcome,
                });
                expected.push(Vec::new());
            }
            Step::Hears(words) => expected
                .last_mut()
                .ok_or("an answer before a message")?
                .push(format!("< {words}")),
            Step::Does(words) => expected
                .last_mut()
                .ok_or("an effect before a message")?
                .push(format!("! {words}")),
        }
    }
    for (turn, expected) in turns.iter().zip(&expected) {
        if turn.lines != *expected {
            differences.push(format!(
                "line {}:\n  script: {}\n  engine: {}",
                turn.line,
                expected.join("\n          "),
                turn.lines.join("\n          ")
            ));
        }
    }
    Ok(Run { turns, differences })
}

/// Content with the changes that the script says its office published.
fn with_changes(content: &Content, office: OfficeId, script: &Script, now: Timestamp) -> Result<Content, String> {
    let mut overlay = Overlay::default();
    for (line, step) in &script.steps {
        let Step::Fact(Fact::Changed { key, fields }) = step else {
            continue;
        };
        let key = EntryKey::parse(key).ok_or_else(|| format!("line {line}: `{key}` is no entry"))?;
        let patch = Patch {
            fields: Some(fields.iter().cloned().collect()),
            by: StaffId(1),
            at: now,
        };
        overlay.patches.insert(key, patch);
    }
    let layered = content.layered(&BTreeMap::from([(office, overlay)]), now);
    match layered.broken.first() {
        Some(broken) => Err(format!("`{}` does not fit: {:?}", broken.key, broken.problems)),
        None => Ok(layered.content),
    }
}

/// A tap in a script names the choice alone; what it is about is what was offered under that name.
fn with_value(state: &State, said: &Said) -> Said {
    let Said::Choice(name) = said else {
        return said.clone();
    };
    let choice = sigap_core::conversation::reply::Choice::find(name);
    match choice.and_then(|choice| state.offered.value_of(choice)) {
        Some(value) if !name.contains(':') => Said::Choice(format!("{name}:{value}")),
        _ => said.clone(),
    }
}

/// The script's text with the answers the engine gives now.
#[must_use]
pub fn updated(text: &str, run: &Run) -> String {
    let mut turns = run.turns.iter().peekable();
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('<') || line.starts_with('!') {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        if let Some(turn) = turns.next_if(|turn| turn.line == index + 1) {
            for line in &turn.lines {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

fn lines(content: &Content, office: &Office, outcome: &Outcome) -> Vec<String> {
    let reply = match &outcome.reply {
        Some(reply) => format!("< {}", print::reply(content, &office.zone, reply)),
        None => "< -".to_owned(),
    };
    let effects = outcome
        .effects
        .iter()
        .map(|effect| format!("! {}", print::effect(effect)));
    std::iter::once(reply).chain(effects).collect()
}

/// What a reply may never be, whatever the script says: a key without spec, an argument without place, another form.
fn faults(reply: &Reply) -> impl Iterator<Item = String> {
    let mut faults = Vec::new();
    match messages::find(reply.key) {
        None => faults.push(format!("`{}` is not in messages.rs", reply.key)),
        Some(spec) => {
            let form = match reply.choices {
                Choices::None => FormKind::Text,
                Choices::Buttons(_) | Choices::About { .. } => FormKind::Buttons,
                Choices::List { .. } | Choices::Picks { .. } => FormKind::List,
                Choices::Link { .. } => FormKind::Link,
                Choices::Survey { .. } => FormKind::Survey,
            };
            if form != spec.form {
                faults.push(format!(
                    "`{}` is said as {form:?} and specified as {:?}",
                    reply.key, spec.form
                ));
            }
            let unknown = reply
                .args
                .iter()
                .filter(|(name, _)| !spec.arg_names().any(|known| known == *name));
            faults.extend(unknown.map(|(name, _)| format!("`{}` has no argument `{name}`", reply.key)));
            let missing = spec
                .required_args()
                .filter(|name| !reply.args.iter().any(|(given, _)| given == name));
            faults.extend(missing.map(|name| format!("`{}` is said without `{name}`", reply.key)));
        }
    }
    faults.into_iter()
}
