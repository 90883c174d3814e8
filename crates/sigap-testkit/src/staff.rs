//! Staff of test worlds, signed in.

use jiff::{SignedDuration, Timestamp};
use sigap_actions::authority::{Officer, find_officer};
use sigap_actions::context::Context;
use sigap_core::ids::{OfficeId, StaffId};
use sigap_core::staff::{Role, Scope};
use sigap_store::records::{SessionRow, StaffContent, StaffRow};
use sigap_store::{Fault, Tx};

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

/// The officer of a session, however long ago it was used.
///
/// # Errors
/// Storage faults; one when nobody is signed in so.
pub fn officer(tx: &mut dyn Tx, ctx: &Context<'_>, staff: i64) -> Result<Officer, Fault> {
    let token = session_token(staff);
    tx.note_session(ctx.office.id, &token, ctx.now, None)?;
    find_officer(tx, ctx, &token)?.ok_or_else(|| Fault::Broken("nobody is signed in".into()))
}
