//! What officers do with a case: take it, answer, note, give the talk back, end it. One officer has a case, and nobody else answers.

use serde_json::json;
use sigap_core::calendar::local_date;
use sigap_core::cases::{Case, CaseDeed, CaseKind, CaseRefusal, CaseState, field_check_end, tags};
use sigap_core::conversation::reply::{Choice, Reply};
use sigap_core::conversation::state::{Offered, Place, State};
use sigap_core::conversation::talk;
use sigap_core::ids::{CaseId, OutboxId, StaffId};
use sigap_core::inbound::{PAGE_LINE, Said};
use sigap_core::limits::{ANSWER_CHARS_MAX, ANSWER_WITH_BUTTONS_CHARS_MAX, NOTE_CHARS_MAX, STAFF_MAX};
use sigap_core::notices::Outcome;
use sigap_core::outward::Event;
use sigap_core::staff::Right;
use sigap_store::records::{CaseEvent, CaseEventKind, CaseRow, ConversationRow, Job, JobKind, Praise};
use sigap_store::{Fault, Tx};

use crate::announce::announce;
use crate::authority::Officer;
use crate::booking_parts::{Asker, language_of};
use crate::context::Context;
use crate::owe_reply::{open_until, owe_reply};
use crate::receive_message::run_engine;
use crate::send_notice::owe_invitation;

/// What is done with a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseAct {
    /// Take it.
    Take,
    /// Give it to a colleague.
    Assign {
        /// Whom.
        staff: StaffId,
    },
    /// Answer the citizen.
    Answer {
        /// The words.
        words: String,
        /// Whether what the citizen writes back goes to the officer.
        is_talk: bool,
        /// What is put under it, of `talk::BUTTONS`.
        buttons: Vec<Choice>,
    },
    /// Send a list of papers, as the assistant would.
    Papers {
        /// Which, of `talk::PAPERS`.
        choice: Choice,
    },
    /// Sort it by words of the office's own; they replace those it had.
    Tag {
        /// The words as they are typed, with commas between.
        words: String,
    },
    /// Pass its praise on.
    Praise {
        /// To whom.
        staff: Vec<StaffId>,
    },
    /// Ask somebody whose window is closed to write, by a paid message.
    Invite,
    /// A note for colleagues.
    Note {
        /// The words.
        words: String,
    },
    /// The assistant answers again.
    GiveBack,
    /// End it, and ask how the answer was.
    Close,
    /// Go on with it.
    Reopen,
    /// Somebody looks into it on the spot: the law gives more days.
    FieldCheck,
}

/// Why nothing was done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseTrouble {
    /// The right is missing.
    Denied,
    /// There is no such case.
    Unknown,
    /// The rules say no.
    Refused(CaseRefusal),
    /// No words.
    Empty,
    /// More words than fit into a message.
    Long,
    /// The citizen's window is closed: invite them first.
    WindowClosed,
    /// The citizen's window is open: nothing has to be paid.
    WindowOpen,
    /// It came by no number of ours: nobody can answer there.
    NoLine,
    /// No such colleague.
    NoColleague,
    /// Meta has approved no template for the invitation.
    NoTemplate,
    /// The month's budget for messages is used up.
    NoBudget,
    /// More tags, or longer ones, than a case bears.
    Tags,
    /// Nobody is praised in it.
    NoPraise,
    /// Its person was erased: nobody can be answered, and nothing is added.
    Erased,
}

/// A line of the story that is about to be written.
pub(crate) struct Deed {
    pub(crate) kind: CaseEventKind,
    pub(crate) staff: Option<StaffId>,
    pub(crate) outbox: Option<OutboxId>,
    pub(crate) words: String,
}

impl Deed {
    pub(crate) const fn plain(kind: CaseEventKind) -> Self {
        Self {
            kind,
            staff: None,
            outbox: None,
            words: String::new(),
        }
    }
}

/// Carries it out.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn work_case(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    id: CaseId,
    act: &CaseAct,
) -> Result<Result<(), CaseTrouble>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Cases).is_err() {
        return Ok(Err(CaseTrouble::Denied));
    }
    let Some(mut row) = tx.find_case(office, id)? else {
        return Ok(Err(CaseTrouble::Unknown));
    };
    if row.is_erased {
        return Ok(Err(CaseTrouble::Erased));
    }
    let (me, is_head) = (who.staff(), who.may(Right::Lead));
    let allowed = |case: &Case, deed| case.allows(deed, me, is_head).map_err(CaseTrouble::Refused);
    let mut deed = Deed {
        staff: Some(me),
        ..Deed::plain(CaseEventKind::Note)
    };
    let checked = match act {
        CaseAct::Take | CaseAct::Assign { .. } => allowed(&row.case, CaseDeed::Take),
        CaseAct::Answer { words, buttons, .. } => {
            let most = if buttons.is_empty() {
                ANSWER_CHARS_MAX
            } else {
                ANSWER_WITH_BUTTONS_CHARS_MAX
            };
            allowed(&row.case, CaseDeed::Answer).and(check(words, most))
        }
        CaseAct::Invite => allowed(&row.case, CaseDeed::Answer),
        CaseAct::Papers { choice } if !talk::PAPERS.contains(choice) => Err(CaseTrouble::Empty),
        CaseAct::Papers { .. } => allowed(&row.case, CaseDeed::Answer),
        CaseAct::Tag { words } => tags::read(words).map(|_| ()).ok_or(CaseTrouble::Tags),
        CaseAct::Praise { staff } => check_praise(&row.case, staff),
        CaseAct::Note { words } => check(words, NOTE_CHARS_MAX),
        CaseAct::GiveBack => allowed(&row.case, CaseDeed::GiveBack),
        CaseAct::Close => allowed(&row.case, CaseDeed::Close),
        CaseAct::Reopen => allowed(&row.case, CaseDeed::Reopen),
        CaseAct::FieldCheck => allowed(&row.case, CaseDeed::FieldCheck),
    };
    if let Err(trouble) = checked {
        return Ok(Err(trouble));
    }
    match act {
        CaseAct::Take => {
            take(&mut row.case, me);
            deed.kind = CaseEventKind::Taken;
        }
        CaseAct::Assign { staff } => {
            if !tx.find_staff(office, *staff)?.is_some_and(|known| known.is_active) {
                return Ok(Err(CaseTrouble::NoColleague));
            }
            take(&mut row.case, *staff);
            deed.kind = CaseEventKind::Taken;
            deed.staff = Some(*staff);
        }
        CaseAct::Answer {
            words,
            is_talk,
            buttons,
        } => {
            row.case.is_talk = *is_talk;
            let buttons = talk::BUTTONS.into_iter().filter(|known| buttons.contains(known));
            let reply = talk::says(&row.case.number, ctx.office, words.trim(), *is_talk, buttons.collect());
            deed.outbox = match tell(tx, ctx, &row.case, &reply)? {
                Ok(outbox) => Some(outbox),
                Err(trouble) => return Ok(Err(trouble)),
            };
            row.case.answered_at.get_or_insert(ctx.now);
            row.case.heard_at = None;
            deed.kind = CaseEventKind::Answered;
            words.trim().clone_into(&mut deed.words);
        }
        CaseAct::Papers { choice } => {
            let (outbox, words) = match send_papers(tx, ctx, &row.case, *choice)? {
                Ok(sent) => sent,
                Err(trouble) => return Ok(Err(trouble)),
            };
            deed.outbox = Some(outbox);
            row.case.answered_at.get_or_insert(ctx.now);
            row.case.heard_at = None;
            deed.kind = CaseEventKind::Answered;
            deed.words = words;
        }
        CaseAct::Tag { words } => {
            row.tags = tags::read(words).unwrap_or_default();
            deed.kind = CaseEventKind::Tagged;
            deed.words = row.tags.join(", ");
        }
        CaseAct::Praise { staff } => {
            let mut names = Vec::new();
            for id in staff {
                let Some(known) = tx.find_staff(office, *id)?.filter(|known| known.is_active) else {
                    return Ok(Err(CaseTrouble::NoColleague));
                };
                let praise = Praise {
                    staff: *id,
                    case: row.case.id,
                    passed_at: ctx.now,
                };
                tx.insert_praise(office, &praise)?;
                names.push(known.content.name);
            }
            deed.kind = CaseEventKind::Passed;
            deed.words = names.join(", ");
        }
        CaseAct::Invite => {
            if row.case.line.is_empty() {
                return Ok(Err(CaseTrouble::NoLine));
            }
            if window(tx, ctx, &row.case)?.is_some() {
                return Ok(Err(CaseTrouble::WindowOpen));
            }
            let reply = talk::waits(&row.case.number, ctx.office);
            match owe_invitation(tx, ctx, row.case.person, &row.case.line, &reply)? {
                Outcome::NoTemplate => return Ok(Err(CaseTrouble::NoTemplate)),
                Outcome::Budget => return Ok(Err(CaseTrouble::NoBudget)),
                _ => {}
            }
            // What they write back is for the officer.
            row.case.is_talk = true;
            deed.kind = CaseEventKind::Invited;
        }
        CaseAct::Note { words } => words.trim().clone_into(&mut deed.words),
        CaseAct::GiveBack => {
            row.case.is_talk = false;
            row.case.heard_at = None;
            let _ = tell(tx, ctx, &row.case, &talk::given_back(&row.case.number))?;
            deed.kind = CaseEventKind::GivenBack;
        }
        CaseAct::Close => {
            row.case.state = CaseState::Closed;
            row.case.closed_at = Some(ctx.now);
            row.case.is_talk = false;
            row.case.heard_at = None;
            ask_for_rating(tx, ctx, &row.case)?;
            deed.kind = CaseEventKind::Closed;
        }
        CaseAct::Reopen => {
            row.case.closed_at = None;
            take(&mut row.case, me);
            deed.kind = CaseEventKind::Reopened;
        }
        CaseAct::FieldCheck => {
            let opened = local_date(ctx.office, row.case.opened_at);
            row.case.end_on = field_check_end(ctx.office, &ctx.content.catalogue().complaint, opened);
            deed.kind = CaseEventKind::FieldCheck;
        }
    }
    let (kind, number) = (deed.kind, row.case.number.clone());
    save(tx, ctx, row, deed)?;
    if *act == CaseAct::Close {
        announce(tx, ctx, Event::CaseClosed, || json!({ "case": number }))?;
    }
    tx.insert_act(office, me, ctx.now, &format!("case_{}", kind.name()), &number)?;
    Ok(Ok(()))
}

fn check_praise(case: &Case, staff: &[StaffId]) -> Result<(), CaseTrouble> {
    if case.kind != CaseKind::Appreciation {
        Err(CaseTrouble::NoPraise)
    } else if staff.is_empty() || staff.len() > STAFF_MAX {
        Err(CaseTrouble::NoColleague)
    } else {
        Ok(())
    }
}

/// Sends the list of papers that the assistant gives to that choice; the title of the list is kept in the story.
fn send_papers(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    case: &Case,
    choice: Choice,
) -> Result<Result<(OutboxId, String), CaseTrouble>, Fault> {
    let language = language_of(tx.find_conversation(ctx.office.id, case.person)?.as_ref());
    let state = State {
        language,
        is_greeted: true,
        ..State::default()
    };
    let asker = Asker {
        person: case.person,
        number: &case.line,
    };
    let outcome = run_engine(tx, ctx, asker, &state, &Said::Choice(choice.0.to_owned()))?;
    let Some(reply) = outcome.reply else {
        return Ok(Err(CaseTrouble::Empty));
    };
    let title = ctx
        .content
        .text(ctx.office, language, &format!("choice.{}", choice.0), &[]);
    Ok(tell(tx, ctx, case, &reply)?.map(|outbox| (outbox, format!("[{title}]"))))
}

fn take(case: &mut Case, staff: StaffId) {
    case.state = CaseState::Taken;
    case.staff = Some(staff);
}

fn check(words: &str, most: usize) -> Result<(), CaseTrouble> {
    match words.trim().chars().count() {
        0 => Err(CaseTrouble::Empty),
        count if count > most => Err(CaseTrouble::Long),
        _ => Ok(()),
    }
}

/// Saves a case with what is owed next, and adds a line to its story.
pub(crate) fn save(tx: &mut dyn Tx, ctx: &Context<'_>, mut row: CaseRow, deed: Deed) -> Result<(), Fault> {
    row.case.owed_at = row.case.next_owed(ctx.office);
    schedule_escalation(tx, ctx, &row.case)?;
    let id = row.case.id;
    if !tx.replace_case(ctx.office.id, &row)? {
        return Err(Fault::Busy);
    }
    note_event(tx, ctx, id, deed)
}

pub(crate) fn note_event(tx: &mut dyn Tx, ctx: &Context<'_>, id: CaseId, deed: Deed) -> Result<(), Fault> {
    let event = CaseEvent {
        id: ctx.new_id(),
        case: id,
        at: ctx.now,
        kind: deed.kind,
        staff: deed.staff,
        outbox: deed.outbox,
        words: deed.words,
    };
    tx.insert_case_event(ctx.office.id, &event).map(|_| ())
}

/// The conversation with whoever brought the case, while words can be sent there for nothing.
fn window(tx: &mut dyn Tx, ctx: &Context<'_>, case: &Case) -> Result<Option<ConversationRow>, Fault> {
    let known = tx.find_conversation(ctx.office.id, case.person)?;
    if case.line == PAGE_LINE {
        // A page can be written on at any time, and shows it when it is looked at.
        return Ok(Some(ConversationRow {
            last_inbound_at: ctx.now,
            ..known.unwrap_or_else(|| ConversationRow {
                state: State::default().to_stored(),
                last_inbound_at: ctx.now,
            })
        }));
    }
    Ok(known.filter(|known| open_until(known, ctx.now).is_some()))
}

fn tell(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    case: &Case,
    reply: &Reply,
) -> Result<Result<OutboxId, CaseTrouble>, Fault> {
    if case.line.is_empty() {
        return Ok(Err(CaseTrouble::NoLine));
    }
    let Some(known) = window(tx, ctx, case)? else {
        return Ok(Err(CaseTrouble::WindowClosed));
    };
    let words = ctx.content.render(ctx.office, language_of(Some(&known)), reply);
    owe_reply(tx, ctx, case.person, &case.line, known.last_inbound_at, words).map(Ok)
}

/// Asks how the answer was, when that costs nothing; the next tap is understood as the rating.
fn ask_for_rating(tx: &mut dyn Tx, ctx: &Context<'_>, case: &Case) -> Result<(), Fault> {
    if case.answered_at.is_none() || case.line.is_empty() {
        return Ok(());
    }
    let Some(known) = window(tx, ctx, case)? else {
        return Ok(());
    };
    let reply = talk::ended(&case.number);
    let mut state = State::from_stored(&known.state).unwrap_or_default();
    let words = ctx.content.render(ctx.office, state.language, &reply);
    owe_reply(tx, ctx, case.person, &case.line, known.last_inbound_at, words)?;
    state.place = Place::CaseRating { case: case.id };
    state.offered = Offered::from(&reply.choices);
    let conversation = ConversationRow {
        state: state.to_stored(),
        last_inbound_at: known.last_inbound_at,
    };
    tx.save_conversation(ctx.office.id, case.person, &conversation)
}

/// Puts the moment on the timetable at which a case goes to the head of the office.
pub(crate) fn schedule_escalation(tx: &mut dyn Tx, ctx: &Context<'_>, case: &Case) -> Result<(), Fault> {
    let Some(due_at) = case.owed_at.filter(|_| case.escalated_at.is_none()) else {
        return Ok(());
    };
    let job = Job {
        due_at,
        kind: JobKind::Escalate,
        subject: case.id.to_string(),
    };
    tx.schedule(ctx.office.id, &job)
}

/// What was owed has not come in time: the head of the office sees it.
///
/// # Errors
/// Storage faults only.
pub(crate) fn escalate(tx: &mut dyn Tx, ctx: &Context<'_>, id: CaseId) -> Result<(), Fault> {
    let Some(mut row) = tx.find_case(ctx.office.id, id)? else {
        return Ok(());
    };
    let is_late = row.case.owed_at.is_some_and(|owed| owed <= ctx.now);
    if !is_late || row.case.escalated_at.is_some() {
        return Ok(());
    }
    row.case.escalated_at = Some(ctx.now);
    let number = row.case.number.clone();
    announce(tx, ctx, Event::CaseLate, || json!({ "case": number }))?;
    save(tx, ctx, row, Deed::plain(CaseEventKind::Escalated))
}
