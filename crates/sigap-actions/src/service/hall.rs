//! The hall as the edges call it.

use std::sync::Arc;

use sigap_core::booking::{BookingCode, BookingView};
use sigap_core::ids::{CounterName, OfficeId, VisitId};
use sigap_core::queue::{TicketLabel, VisitState};
use sigap_store::{Fault, Tx, read};

use super::Service;
use crate::arrive::excuse_visit;
use crate::authority::Officer;
use crate::call_visit::{call_by_name, call_next, recall};
use crate::change_visit::{Change, change_visit};
use crate::context::Context;
use crate::give_number::{CheckInRefusal, Ticket, check_in, find_by_name, give_number};
use crate::hall_parts::{HallRefusal, today};
use crate::hall_picture::Revision;
use crate::staff_desk::{DeskDeed, staff_desk};
use crate::view_hall::{DeskView, DisplayView, PlaceView, view_desk, view_display, view_place};

/// What an officer taps at a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskTap {
    /// Call the next one.
    Next,
    /// Call one by name, for a reason.
    Call {
        /// Whom.
        label: TicketLabel,
        /// Why.
        reason: String,
    },
    /// Call again.
    Recall(VisitId),
    /// Something else about a visit.
    Change(VisitId, Change),
    /// Something about the counter itself.
    Desk(DeskDeed),
}

/// What an officer at the door wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// The booking.
    pub code: BookingCode,
    /// NIKs in the order of the people, empty where none was shown.
    pub niks: Vec<String>,
    /// A priority group that one of them belongs to.
    pub group: Option<String>,
}

/// A number for somebody without booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberAsked {
    /// The line.
    pub line: String,
    /// The priority group.
    pub group: Option<String>,
    /// Past the numbers of the day, by the head of the office.
    pub beyond: bool,
}

impl Service {
    /// Carries out a tap once, however often it arrives, and gives the desk as it is then. A tap that was carried out before changes
    /// nothing.
    ///
    /// # Errors
    /// Storage faults; refusals are values: of the tap, and of the desk itself.
    pub async fn tap_desk(
        &self,
        office: OfficeId,
        who: Officer,
        counter: CounterName,
        tap: String,
        deed: DeskTap,
    ) -> Result<Result<(DeskView, Option<HallRefusal>), HallRefusal>, Fault> {
        let who_looks = who.clone();
        let refused = self
            .act(office, move |tx, ctx| {
                if tx.use_tap(office, today(ctx), &tap)? {
                    Ok(carry_out(tx, ctx, &who, counter, &deed)?.err())
                } else {
                    Ok(None)
                }
            })
            .await?;
        self.wake.wake();
        // Read by itself: other counters do not wait for a picture of the whole hall.
        let view = self.view_desk(office, who_looks, counter).await?;
        Ok(view.map(|view| (view, refused)))
    }

    /// The desk of a counter.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_desk(
        &self,
        office: OfficeId,
        who: Officer,
        counter: CounterName,
    ) -> Result<Result<DeskView, HallRefusal>, Fault> {
        let halls = Arc::clone(&self.halls);
        self.look(office, move |tx, ctx| view_desk(tx, ctx, &halls, &who, counter))
            .await
    }

    /// The display of an office.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_display(&self, office: OfficeId) -> Result<Result<DisplayView, HallRefusal>, Fault> {
        let halls = Arc::clone(&self.halls);
        self.look(office, move |tx, ctx| view_display(tx, ctx, &halls)).await
    }

    /// How far a hall is: another one after every change, in whichever process.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn hall_revision(&self, office: OfficeId) -> Result<Revision, Fault> {
        let now = self.clock.now();
        read(&*self.store, move |tx| Revision::of_hall(tx, office, now)).await
    }

    /// Where a number stands. What it was told of people before never rises.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_place(&self, office: OfficeId, token: String) -> Result<Option<PlaceView>, Fault> {
        let halls = Arc::clone(&self.halls);
        let seen = self
            .look(office, move |tx, ctx| view_place(tx, ctx, &halls, &token))
            .await?;
        let Some(mut place) = seen else { return Ok(None) };
        if place.visit.state == VisitState::Waiting && place.is_today {
            let (id, ahead) = (place.visit.id, place.ahead);
            place.ahead = self.act(office, move |tx, _| tx.tell_ahead(office, id, ahead)).await?;
        }
        Ok(Some(place))
    }

    /// Gives a number to the people of a booking, once for a tap.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn check_in(
        &self,
        office: OfficeId,
        who: Officer,
        asked: CheckIn,
    ) -> Result<Result<(Ticket, BookingView), CheckInRefusal>, Fault> {
        let given = self
            .act(office, move |tx, ctx| {
                check_in(tx, ctx, &who, &asked.code, &asked.niks, asked.group.as_deref())
            })
            .await?;
        self.wake.wake();
        Ok(given)
    }

    /// A visit that was missed counts against nobody any more, by the head of the office.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn excuse_visit(
        &self,
        office: OfficeId,
        who: Officer,
        code: BookingCode,
    ) -> Result<Result<(), CheckInRefusal>, Fault> {
        self.act(office, move |tx, ctx| excuse_visit(tx, ctx, &who, &code))
            .await
    }

    /// Bookings of today whose people have such a name, to be found at the door without a code.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn find_by_name(
        &self,
        office: OfficeId,
        who: Officer,
        name: String,
    ) -> Result<Result<Vec<BookingView>, HallRefusal>, Fault> {
        self.look(office, move |tx, ctx| find_by_name(tx, ctx, &who, &name))
            .await
    }

    /// Gives a number to somebody without booking, once for a tap; `Ok(Ok(None))` when the tap was carried out before.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn give_number(
        &self,
        office: OfficeId,
        who: Officer,
        tap: String,
        asked: NumberAsked,
    ) -> Result<Result<Option<Ticket>, HallRefusal>, Fault> {
        self.act(office, move |tx, ctx| {
            if !tx.use_tap(office, today(ctx), &tap)? {
                return Ok(Ok(None));
            }
            Ok(give_number(tx, ctx, &who, &asked.line, asked.group.as_deref(), asked.beyond)?.map(Some))
        })
        .await
    }
}

fn carry_out(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    counter: CounterName,
    deed: &DeskTap,
) -> Result<Result<(), HallRefusal>, Fault> {
    match deed {
        DeskTap::Next => Ok(call_next(tx, ctx, who, counter)?.map(|_| ())),
        DeskTap::Call { label, reason } => call_by_name(tx, ctx, who, counter, *label, reason),
        DeskTap::Recall(id) => recall(tx, ctx, who, *id),
        DeskTap::Change(id, change) => change_visit(tx, ctx, who, *id, change),
        DeskTap::Desk(deed) => staff_desk(tx, ctx, who, counter, *deed),
    }
}
