//! Citizens' browsers as the pages call them.

use std::sync::Arc;

use jiff::civil::Date;
use sigap_core::booking::{BookingRefusal, BookingView, RoomPlace};
use sigap_core::conversation::dialogue::Outcome;
use sigap_core::conversation::state::{Draft, Place, State};
use sigap_core::ids::{BookingId, OfficeId};
use sigap_core::inbound::{PAGE_LINE, Said};
use sigap_core::language::Language;
use sigap_core::message::OutboundMessage;
use sigap_store::Fault;
use sigap_store::records::BrowserLine;

use super::{BUSY_TRIES, Service};
use crate::book_in_browser::{Booked, book_in_browser, keep_draft};
use crate::booking_parts::Asker;
use crate::browsers::{self, Browser, ProofAsked};
use crate::cancel_booking::cancel_booking;
use crate::confirm_booking::confirm_booking;
use crate::enter_room::enter_room;
use crate::receive_message::{Received, run_engine};
use crate::say_in_browser::{Brought, Typed, bring_forward, keep_said, list_lines, say_in_browser};
use crate::view_bookings::view_bookings;
use crate::view_own_case::{BroughtCase, view_own_case};

/// A browser by its secret.
type Token = String;

impl Service {
    /// The browser with this secret; `None` when it is unknown or its time is over.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn find_browser(&self, office: OfficeId, token: Token) -> Result<Option<Browser>, Fault> {
        self.look(office, move |tx, ctx| browsers::find_browser(tx, ctx, &token))
            .await
    }

    /// Makes a browser; the secret for its cookie.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn open_browser(&self, office: OfficeId) -> Result<(Token, Browser), Fault> {
        self.act(office, browsers::open_browser).await
    }

    /// Ends a browser.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn leave_browser(&self, office: OfficeId, token: Token) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| browsers::leave_browser(tx, ctx, &token))
            .await
    }

    /// The code that a message has to bring.
    ///
    /// # Errors
    /// Storage faults; `Fault::Busy` when the browser is gone.
    pub async fn ask_proof(&self, office: OfficeId, token: Token) -> Result<ProofAsked, Fault> {
        self.act(office, move |tx, ctx| {
            let browser = browsers::find_browser(tx, ctx, &token)?.ok_or(Fault::Busy)?;
            browsers::ask_proof(tx, ctx, &browser)
        })
        .await
    }

    /// Keeps what was chosen of a booking so far.
    ///
    /// # Errors
    /// Storage faults; `Fault::Busy` when the browser is gone.
    pub async fn keep_draft(&self, office: OfficeId, token: Token, draft: Option<Draft>) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| {
            let browser = browsers::find_browser(tx, ctx, &token)?.ok_or(Fault::Busy)?;
            keep_draft(tx, ctx, &browser, draft.clone())
        })
        .await
    }

    /// Makes the booking that the browser's draft says.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn book_in_browser(&self, office: OfficeId, token: Token) -> Result<Booked, Fault> {
        let booked = self
            .act(office, move |tx, ctx| match browsers::find_browser(tx, ctx, &token)? {
                Some(browser) => book_in_browser(tx, ctx, &browser),
                None => Ok(Booked::Incomplete),
            })
            .await?;
        self.wake.wake();
        Ok(booked)
    }

    /// Bookings of the contact the browser acts for; `None` while it acts for nobody.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_bookings_in_browser(
        &self,
        office: OfficeId,
        browser: Browser,
    ) -> Result<Option<Vec<BookingView>>, Fault> {
        self.look(office, move |tx, ctx| {
            let person = browsers::asker(&browser).map(|asker| asker.person);
            person.map(|person| view_bookings(tx, ctx, person)).transpose()
        })
        .await
    }

    /// Cancels a booking of the contact the browser acts for.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value, `Unknown` while the browser acts for nobody.
    pub async fn cancel_in_browser(
        &self,
        office: OfficeId,
        browser: Browser,
        id: BookingId,
    ) -> Result<Result<BookingView, BookingRefusal>, Fault> {
        self.act(office, move |tx, ctx| match browsers::asker(&browser) {
            Some(asker) => cancel_booking(tx, ctx, asker, id),
            None => Ok(Err(BookingRefusal::Unknown)),
        })
        .await
    }

    /// Says yes to an offer made to the contact the browser acts for.
    ///
    /// # Errors
    /// As `cancel_in_browser`.
    pub async fn accept_in_browser(
        &self,
        office: OfficeId,
        browser: Browser,
        id: BookingId,
    ) -> Result<Result<BookingView, BookingRefusal>, Fault> {
        self.act(office, move |tx, ctx| match browsers::asker(&browser) {
            Some(asker) => confirm_booking(tx, ctx, asker, id),
            None => Ok(Err(BookingRefusal::Unknown)),
        })
        .await
    }

    /// Goes into a waiting room, or looks where the contact stands in it; `None` while the browser acts for nobody.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn enter_room_in_browser(
        &self,
        office: OfficeId,
        browser: Browser,
        service: String,
        day: Date,
    ) -> Result<Option<Result<RoomPlace, BookingRefusal>>, Fault> {
        self.act(office, move |tx, ctx| {
            browsers::asker(&browser)
                .map(|asker| enter_room(tx, ctx, asker, &service, day))
                .transpose()
        })
        .await
    }

    /// Opens a case with words written on a page; its number, or `None` when this form was sent before.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn open_case_in_browser(
        &self,
        office: OfficeId,
        browser: Browser,
        key: String,
        language: Language,
        brought: Brought,
    ) -> Result<Option<String>, Fault> {
        self.act(office, move |tx, ctx| {
            bring_forward(tx, ctx, &browser, &key, language, &brought)
        })
        .await
    }

    /// A case as its citizen sees it. Whoever calls it has checked the secret in its address.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_own_case(&self, office: OfficeId, number: String) -> Result<Option<BroughtCase>, Fault> {
        self.look(office, move |tx, ctx| view_own_case(tx, ctx, &number)).await
    }

    /// Answers one question of a page with the words of the chat, from this place of the dialogue; nothing of it is remembered but the tries.
    ///
    /// # Errors
    /// Storage faults, and `Fault::Broken` when the dialogue does not come to an end.
    pub async fn ask_in_browser(
        &self,
        office: OfficeId,
        browser: Browser,
        language: Language,
        place: Place,
        words: String,
    ) -> Result<(Outcome, OutboundMessage), Fault> {
        self.act(office, move |tx, ctx| {
            let asker = Asker {
                person: browser.row.person,
                number: PAGE_LINE,
            };
            let state = State {
                language,
                place: place.clone(),
                is_greeted: true,
                ..State::default()
            };
            let outcome = run_engine(tx, ctx, asker, &state, &Said::Text(words.clone()))?;
            let reply = outcome
                .reply
                .as_ref()
                .ok_or_else(|| Fault::Broken("a question of a page got no answer".into()))?;
            let message = ctx.content.render(ctx.office, language, reply);
            Ok((outcome, message))
        })
        .await
    }

    /// What was said in the chat on the page, the newest lines after a line.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn list_lines(&self, office: OfficeId, browser: Browser, after: i64) -> Result<Vec<BrowserLine>, Fault> {
        self.look(office, move |tx, ctx| list_lines(tx, ctx, browser.row.person, after))
            .await
    }

    /// Says something in the chat on the page: the turn, or, when it fails by our fault, the promise of one.
    ///
    /// # Errors
    /// Only when nothing could be kept.
    pub async fn say_in_browser(
        &self,
        office: OfficeId,
        browser: Browser,
        key: String,
        language: Language,
        typed: Typed,
    ) -> Result<Received, Fault> {
        let said = Arc::new((browser, key, typed));
        for _ in 0..BUSY_TRIES {
            let now = Arc::clone(&said);
            match self
                .act(office, move |tx, ctx| {
                    say_in_browser(tx, ctx, &now.0, &now.1, language, &now.2)
                })
                .await
            {
                Ok(received) => return Ok(received),
                Err(fault) if fault.is_passing() => {}
                Err(fault) => {
                    tracing::error!(office = office.0, %fault, "a turn on a page failed; its answer is owed");
                    break;
                }
            }
        }
        self.act(office, move |tx, ctx| keep_said(tx, ctx, &said.0, &said.1, &said.2))
            .await
    }
}
