//! Forms inside the chat as their endpoint calls them.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use sigap_core::booking::{BookingView, Visitor};
use sigap_core::cases::CaseKind;
use sigap_core::ids::{BookingId, OfficeId, PersonId};
use sigap_core::intake::IntakeView;
use sigap_store::Fault;

use super::Service;
use crate::fill_form::{Filler, FormSent, book_by_form, bring_by_form, give_by_form, is_form_over};
use crate::give_intake::view_intakes;

impl Service {
    /// Whether nothing can be done with a form any more.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn is_form_over(&self, office: OfficeId, filler: Filler) -> Result<bool, Fault> {
        self.look(office, move |tx, ctx| is_form_over(tx, ctx, &filler)).await
    }

    /// Books what a form says.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn book_by_form(
        &self,
        office: OfficeId,
        filler: Filler,
        service: String,
        at: DateTime,
        people: Vec<Visitor>,
    ) -> Result<FormSent<BookingView>, Fault> {
        self.act(office, move |tx, ctx| {
            book_by_form(tx, ctx, &filler, &service, at, &people)
        })
        .await
    }

    /// Opens a case with the words of a form; its number.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn bring_by_form(
        &self,
        office: OfficeId,
        filler: Filler,
        kind: CaseKind,
        words: String,
        rating: Option<u8>,
    ) -> Result<FormSent<String>, Fault> {
        self.act(office, move |tx, ctx| {
            bring_by_form(tx, ctx, &filler, kind, &words, rating)
        })
        .await
    }

    /// Of whom answers and papers may be given ahead of a visit.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_intakes(&self, office: OfficeId, person: PersonId) -> Result<Vec<IntakeView>, Fault> {
        self.look(office, move |tx, ctx| view_intakes(tx, ctx, person)).await
    }

    /// Keeps the answers of an intake, as a form brings them.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn give_by_form(
        &self,
        office: OfficeId,
        filler: Filler,
        of: (BookingId, u8),
        case: String,
        answers: BTreeMap<String, String>,
    ) -> Result<FormSent<()>, Fault> {
        self.act(office, move |tx, ctx| {
            give_by_form(tx, ctx, &filler, of, &case, &answers)
        })
        .await
    }
}
