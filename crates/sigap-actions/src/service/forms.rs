//! Forms inside the chat as their endpoint calls them.

use jiff::civil::DateTime;
use sigap_core::booking::{BookingView, Visitor};
use sigap_core::cases::CaseKind;
use sigap_core::ids::OfficeId;
use sigap_store::Fault;

use super::Service;
use crate::fill_form::{Filler, FormSent, book_by_form, bring_by_form, is_form_over};

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
}
