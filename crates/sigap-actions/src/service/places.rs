//! Places as an office looks after them by command.

use sigap_core::booking::{BookingCode, BookingRefusal, BookingView};
use sigap_core::calendar::local_date;
use sigap_core::ids::OfficeId;
use sigap_core::limits::SIGNALS_MAX;
use sigap_store::Fault;
use sigap_store::records::Signal;

use super::Service;
use crate::arrive::{ArrivalRefusal, arrive, excuse};
use crate::book_on_behalf::{DeskOrder, book_on_behalf};
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
