//! Staff of test worlds, signed in.

use jiff::{SignedDuration, Timestamp};
use sigap_actions::authority::{Officer, find_officer};
use sigap_actions::context::Context;
use sigap_core::ids::{OfficeId, ProcessId, StaffId};
use sigap_core::staff::{Role, Scope};
use sigap_store::records::{SessionRow, StaffContent, StaffRow};
use sigap_store::{Fault, Tx};

use crate::script::desk::Desk;

/// A session of a test world lasts so long.
const LASTS: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The token of a member's session.
#[must_use]
pub fn session_token(staff: i64) -> String {
    format!("session {staff}")
}

/// Adds a member of staff, with one session.
///
/// # Errors
/// Storage faults only.
pub fn add_signed_in(tx: &mut dyn Tx, office: OfficeId, now: Timestamp, staff: i64, role: Role) -> Result<(), Fault> {
    let row = StaffRow {
        id: StaffId(staff),
        roles: vec![role],
        is_active: true,
        failed: 0,
        locked_until: None,
        created_at: now,
        content: StaffContent {
            name: format!("Petugas {staff}"),
            email: format!("petugas{staff}@contoh.go.id"),
            ..StaffContent::default()
        },
    };
    tx.insert_staff(office, &row)?;
    let session = SessionRow {
        id: staff,
        staff: row.id,
        scope: Scope::Person,
        counter: None,
        created_at: now,
        seen_at: now,
        ends_at: now + LASTS,
        device: String::new(),
    };
    tx.insert_session(office, &session_token(staff), &session)
}

/// Runs a use case as an officer who is signed in.
pub fn as_staff<T: Send + 'static>(
    desk: &mut Desk,
    now: Timestamp,
    staff: i64,
    mut act: impl FnMut(&mut dyn Tx, &Context<'_>, &Officer) -> Result<T, Fault> + Send + 'static,
) -> T {
    desk.run(now, move |tx, ctx| {
        let officer = officer(tx, ctx, staff)?;
        act(tx, ctx, &officer)
    })
}

/// Sends what is owed; the words, in order.
pub fn told(desk: &mut Desk, now: Timestamp) -> Vec<String> {
    desk.run(now, move |tx, ctx| {
        let mut told = Vec::new();
        // One message a person at a time.
        loop {
            let claimed = tx.claim_due(ctx.office.id, now, now, ProcessId(1), 100)?;
            if claimed.is_empty() {
                return Ok(told);
            }
            for message in claimed {
                let id = message.row.id;
                tx.mark_accepted(ctx.office.id, id, &format!("wamid.{id}"), now)?;
                told.push(message.row.message.body);
            }
        }
    })
}

/// The officer of a session, however long ago it was used.
///
/// # Errors
/// Storage faults; one when nobody is signed in so.
fn officer(tx: &mut dyn Tx, ctx: &Context<'_>, staff: i64) -> Result<Officer, Fault> {
    let token = session_token(staff);
    tx.note_session(ctx.office.id, &token, ctx.now, None)?;
    find_officer(tx, ctx, &token)?.ok_or_else(|| Fault::Broken("nobody is signed in".into()))
}
