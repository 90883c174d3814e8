//! A file's way in after the turn: taken by whoever fetches it, brought back with what was found, and the result told in the
//! conversation. What is under way with a process that died is taken again by another one.

use jiff::SignedDuration;
use sigap_core::cases::CaseState;
use sigap_core::conversation::{intake as dialogue, talk};
use sigap_core::files::{FileRefusal, FileState, use_of};
use sigap_core::ids::{CaseId, FileId, IntakeId};
use sigap_core::intake::picture::{Measures, judge};
use sigap_core::intake::{Finding, PaperState};
use sigap_core::limits::{FILE_PAUSE_MINUTES_MAX, FILE_TAKEN_MINUTES, FILE_TRIED_HOURS, TRANSCRIPT_CHARS_MAX};
use sigap_store::records::{CaseEventKind, FileContent, FileRow, IntakeRow};
use sigap_store::{Fault, Tx};

use crate::booking_parts::later;
use crate::context::Context;
use crate::give_intake::{form_of, save_intake, view_of};
use crate::keep_file::put_bytes;
use crate::noted_files::is_noted;
use crate::owe_reply::tell_while_open;
use crate::work_case::{Deed, note_event};

/// Files looked at in one step before the next process has its turn.
const LOOKED_AT_MAX: usize = 20;

/// A file that is to be fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Which.
    pub id: FileId,
    /// From which of our numbers.
    pub line: String,
    /// The channel's id of it.
    pub media_id: String,
}

impl std::fmt::Debug for Fetch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetch({})", self.id)
    }
}

/// What came of a try.
#[derive(Clone, PartialEq)]
pub enum Fetched {
    /// The bytes, looked through.
    Bytes {
        /// The kind by their first bytes; empty when they do not tell.
        mime_type: String,
        /// All of them.
        bytes: Vec<u8>,
        /// What was seen of a picture.
        look: Look,
        /// The words of a voice note, where something hears them.
        transcript: Option<String>,
    },
    /// There never will be any.
    Refused(FileRefusal),
    /// Another time: the channel or what looks through files is out of reach.
    Later,
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes { bytes, .. } => write!(f, "Bytes({})", bytes.len()),
            Self::Refused(why) => write!(f, "Refused({why:?})"),
            Self::Later => f.write_str("Later"),
        }
    }
}

/// What was seen of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Look {
    /// A picture.
    Picture(Measures),
    /// Said to be a picture, and cannot be opened as one.
    Unreadable,
    /// No picture.
    Other,
}

/// Takes the next file that is due; nobody else gets it for a while.
///
/// # Errors
/// Storage faults only.
pub fn begin_fetch(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Option<Fetch>, Fault> {
    let office = ctx.office.id;
    for row in tx.list_due_files(office, ctx.now, LOOKED_AT_MAX)? {
        if is_noted(&row) {
            // Nobody asked for an officer in its time.
            tx.delete_file(office, row.id)?;
            continue;
        }
        if later(row.came_at, SignedDuration::from_hours(FILE_TRIED_HOURS)) <= ctx.now {
            settle(tx, ctx, row, Fetched::Refused(FileRefusal::Gone))?;
            continue;
        }
        let taken = FileRow {
            attempts: row.attempts + 1,
            due_at: later(ctx.now, SignedDuration::from_mins(FILE_TAKEN_MINUTES)),
            ..row
        };
        if tx.replace_file(office, FileState::Waiting, &taken)? {
            return Ok(Some(Fetch {
                id: taken.id,
                line: taken.content.line,
                media_id: taken.content.media_id,
            }));
        }
    }
    Ok(None)
}

/// Brings a file back. One that was forgotten meanwhile, or brought by somebody else, changes nothing.
///
/// # Errors
/// Storage faults only.
pub fn end_fetch(tx: &mut dyn Tx, ctx: &Context<'_>, id: FileId, fetched: Fetched) -> Result<(), Fault> {
    let found = tx.find_file(ctx.office.id, id)?;
    match found.filter(|row| row.state == FileState::Waiting) {
        Some(row) => settle(tx, ctx, row, fetched),
        None => Ok(()),
    }
}

fn settle(tx: &mut dyn Tx, ctx: &Context<'_>, row: FileRow, fetched: Fetched) -> Result<(), Fault> {
    let (content, look) = match fetched {
        Fetched::Later => {
            let doubled = 1_i64.checked_shl(row.attempts).unwrap_or(i64::MAX);
            let minutes = doubled.clamp(1, FILE_PAUSE_MINUTES_MAX);
            let waiting = FileRow {
                due_at: later(ctx.now, SignedDuration::from_mins(minutes)),
                ..row
            };
            tx.replace_file(ctx.office.id, FileState::Waiting, &waiting)?;
            return Ok(());
        }
        Fetched::Bytes { mime_type, .. } if use_of(&mime_type).is_none() => (Err(FileRefusal::WrongKind), Look::Other),
        Fetched::Refused(why) => (Err(why), Look::Other),
        Fetched::Bytes {
            mime_type,
            bytes,
            look,
            transcript,
        } => (Ok((mime_type, bytes, transcript)), look),
    };
    let refusal = content.as_ref().err().copied();
    let settled = match content {
        Ok((mime_type, bytes, transcript)) => FileRow {
            state: FileState::Kept,
            parts: put_bytes(tx, ctx, row.person, row.id, &bytes)?,
            content: FileContent {
                mime_type,
                bytes_count: bytes.len() as u64,
                transcript: transcript.map(|words| words.chars().take(TRANSCRIPT_CHARS_MAX).collect()),
                ..row.content.clone()
            },
            ..row
        },
        Err(why) => FileRow {
            state: FileState::Refused,
            content: FileContent {
                refusal: Some(why),
                ..row.content.clone()
            },
            ..row
        },
    };
    if !tx.replace_file(ctx.office.id, FileState::Waiting, &settled)? {
        return Err(Fault::Busy);
    }
    if settled.content.paper.is_some() {
        return match tx.find_intake(ctx.office.id, IntakeId(settled.about))? {
            Some(intake) => tell_paper(tx, ctx, intake, &settled, look, refusal),
            None => Ok(()),
        };
    }
    match refusal {
        Some(why) => tell_talk(tx, ctx, &settled, why),
        None => Ok(()),
    }
}

/// What the program saw of a photo goes into the intake, and to the citizen when another photo is wanted, or all is there.
fn tell_paper(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    mut row: IntakeRow,
    file: &FileRow,
    look: Look,
    refusal: Option<FileRefusal>,
) -> Result<(), Fault> {
    let form = form_of(ctx, &row.content);
    let Some(mut paper) = row.content.papers.iter().find(|paper| paper.file == file.id).cloned() else {
        // Another photo took its place meanwhile.
        tx.delete_file(ctx.office.id, file.id)?;
        return Ok(());
    };
    let wanted = form.papers.iter().find(|want| want.id == paper.id);
    paper.findings = match look {
        _ if refusal.is_some() => Vec::new(),
        Look::Picture(measures) => judge(&measures, wanted.and_then(|want| want.aspect_thousandths)),
        Look::Unreadable => vec![Finding::Unreadable],
        Look::Other => vec![Finding::NotLookedAt],
    };
    paper.refusal = refusal;
    let is_wanted_again = refusal.is_some() || paper.findings.iter().any(|finding| finding.asks_again());
    paper.state = if is_wanted_again {
        PaperState::Again
    } else {
        PaperState::Checked
    };
    let (id, findings) = (paper.id.clone(), paper.findings.clone());
    row.content.put_paper(paper);
    let person = row.person;
    let view = view_of(tx, ctx, &row)?;
    save_intake(tx, ctx, row)?;
    let Some(view) = view else { return Ok(()) };
    let told = if is_wanted_again {
        dialogue::again(&view, &id, &findings, refusal)
    } else if dialogue::is_looked_at(&view, &form) {
        dialogue::checked(&view)
    } else {
        return Ok(());
    };
    tell_while_open(tx, ctx, person, &file.content.line, &told).map(|_| ())
}

/// A file of a talk is not kept: the officer sees it in the story, the citizen is told why.
fn tell_talk(tx: &mut dyn Tx, ctx: &Context<'_>, file: &FileRow, why: FileRefusal) -> Result<(), Fault> {
    let Some(case) = tx.find_case(ctx.office.id, CaseId(file.about))? else {
        return Ok(());
    };
    let key = format!("intakes.file_{}", why.name());
    let seen = Deed {
        words: ctx
            .content
            .text(ctx.office, sigap_core::language::Language::Id, &key, &[]),
        ..Deed::plain(CaseEventKind::Note)
    };
    note_event(tx, ctx, case.case.id, seen)?;
    if case.case.state == CaseState::Closed {
        return Ok(());
    }
    let told = talk::file_refused(&case.case.number, why);
    tell_while_open(tx, ctx, file.person, &file.content.line, &told).map(|_| ())
}
