//! Sign-in, colleagues and the trail as the edges call them.

use sigap_core::ids::{CounterName, OfficeId, StaffId};
use sigap_core::trail::Chain;
use sigap_store::Fault;
use sigap_store::records::{SessionRow, StaffContent, StaffRow};

use super::Service;
use crate::authority::{Denied, Officer, find_officer};
use crate::enrol_staff::{
    EnrolRefusal, Enrolment, NewStaff, StaffRefusal, add_staff, enrol, list_staff, remove_staff, view_enrolment,
};
use crate::passkeys::{
    Asked, NewPasskey, Verified, add_passkey, find_own, find_passkeys, forget_passkeys, sign_in_verified,
};
use crate::sign_in::{
    Candidate, Checked, SignInRefusal, SignedIn, end_session, find_candidate, list_sessions, note_session, sign_in,
    start_kiosk,
};
use crate::sign_in_questions::{Challenge, keep_question, take_question};
use crate::view_trail::{TrailPage, verify_trail, view_trail};

impl Service {
    /// Random bytes, for tokens of pages.
    ///
    /// # Errors
    /// When the system has none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        self.chance.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Who the session of that token belongs to.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn find_officer(&self, office: OfficeId, token: String) -> Result<Option<Officer>, Fault> {
        self.look(office, move |tx, ctx| find_officer(tx, ctx, &token)).await
    }

    /// Notes that a session is in use, and its counter.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn note_session(
        &self,
        office: OfficeId,
        token: String,
        counter: Option<CounterName>,
    ) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| note_session(tx, ctx, &token, counter))
            .await
    }

    /// Who may be meant by an address; its password is checked outside of any transaction.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn find_candidate(&self, office: OfficeId, email: String) -> Result<Candidate, Fault> {
        self.look(office, move |tx, ctx| find_candidate(tx, ctx, &email)).await
    }

    /// Opens a session when password and code are right.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn sign_in(
        &self,
        office: OfficeId,
        checked: Checked,
        code: String,
        device: String,
    ) -> Result<Result<SignedIn, SignInRefusal>, Fault> {
        self.act(office, move |tx, ctx| sign_in(tx, ctx, &checked, &code, &device))
            .await
    }

    /// Whose passkeys are asked for under an address.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn find_passkeys(&self, office: OfficeId, email: String) -> Result<Option<Asked>, Fault> {
        self.look(office, move |tx, ctx| find_passkeys(tx, ctx, &email)).await
    }

    /// Keeps what a browser is asked, under a token that nobody can guess.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn keep_question(&self, office: OfficeId, token: String, question: Challenge) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| keep_question(tx, ctx, &token, &question))
            .await
    }

    /// Takes what a browser was asked, once.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn take_question(&self, office: OfficeId, token: String) -> Result<Option<Challenge>, Fault> {
        self.act(office, move |tx, ctx| take_question(tx, ctx, &token)).await
    }

    /// Opens a session for somebody whose passkey answered right.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn sign_in_verified(
        &self,
        office: OfficeId,
        verified: Verified,
        device: String,
    ) -> Result<Result<SignedIn, SignInRefusal>, Fault> {
        self.act(office, move |tx, ctx| sign_in_verified(tx, ctx, &verified, &device))
            .await
    }

    /// What is kept of somebody who is signed in.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn find_own(&self, office: OfficeId, who: Officer) -> Result<Option<StaffContent>, Fault> {
        self.look(office, move |tx, ctx| find_own(tx, ctx, &who)).await
    }

    /// Keeps a new passkey.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn add_passkey(&self, office: OfficeId, who: Officer, made: NewPasskey) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| add_passkey(tx, ctx, &who, &made)).await
    }

    /// Forgets all passkeys of somebody.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn forget_passkeys(&self, office: OfficeId, who: Officer) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| forget_passkeys(tx, ctx, &who)).await
    }

    /// Turns a session into that of a machine in the hall.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn start_kiosk(&self, office: OfficeId, who: Officer, device: String) -> Result<SignedIn, Fault> {
        self.act(office, move |tx, ctx| start_kiosk(tx, ctx, &who, &device))
            .await
    }

    /// Ends a session of one's own.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn end_session(&self, office: OfficeId, who: Officer, id: i64) -> Result<bool, Fault> {
        self.act(office, move |tx, ctx| end_session(tx, ctx, &who, id)).await
    }

    /// One's own devices.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn list_sessions(&self, office: OfficeId, who: Officer) -> Result<Vec<SessionRow>, Fault> {
        self.look(office, move |tx, ctx| list_sessions(tx, ctx, &who)).await
    }

    /// Adds a colleague; the link that sets up the sign-in. `who` is `None` on the machine itself.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn add_staff(
        &self,
        office: OfficeId,
        who: Option<Officer>,
        new: NewStaff,
    ) -> Result<Result<String, StaffRefusal>, Fault> {
        self.act(office, move |tx, ctx| add_staff(tx, ctx, who.as_ref(), &new))
            .await
    }

    /// A colleague has left.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn remove_staff(
        &self,
        office: OfficeId,
        who: Officer,
        staff: StaffId,
    ) -> Result<Result<(), StaffRefusal>, Fault> {
        self.act(office, move |tx, ctx| remove_staff(tx, ctx, &who, staff))
            .await
    }

    /// Everybody who works at an office.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn list_staff(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<Vec<StaffRow>, StaffRefusal>, Fault> {
        self.look(office, move |tx, ctx| list_staff(tx, ctx, &who)).await
    }

    /// Whose enrolment link it is.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_enrolment(&self, office: OfficeId, token: String) -> Result<Option<StaffContent>, Fault> {
        self.look(office, move |tx, ctx| view_enrolment(tx, ctx, &token)).await
    }

    /// Sets up a sign-in.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn enrol(
        &self,
        office: OfficeId,
        token: String,
        enrolment: Enrolment,
    ) -> Result<Result<StaffId, EnrolRefusal>, Fault> {
        self.act(office, move |tx, ctx| enrol(tx, ctx, &token, &enrolment))
            .await
    }

    /// A page of the trail.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_trail(
        &self,
        office: OfficeId,
        who: Officer,
        before: Option<u64>,
    ) -> Result<Result<TrailPage, Denied>, Fault> {
        self.look(office, move |tx, ctx| view_trail(tx, ctx, &who, before))
            .await
    }

    /// Follows the chain of the trail.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn verify_trail(&self, office: OfficeId) -> Result<Chain, Fault> {
        self.look(office, |tx, ctx| verify_trail(tx, ctx)).await
    }
}
