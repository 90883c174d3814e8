//! The ticket behind its own address: what a phone shows at the door.

use sigap_core::booking::BookingView;
use sigap_core::intake::IntakeState;
use sigap_core::language::Language;
use sigap_store::records::LinkKind;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{language_of, view};
use crate::context::Context;
use crate::give_intake::is_given_for;
use crate::work_intake::lines_of;

/// A ticket as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketView {
    /// The booking.
    pub booking: BookingView,
    /// The language of its owner.
    pub language: Language,
    /// The page of its number in the hall, once its people have come.
    pub place: Option<String>,
    /// How far each person's papers are that may be given ahead; empty where none are.
    pub intakes: Vec<TicketIntake>,
}

/// What a ticket says of one person's papers: no answer and no photo stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketIntake {
    /// Whose, as booked.
    pub name: String,
    /// How far; `None` where nothing was given yet.
    pub state: Option<IntakeState>,
    /// How many things are missing.
    pub missing: usize,
}

/// The booking of a ticket's token; `None` for an address that is unknown or too old.
///
/// # Errors
/// Storage faults only.
pub fn view_ticket(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<TicketView>, Fault> {
    let Some(link) = tx
        .find_link(ctx.office.id, token)?
        .filter(|link| link.kind == LinkKind::Ticket && link.expires_at > ctx.now)
    else {
        return Ok(None);
    };
    let Some(row) = tx.find_booking(ctx.office.id, link.booking)? else {
        return Ok(None);
    };
    let language = language_of(tx.find_conversation(ctx.office.id, row.person)?.as_ref());
    let visit = match tx.find_visit_of_booking(ctx.office.id, row.day, row.id)? {
        Some(id) => tx.find_visit(ctx.office.id, id)?,
        None => None,
    };
    let place = visit
        .filter(|visit| !visit.token.is_empty())
        .map(|visit| ctx.links.queue(&ctx.office.slug, &visit.token));
    let given = lines_of(tx, ctx, &row)?;
    let people = row.content.people.iter().zip(0_u8..);
    let intakes = people.map(|(visitor, place)| {
        let line = given.iter().find(|line| line.row.place == place);
        TicketIntake {
            name: visitor.name.clone(),
            state: line.map(|line| line.row.state),
            missing: line.map_or(0, |line| line.missing),
        }
    });
    let intakes = intakes.filter(|_| is_given_for(ctx, &row)).collect();
    Ok(Some(TicketView {
        booking: view(ctx, &row),
        intakes,
        language,
        place,
    }))
}
