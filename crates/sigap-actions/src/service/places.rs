//! Places as an office looks after them by command.

use jiff::civil::Date;
use sigap_core::booking::slots::DayState;
use sigap_core::booking::{BookingCode, BookingRefusal, BookingView};
use sigap_core::calendar::local_date;
use sigap_core::ids::OfficeId;
use sigap_core::limits::SIGNALS_MAX;
use sigap_store::Fault;
use sigap_store::records::Signal;

use super::Service;
use crate::arrive::{ArrivalRefusal, arrive, excuse};
use crate::authority::Officer;
use crate::book_on_behalf::{DeskOrder, book_at_desk, book_on_behalf};
use crate::cancel_booking::cancel_at_desk;
use crate::hall_parts::today;
use crate::list_free::list_free;
use crate::stop_places::{StopOrder, stop_places};
use crate::view_application::day_number;

impl Service {
    /// Books for people at the desk or on the phone, under the contact given.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn book_on_behalf(
        &self,
        office: OfficeId,
        order: DeskOrder,
    ) -> Result<Result<BookingView, BookingRefusal>, Fault> {
        let booked = self.act(office, move |tx, ctx| book_on_behalf(tx, ctx, &order)).await?;
        if booked.is_ok() {
            self.wake.wake();
        }
        Ok(booked)
    }

    /// Books for somebody at the desk, once for a tap; `None` when the tap was carried out before.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn book_at_desk(
        &self,
        office: OfficeId,
        who: Officer,
        tap: String,
        order: DeskOrder,
    ) -> Result<Option<Result<BookingView, BookingRefusal>>, Fault> {
        let booked = self
            .act(office, move |tx, ctx| {
                if !tx.use_tap(office, today(ctx), &tap)? {
                    return Ok(None);
                }
                book_at_desk(tx, ctx, &who, &order).map(Some)
            })
            .await?;
        self.wake.wake();
        Ok(booked)
    }

    /// Cancels for somebody at the desk.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn cancel_at_desk(
        &self,
        office: OfficeId,
        who: Officer,
        code: BookingCode,
    ) -> Result<Result<BookingView, BookingRefusal>, Fault> {
        self.act(office, move |tx, ctx| cancel_at_desk(tx, ctx, &who, &code))
            .await
    }

    /// Which days and hours of a service have room for so many people.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn list_free(
        &self,
        office: OfficeId,
        service: String,
        places: u8,
    ) -> Result<Vec<(Date, DayState)>, Fault> {
        self.look(office, move |tx, ctx| list_free(tx, ctx, &service, places))
            .await
    }

    /// The people of a booking are here; their NIKs in their order, empty where none was shown.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn arrive(
        &self,
        office: OfficeId,
        officer: String,
        code: BookingCode,
        niks: Vec<String>,
    ) -> Result<Result<BookingView, ArrivalRefusal>, Fault> {
        self.act(office, move |tx, ctx| arrive(tx, ctx, &officer, &code, &niks))
            .await
    }

    /// A missed visit counts against nobody any more.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn excuse(
        &self,
        office: OfficeId,
        officer: String,
        code: BookingCode,
    ) -> Result<Result<(), ArrivalRefusal>, Fault> {
        self.act(office, move |tx, ctx| excuse(tx, ctx, &officer, &code)).await
    }

    /// Stops an hour, or a whole day, for new bookings (`None` opens it again); who is booked then.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn stop_places(
        &self,
        office: OfficeId,
        order: StopOrder,
    ) -> Result<Result<Vec<BookingView>, BookingRefusal>, Fault> {
        self.act(office, move |tx, ctx| stop_places(tx, ctx, &order)).await
    }

    /// Signals of brokers from the last `days` days.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn list_signals(&self, office: OfficeId, days: i32) -> Result<Vec<Signal>, Fault> {
        self.act(office, move |tx, ctx| {
            let today = day_number(local_date(ctx.office, ctx.now));
            tx.list_signals(office, today - days, SIGNALS_MAX)
        })
        .await
    }
}
