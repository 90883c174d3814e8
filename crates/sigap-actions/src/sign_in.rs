//! Staff sign in: an address, a password, and the code of a generator. Checking the password takes time, so it happens between two
//! transactions, on a value that only this module makes.

use jiff::{SignedDuration, Timestamp};
use sigap_core::ids::{CounterName, StaffId};
use sigap_core::limits::{DEVICE_CHARS_MAX, SESSIONS_MAX};
use sigap_core::staff::{SHIFT, Scope, pause_after};
use sigap_store::records::SessionRow;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::secrets::{fits, step_of};

/// Who may be meant by an address.
#[derive(Debug)]
pub struct Candidate {
    staff: Option<StaffId>,
    hash: String,
}

/// A candidate whose password was looked at.
#[derive(Debug)]
pub struct Checked {
    staff: Option<StaffId>,
    is_right: bool,
}

/// A session that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The secret that the browser keeps.
    pub token: String,
    /// It ends then at the latest.
    pub ends_at: Timestamp,
}

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// Address, password or code are wrong; which of them is not said.
    Wrong,
    /// Too many wrong tries; open again then.
    Locked {
        /// When.
        until: Timestamp,
    },
}

/// How a session began; the trail says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Password,
    Passkey,
    Institution,
    /// Out of a person's session.
    Kiosk,
}

impl Way {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Passkey => "passkey",
            Self::Institution => "institution",
            Self::Kiosk => "",
        }
    }
}

/// How long a machine in the hall may give numbers before somebody signs it in again: a week of days.
const KIOSK: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Who signs in under an address; somebody even when nobody does.
///
/// # Errors
/// Storage faults only.
pub fn find_candidate(tx: &mut dyn Tx, ctx: &Context<'_>, email: &str) -> Result<Candidate, Fault> {
    let staff = tx.find_staff_by_email(ctx.office.id, &as_email(email))?;
    let known = match staff {
        Some(staff) => tx.find_staff(ctx.office.id, staff)?.filter(|known| known.is_active),
        None => None,
    };
    Ok(Candidate {
        staff: known.as_ref().map(|known| known.id),
        hash: known.map(|known| known.content.password).unwrap_or_default(),
    })
}

/// An address as it is kept.
#[must_use]
pub fn as_email(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Candidate {
    /// Looks at the password. Takes tens of milliseconds, whether somebody was found or not.
    #[must_use]
    pub fn check(self, password: &str) -> Checked {
        Checked {
            staff: self.staff,
            is_right: fits(password, &self.hash),
        }
    }
}

/// Opens a session when password and code are right; counts when they are not.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn sign_in(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    checked: &Checked,
    code: &str,
    device: &str,
) -> Result<Result<SignedIn, SignInRefusal>, Fault> {
    let office = ctx.office.id;
    let Some(mut row) = (match checked.staff {
        Some(staff) => tx.find_staff(office, staff)?,
        None => None,
    }) else {
        return Ok(Err(SignInRefusal::Wrong));
    };
    if let Some(until) = row.locked_until.filter(|until| *until > ctx.now) {
        return Ok(Err(SignInRefusal::Locked { until }));
    }
    let step = step_of(&row.content.code_secret, code, row.content.code_step, ctx.now);
    let Some(step) = step.filter(|_| checked.is_right && row.is_active) else {
        row.failed = row.failed.saturating_add(1);
        row.locked_until = pause_after(row.failed).map(|pause| ctx.now.saturating_add(pause).unwrap_or(Timestamp::MAX));
        tx.replace_staff(office, &row)?;
        tx.insert_act(office, row.id, ctx.now, "sign_in_failed", Way::Password.name())?;
        return Ok(Err(match row.locked_until {
            Some(until) => SignInRefusal::Locked { until },
            None => SignInRefusal::Wrong,
        }));
    };
    row.failed = 0;
    row.locked_until = None;
    row.content.code_step = step;
    tx.replace_staff(office, &row)?;
    start_session(tx, ctx, row.id, Way::Password, device).map(Ok)
}

/// Opens a session.
pub(crate) fn start_session(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    staff: StaffId,
    way: Way,
    device: &str,
) -> Result<SignedIn, Fault> {
    let token = data_encoding::BASE64URL_NOPAD.encode(&ctx.random::<32>()?);
    let (scope, length, act) = match way {
        Way::Password | Way::Passkey | Way::Institution => (Scope::Person, SHIFT, "signed_in"),
        Way::Kiosk => (Scope::Kiosk, KIOSK, "kiosk_started"),
    };
    let row = SessionRow {
        id: ctx.new_id(),
        staff,
        scope,
        counter: None,
        created_at: ctx.now,
        seen_at: ctx.now,
        ends_at: ctx.now.saturating_add(length).unwrap_or(Timestamp::MAX),
        device: device.chars().take(DEVICE_CHARS_MAX).collect(),
    };
    tx.insert_session(ctx.office.id, &token, &row)?;
    tx.insert_act(ctx.office.id, staff, ctx.now, act, way.name())?;
    Ok(SignedIn {
        token,
        ends_at: row.ends_at,
    })
}

/// Turns a session into that of a machine in the hall: a new one begins, which may give numbers and nothing else, the old one ends.
///
/// # Errors
/// Storage faults only.
pub fn start_kiosk(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer, device: &str) -> Result<SignedIn, Fault> {
    let started = start_session(tx, ctx, who.staff(), Way::Kiosk, device)?;
    tx.end_session(ctx.office.id, who.staff(), who.session())?;
    Ok(started)
}

/// Notes that a session is in use, and which counter was chosen.
///
/// # Errors
/// Storage faults only.
pub fn note_session(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    token: &str,
    counter: Option<CounterName>,
) -> Result<(), Fault> {
    tx.note_session(ctx.office.id, token, ctx.now, counter)
}

/// Ends a session of one's own; the present one is signing out.
///
/// # Errors
/// Storage faults only.
pub fn end_session(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer, id: i64) -> Result<bool, Fault> {
    let has_ended = tx.end_session(ctx.office.id, who.staff(), id)?;
    if has_ended {
        tx.insert_act(ctx.office.id, who.staff(), ctx.now, "signed_out", "")?;
    }
    Ok(has_ended)
}

/// One's own devices, the newest first.
///
/// # Errors
/// Storage faults only.
pub fn list_sessions(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer) -> Result<Vec<SessionRow>, Fault> {
    let mut sessions = tx.list_sessions(ctx.office.id, who.staff(), SESSIONS_MAX)?;
    sessions.retain(|session| session.ends_at > ctx.now);
    Ok(sessions)
}
