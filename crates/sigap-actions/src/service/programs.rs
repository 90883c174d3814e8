//! Programs of partners: their keys, what they ask for, and the addresses that are called.

use sigap_core::application::ApplicationView;
use sigap_core::application::proof::{Proof, view};
use sigap_core::booking::{BookingCode, BookingRefusal, BookingView};
use sigap_core::ids::{ApiKeyId, ApplicationNumber, HookId, OfficeId};
use sigap_store::Fault;

use super::Service;
use crate::api_keys::{ApiKeyRow, KeyRefusal, NewApiKey, find_api_key, list_api_keys, make_api_key, revoke_api_key};
use crate::authority::Officer;
use crate::book_on_behalf::DeskOrder;
use crate::hooks::{
    HookRefusal, HookRow, NewHook, OwedCall, claim_hook_calls, forget_hook, list_hooks, make_hook, settle_hook_call,
    try_hook,
};
use crate::partner_bookings::{book_for_partner, cancel_for_partner, view_for_partner};

impl Service {
    /// Makes a key for a program; what it says is shown once. `by` is nobody at the command line of the machine.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn make_api_key(
        &self,
        office: OfficeId,
        by: Option<Officer>,
        new: NewApiKey,
    ) -> Result<Result<(ApiKeyId, String), KeyRefusal>, Fault> {
        self.act(office, move |tx, ctx| make_api_key(tx, ctx, by.as_ref(), &new))
            .await
    }

    /// The key that a program shows.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn find_api_key(&self, office: OfficeId, key: String) -> Result<Option<ApiKeyRow>, Fault> {
        self.look(office, move |tx, ctx| find_api_key(tx, ctx, &key)).await
    }

    /// Keys of an office.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn list_api_keys(&self, office: OfficeId) -> Result<Vec<ApiKeyRow>, Fault> {
        self.look(office, |tx, ctx| list_api_keys(tx, ctx)).await
    }

    /// Takes a key back; false when there was none to take back, or the right is missing.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn revoke_api_key(&self, office: OfficeId, by: Option<Officer>, id: ApiKeyId) -> Result<bool, Fault> {
        self.act(office, move |tx, ctx| revoke_api_key(tx, ctx, by.as_ref(), id))
            .await
    }

    /// What a bare number shows to anybody; `NotShown` when the number is unknown everywhere.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_bare(&self, office: OfficeId, number: ApplicationNumber) -> Result<ApplicationView, Fault> {
        self.look(office, move |tx, ctx| {
            let place = tx.find_place(&number)?.unwrap_or(ctx.office.id);
            let application = tx.find_application(place, &number)?;
            let data_at = tx.find_last_import(place)?;
            Ok(view(application.as_ref(), Proof::Bare, data_at))
        })
        .await
    }

    /// Books for people of a partner; once for a reference.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn book_for_partner(
        &self,
        office: OfficeId,
        key: ApiKeyId,
        reference: String,
        order: DeskOrder,
    ) -> Result<Result<BookingView, BookingRefusal>, Fault> {
        let booked = self
            .act(office, move |tx, ctx| {
                book_for_partner(tx, ctx, key, &reference, &order)
            })
            .await?;
        self.wake.wake();
        Ok(booked)
    }

    /// A booking that was made with that key.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_for_partner(
        &self,
        office: OfficeId,
        key: ApiKeyId,
        code: BookingCode,
    ) -> Result<Option<BookingView>, Fault> {
        self.look(office, move |tx, ctx| view_for_partner(tx, ctx, key, &code))
            .await
    }

    /// Cancels a booking that was made with that key.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn cancel_for_partner(
        &self,
        office: OfficeId,
        key: ApiKeyId,
        code: BookingCode,
    ) -> Result<Result<BookingView, BookingRefusal>, Fault> {
        self.act(office, move |tx, ctx| cancel_for_partner(tx, ctx, key, &code))
            .await
    }

    /// Makes an address that is called; the secret is shown once. `by` as for a key.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn make_hook(
        &self,
        office: OfficeId,
        by: Option<Officer>,
        new: NewHook,
    ) -> Result<Result<(HookId, String), HookRefusal>, Fault> {
        self.act(office, move |tx, ctx| make_hook(tx, ctx, by.as_ref(), &new))
            .await
    }

    /// Addresses of an office, and how many calls are owed.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn list_hooks(&self, office: OfficeId) -> Result<(Vec<HookRow>, u64), Fault> {
        self.look(office, |tx, ctx| list_hooks(tx, ctx)).await
    }

    /// Forgets an address; false when there is none, or the right is missing.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn forget_hook(&self, office: OfficeId, by: Option<Officer>, id: HookId) -> Result<bool, Fault> {
        self.act(office, move |tx, ctx| forget_hook(tx, ctx, by.as_ref(), id))
            .await
    }

    /// Tries an address; false when there is none, or the right is missing.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn try_hook(&self, office: OfficeId, by: Option<Officer>, id: HookId) -> Result<bool, Fault> {
        self.act(office, move |tx, ctx| try_hook(tx, ctx, by.as_ref(), id))
            .await
    }

    /// Takes the calls of an office that are due; a look first, for mostly there are none.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn claim_hook_calls(&self, office: OfficeId) -> Result<Vec<OwedCall>, Fault> {
        let owed = self.look(office, move |tx, _| tx.count_hook_calls(office)).await?;
        if owed == 0 {
            return Ok(Vec::new());
        }
        self.act(office, |tx, ctx| claim_hook_calls(tx, ctx)).await
    }

    /// Writes down what became of a call.
    ///
    /// # Errors
    /// Storage faults only; the call is then made again.
    pub async fn settle_hook_call(
        &self,
        office: OfficeId,
        call: OwedCall,
        failure: Option<String>,
    ) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| {
            settle_hook_call(tx, ctx, &call, failure.as_deref())
        })
        .await
    }
}
