//! Citizens' browsers: made when there is something to keep, tied to a phone by a message from it, forgotten when they are not used.
//!
//! A browser is nobody until a message from a phone brings the code that its page shows and its owner says yes in the chat. There is no
//! password and no account; what is tied acts for `PROOF_HOURS`, and ends at once when the owner says so.

use jiff::{SignedDuration, Timestamp};
use sigap_core::booking::BookingCode;
use sigap_core::ids::PersonId;
use sigap_core::inbound::PAGE_LINE;
use sigap_core::limits::{BROWSER_CODE_MINUTES, BROWSER_DAYS, BROWSERS_MAX, PROOF_HOURS};
use sigap_core::person::Contact;
use sigap_store::records::{AuditEntry, BrowserContent, BrowserRow, Job, JobKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, later, new_token};
use crate::context::Context;

/// The numbers that page and message both show: two digits.
const CHECK_FIRST: u8 = 10;
const CHECK_COUNT: u8 = 90;

/// A browser as its pages see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Browser {
    /// Its row.
    pub row: BrowserRow,
    /// The contact it acts for, while the proof is fresh.
    pub acts_for: Option<PersonId>,
}

/// What a page shows for the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofAsked {
    /// The code that the message brings.
    pub code: BookingCode,
    /// The number that the message shows as well.
    pub check: u8,
    /// Until when the code is good.
    pub until: Timestamp,
}

/// Makes a browser; the secret for its cookie.
///
/// # Errors
/// Storage faults only.
pub fn open_browser(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(String, Browser), Fault> {
    let office = ctx.office.id;
    let person = tx.ensure_person(office, &Contact::default(), PersonId(ctx.new_id()), ctx.now)?;
    let token = new_token(ctx)?;
    let row = BrowserRow {
        person,
        proven: None,
        proven_at: None,
        made_at: ctx.now,
        expires_at: ends_at(ctx.now),
        content: BrowserContent::default(),
    };
    tx.insert_browser(office, &token, &row)?;
    schedule_end(tx, ctx, person, row.expires_at)?;
    Ok((token, Browser { row, acts_for: None }))
}

/// The browser with this secret; `None` when it is unknown or its time is over.
///
/// # Errors
/// Storage faults only.
pub fn find_browser(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<Browser>, Fault> {
    let found = tx.find_browser(ctx.office.id, token)?;
    Ok(found.filter(|row| row.expires_at > ctx.now).map(|row| seen(ctx, row)))
}

pub(crate) fn seen(ctx: &Context<'_>, row: BrowserRow) -> Browser {
    let is_fresh = row
        .proven_at
        .is_some_and(|at| later(at, SignedDuration::from_hours(PROOF_HOURS)) > ctx.now);
    Browser {
        acts_for: row.proven.filter(|_| is_fresh),
        row,
    }
}

/// Keeps what was changed in a browser, and with it the browser for longer.
///
/// # Errors
/// Storage faults; `Fault::Busy` when it was forgotten meanwhile.
pub(crate) fn keep(tx: &mut dyn Tx, ctx: &Context<'_>, row: &BrowserRow) -> Result<(), Fault> {
    let row = BrowserRow {
        expires_at: ends_at(ctx.now),
        ..row.clone()
    };
    if tx.change_browser(ctx.office.id, &row)? {
        Ok(())
    } else {
        Err(Fault::Busy)
    }
}

/// Whom a browser acts for, with our number to which the proof came; `None` while it acts for nobody.
#[must_use]
pub fn asker(browser: &Browser) -> Option<Asker<'_>> {
    let person = browser.acts_for?;
    Some(Asker {
        person,
        number: &browser.row.content.number,
    })
}

/// The code that a message has to bring; the one that is good stays, so that a page may be loaded again.
///
/// # Errors
/// Storage faults only.
pub fn ask_proof(tx: &mut dyn Tx, ctx: &Context<'_>, browser: &Browser) -> Result<ProofAsked, Fault> {
    let content = &browser.row.content;
    if let (Some(code), Some(until)) = (&content.code, content.code_until)
        && until > ctx.now
        && let Some(code) = BookingCode::parse(code)
    {
        return Ok(ProofAsked {
            code,
            check: content.check,
            until,
        });
    }
    let code = BookingCode::from_random(ctx.random()?);
    let [chance]: [u8; 1] = ctx.random()?;
    let asked = ProofAsked {
        code,
        check: CHECK_FIRST + chance % CHECK_COUNT,
        until: later(ctx.now, SignedDuration::from_mins(BROWSER_CODE_MINUTES)),
    };
    let mut row = browser.row.clone();
    row.content.code = Some(asked.code.as_str().to_owned());
    row.content.code_until = Some(asked.until);
    row.content.check = asked.check;
    keep(tx, ctx, &row)?;
    Ok(asked)
}

/// The browser that shows this code now.
fn waiting(tx: &mut dyn Tx, ctx: &Context<'_>, code: &str) -> Result<Option<BrowserRow>, Fault> {
    let found = tx.find_browser_by_code(ctx.office.id, code)?;
    Ok(found.filter(|row| row.content.code_until.is_some_and(|until| until > ctx.now) && row.expires_at > ctx.now))
}

/// The number that the page shows; `None` for a code that is unknown or too old, and in a browser, which can prove nothing.
pub(crate) fn check_of(tx: &mut dyn Tx, ctx: &Context<'_>, asker: Asker<'_>, code: &str) -> Result<Option<u8>, Fault> {
    if asker.number == PAGE_LINE {
        return Ok(None);
    }
    Ok(waiting(tx, ctx, code)?.map(|row| row.content.check))
}

/// The owner of the phone says yes: the browser acts for them. The code is used up.
pub(crate) fn tie(tx: &mut dyn Tx, ctx: &Context<'_>, asker: Asker<'_>, code: &str) -> Result<Option<u8>, Fault> {
    if asker.number == PAGE_LINE {
        return Ok(None);
    }
    let Some(mut row) = waiting(tx, ctx, code)? else {
        return Ok(None);
    };
    let check = row.content.check;
    row.proven = Some(asker.person);
    row.proven_at = Some(ctx.now);
    asker.number.clone_into(&mut row.content.number);
    row.content.code = None;
    row.content.code_until = None;
    keep(tx, ctx, &row)?;
    note(tx, ctx, "browser_tied", row.person)?;
    Ok(Some(check))
}

/// The owner of the phone says no: the code is worth nothing any more.
pub(crate) fn refuse(tx: &mut dyn Tx, ctx: &Context<'_>, asker: Asker<'_>, code: &str) -> Result<(), Fault> {
    if asker.number == PAGE_LINE {
        return Ok(());
    }
    let Some(mut row) = waiting(tx, ctx, code)? else {
        return Ok(());
    };
    row.content.code = None;
    row.content.code_until = None;
    keep(tx, ctx, &row)?;
    note(tx, ctx, "browser_refused", row.person)
}

/// Ends a browser: what was begun and said in it is forgotten. On a shared phone, the last thing one does.
///
/// # Errors
/// Storage faults only.
pub fn leave_browser(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<(), Fault> {
    match tx.find_browser(ctx.office.id, token)? {
        Some(row) => forget(tx, ctx, row.person),
        None => Ok(()),
    }
}

/// Ends every browser that acts for this contact; how many.
///
/// # Errors
/// Storage faults only.
pub fn end_browsers_of(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<usize, Fault> {
    let rows = tx.list_browsers(ctx.office.id, person, BROWSERS_MAX)?;
    for row in &rows {
        forget(tx, ctx, row.person)?;
    }
    Ok(rows.len())
}

/// Forgets a browser whose time is over; one that was used since is looked at again later. Of one that was forgotten before, the key
/// goes, in a transaction of its own.
pub(crate) fn end_browser(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<(), Fault> {
    match tx.find_browser_of(ctx.office.id, person)? {
        None if tx.find_contact(ctx.office.id, person)?.is_none() => tx.destroy_key(ctx.office.id, person),
        None => Ok(()),
        Some(row) if row.expires_at <= ctx.now => forget(tx, ctx, person),
        Some(row) => schedule_end(tx, ctx, person, row.expires_at),
    }
}

/// Forgets a browser, and whoever it was: but for the cases it brought, which the office has to answer and to account for, nobody asks for
/// what is sealed for it any more.
fn forget(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<(), Fault> {
    let office = ctx.office.id;
    tx.delete_browser(office, person)?;
    if tx.list_cases(office, person, 1)?.is_empty() {
        tx.erase_person(office, person, ctx.now)?;
        schedule_end(tx, ctx, person, ctx.now)?;
    }
    Ok(())
}

fn ends_at(now: Timestamp) -> Timestamp {
    later(now, SignedDuration::from_hours(24 * BROWSER_DAYS))
}

fn schedule_end(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId, due_at: Timestamp) -> Result<(), Fault> {
    let job = Job {
        due_at,
        kind: JobKind::Browser,
        subject: person.0.to_string(),
    };
    tx.schedule(ctx.office.id, &job)
}

fn note(tx: &mut dyn Tx, ctx: &Context<'_>, act: &str, browser: PersonId) -> Result<(), Fault> {
    tx.insert_audit(
        ctx.office.id,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: "citizen".into(),
            act: act.into(),
            subject: format!("browser {}", browser.0),
        },
    )
}
