//! Who may do what where: the proof that a request comes from somebody signed in, without which no use case of the staff runs.

use jiff::Timestamp;
use sigap_core::ids::{CounterName, OfficeId, StaffId};
use sigap_core::staff::{Right, Role, Scope, allows, is_alive};
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// Somebody signed in at an office, for one request. Only this module makes one, from a session that is alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    office: OfficeId,
    staff: StaffId,
    roles: Vec<Role>,
    scope: Scope,
    session: i64,
    seen_at: Timestamp,
    counter: Option<CounterName>,
}

/// The right is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denied {
    /// Which one.
    pub right: Right,
}

impl Officer {
    /// Where.
    #[must_use]
    pub const fn office(&self) -> OfficeId {
        self.office
    }

    /// Who.
    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.staff
    }

    /// What they do here.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Their session.
    #[must_use]
    pub const fn session(&self) -> i64 {
        self.session
    }

    /// When the session was noted as used last.
    #[must_use]
    pub const fn seen_at(&self) -> Timestamp {
        self.seen_at
    }

    /// The counter they chose.
    #[must_use]
    pub const fn counter(&self) -> Option<CounterName> {
        self.counter
    }

    /// Whether they may. A machine in the hall may give numbers, whoever set it up.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        match self.scope {
            Scope::Person => allows(&self.roles, right),
            Scope::Kiosk => right == Right::Kiosk && allows(&self.roles, right),
        }
    }

    /// Refuses an act at another office, or without the right.
    ///
    /// # Errors
    /// The right that is missing.
    pub fn require(&self, office: OfficeId, right: Right) -> Result<(), Denied> {
        if self.office == office && self.may(right) {
            Ok(())
        } else {
            Err(Denied { right })
        }
    }
}

/// Who the session of that token belongs to; `None` when it has ended, or its owner left.
///
/// # Errors
/// Storage faults only.
pub fn find_officer(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<Officer>, Fault> {
    let office = ctx.office.id;
    let Some(session) = tx.find_session(office, token)? else {
        return Ok(None);
    };
    let is_seen_enough = match session.scope {
        Scope::Person => is_alive(session.seen_at, session.ends_at, ctx.now),
        // Nobody may come to a machine for an hour.
        Scope::Kiosk => ctx.now < session.ends_at,
    };
    if !is_seen_enough {
        return Ok(None);
    }
    let known = tx.find_staff(office, session.staff)?;
    Ok(known.filter(|known| known.is_active).map(|known| Officer {
        office,
        staff: known.id,
        roles: known.roles,
        scope: session.scope,
        session: session.id,
        seen_at: session.seen_at,
        counter: session.counter,
    }))
}
