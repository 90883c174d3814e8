//! The use cases as the edges call them: each awaits the store once, with everything handed in.

mod browsers;
mod cases;
mod figures;
mod files;
mod forms;
mod content;
mod hall;
mod institution;
mod notices;
mod own_data;
mod passports;
mod places;
mod programs;
mod reports;
mod staff;
mod survey;

pub use hall::{CheckIn, DeskTap, NumberAsked};
pub use passports::PassportDeed;
pub use reports::Imported;

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::Date;
use sigap_content::Content;
use sigap_core::application::slip_code::SlipCode;
use sigap_core::booking::{BookingView, RoomView};
use sigap_core::ids::{ApplicationNumber, OfficeId, ProcessId};
use sigap_core::inbound::InboundMessage;
use sigap_core::limits::JOBS_PER_ROUND_MAX;
use sigap_core::notices::template::is_about_template;
use sigap_store::records::{Backlog, ClaimedMessage, DeliveryStatus, InboxState, JobKind, OutboxState};
use sigap_store::{Fault, Store, Tx, read, write};

use crate::apply_status::{Applied, Billed, apply_status};
use crate::context::{Context, Outside, StepFunction};
use crate::deliver::{
    Attempt, AttemptResult, Settled, claim_due, postpone_settling, record_attempts, settle_unknown, take_over,
};
use crate::draw_opening::{DrawRefusal, give_public_value};
use crate::enter_room::view_room;
use crate::give_identity::{FormRefusal, FormView, give_identity, view_form};
use crate::hall_picture::HallCache;
use crate::issue_slip_code::{SlipCodeRefusal, issue_slip_code};
use crate::keep_templates::note_failed;
use crate::live_content::LiveContent;
use crate::ports::{Accounts, Chance, Clock, Ids, Links, NoClerk, Wake, WakeClerk};
use crate::receive_message::{Received, keep_as_owed, receive_message};
use crate::retry_owed::{count_failed_try, is_due, retry_owed};
use crate::run_jobs::run_job;
use crate::run_opening::{PublishedOpening, ensure_openings, view_openings};
use crate::view_ticket::{TicketView, view_ticket};

/// Tries of a turn at once when the database was busy, before the channel is asked to deliver again.
const BUSY_TRIES: usize = 3;
/// Owed messages of one office looked at in one round.
const OWED_PER_ROUND_MAX: usize = 100;
/// Processes of one installation that are watched: far more than the largest plan has (docs/operating.md).
const PROCESSES_MAX: usize = 256;

/// The service: storage, content and the outside's ports. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    store: Arc<dyn Store>,
    live: LiveContent,
    clock: Arc<dyn Clock>,
    ids: Arc<Ids>,
    wake: Arc<dyn Wake>,
    chance: Arc<dyn Chance>,
    links: Arc<Links>,
    halls: Arc<HallCache>,
    accounts: Arc<Accounts>,
    clerk: Arc<dyn WakeClerk>,
    step: StepFunction,
}

/// What the outside supplies to the service.
#[derive(Clone)]
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of this process.
    pub ids: Arc<Ids>,
    /// The sender's bell.
    pub wake: Arc<dyn Wake>,
    /// Random bytes.
    pub chance: Arc<dyn Chance>,
    /// Addresses of our pages.
    pub links: Arc<Links>,
}

/// A round of owed turns, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwedRound {
    /// Answered now.
    pub answered: usize,
    /// Failed again; tried later.
    pub failed: usize,
    /// Given to an officer after the last try.
    pub handed_over: usize,
}

impl Service {
    /// Wires the service.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, content: Arc<Content>, ports: Ports, step: StepFunction) -> Self {
        Self {
            store,
            live: LiveContent::new(content),
            clock: ports.clock,
            ids: ports.ids,
            wake: ports.wake,
            chance: ports.chance,
            links: ports.links,
            halls: Arc::default(),
            accounts: Arc::default(),
            clerk: Arc::new(NoClerk),
            step,
        }
    }

    /// The same, knowing the business accounts of its numbers, and whom to wake about templates.
    #[must_use]
    pub fn with_accounts(self, accounts: Arc<Accounts>, clerk: Arc<dyn WakeClerk>) -> Self {
        Self {
            accounts,
            clerk,
            ..self
        }
    }

    /// Business accounts of our numbers.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// Texts, offices, catalogue, as they were published when this service was cloned: one request reads one edition.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.live.at_hand().content
    }

    /// Runs a use case of an office as one transaction.
    async fn act<T, F>(&self, office: OfficeId, mut act: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (live, ids, step) = (self.live.newest(), Arc::clone(&self.ids), self.step);
        let (chance, links) = (Arc::clone(&self.chance), Arc::clone(&self.links));
        let accounts = Arc::clone(&self.accounts);
        let now = self.clock.now();
        write(&*self.store, office, move |tx| {
            let outside = Outside {
                ids: &ids,
                chance: &*chance,
                links: &links,
                accounts: &accounts,
            };
            act(tx, &Context::new(&live.content, office, now, outside, step)?)
        })
        .await
    }

    /// Runs a use case of an office that only reads, on a snapshot.
    async fn look<T, F>(&self, office: OfficeId, mut look: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (live, ids, step) = (self.live.newest(), Arc::clone(&self.ids), self.step);
        let (chance, links) = (Arc::clone(&self.chance), Arc::clone(&self.links));
        let accounts = Arc::clone(&self.accounts);
        let now = self.clock.now();
        read(&*self.store, move |tx| {
            let outside = Outside {
                ids: &ids,
                chance: &*chance,
                links: &links,
                accounts: &accounts,
            };
            look(tx, &Context::new(&live.content, office, now, outside, step)?)
        })
        .await
    }

    /// Receives one message: the turn, or, when it fails by our fault, the promise of one. Resolves after the commit.
    ///
    /// # Errors
    /// Only when nothing could be kept; the channel must then deliver again.
    pub async fn receive(&self, office: OfficeId, message: InboundMessage, raw: String) -> Result<Received, Fault> {
        let message = Arc::new((message, raw));
        for _ in 0..BUSY_TRIES {
            let kept = Arc::clone(&message);
            match self
                .act(office, move |tx, ctx| receive_message(tx, ctx, &kept.0, Some(&kept.1)))
                .await
            {
                Ok(received) => {
                    if matches!(received, Received::Answered(_)) {
                        self.wake.wake();
                    }
                    return Ok(received);
                }
                Err(fault) if fault.is_passing() => {}
                Err(fault) => {
                    tracing::error!(office = office.0, %fault, "a turn failed; its reply is owed");
                    break;
                }
            }
        }
        self.act(office, move |tx, ctx| {
            keep_as_owed(tx, ctx, &message.0, Some(&message.1))
        })
        .await
    }

    /// Tries owed turns of an office again.
    ///
    /// # Errors
    /// Storage faults; a turn that fails again is counted, not returned.
    pub async fn retry_owed(&self, office: OfficeId) -> Result<OwedRound, Fault> {
        let now = self.clock.now();
        let owed = read(&*self.store, move |tx| tx.list_owed(office, OWED_PER_ROUND_MAX)).await?;
        let mut round = OwedRound::default();
        for row in owed.into_iter().filter(|row| is_due(row, now)) {
            let row = Arc::new(row);
            let again = Arc::clone(&row);
            if self
                .act(office, move |tx, ctx| retry_owed(tx, ctx, &again))
                .await
                .is_ok()
            {
                round.answered += 1;
                continue;
            }
            match self.act(office, move |tx, ctx| count_failed_try(tx, ctx, &row)).await {
                Ok(InboxState::HandedOver) => round.handed_over += 1,
                Ok(_) => round.failed += 1,
                Err(fault) if fault.is_passing() => return Err(fault),
                // One message that cannot even be handed over must not keep the ones behind it waiting.
                Err(fault) => {
                    tracing::error!(office = office.0, %fault, "a failed try could not be counted");
                    round.failed += 1;
                }
            }
        }
        if round.answered + round.handed_over > 0 {
            self.wake.wake();
        }
        Ok(round)
    }

    /// Applies a status of one of our messages.
    ///
    /// # Errors
    /// Storage faults; the channel must then deliver again.
    pub async fn apply_status(
        &self,
        office: OfficeId,
        number: String,
        status: DeliveryStatus,
        billed: Option<Billed>,
    ) -> Result<Applied, Fault> {
        let (accounts, now) = (Arc::clone(&self.accounts), self.clock.now());
        let live = self.live.newest();
        let zone = live.content.office(office).map(|office| office.zone.clone());
        let is_refused = status.error_code.is_some_and(is_about_template);
        let applied = write(&*self.store, office, move |tx| {
            let applied = apply_status(tx, office, &number, &status, billed.as_ref())?;
            if applied.is_news && status.state == OutboxState::Failed {
                note_failed(tx, &accounts, zone.as_ref(), office, status.id, status.error_code, now)?;
            }
            Ok(applied)
        })
        .await?;
        if is_refused {
            self.clerk.compare();
        }
        Ok(applied)
    }

    /// Keeps a webhook, or a part of one, that the dialogue has no use for. Office 0 stands for "unknown".
    ///
    /// # Errors
    /// Storage faults; the channel must then deliver again.
    pub async fn keep_raw(&self, office: OfficeId, reason: &'static str, raw: String) -> Result<(), Fault> {
        let now = self.clock.now();
        let id = self.ids.next(now);
        write(&*self.store, office, move |tx| {
            tx.keep_raw(office, id, reason, &raw, now)
        })
        .await
    }

    /// Moves a person to new identifiers.
    ///
    /// # Errors
    /// Storage faults; the channel must then deliver again.
    pub async fn move_person(
        &self,
        office: OfficeId,
        previous: sigap_core::person::Contact,
        current: sigap_core::person::Contact,
    ) -> Result<bool, Fault> {
        let now = self.clock.now();
        write(&*self.store, office, move |tx| {
            tx.move_person(office, &previous, &current, now)
                .map(|moved| moved.is_some())
        })
        .await
    }

    /// Claims messages to send, a fair share for each office that is not paused.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn claim_due(
        &self,
        settle_after: SignedDuration,
        paused: Vec<OfficeId>,
        limit: usize,
    ) -> Result<Vec<ClaimedMessage>, Fault> {
        let (now, process) = (self.clock.now(), self.ids.process());
        write(&*self.store, OfficeId(0), move |tx| {
            claim_due(tx, now, settle_after, process, |office| paused.contains(&office), limit)
        })
        .await
    }

    /// Writes down what became of attempts.
    ///
    /// # Errors
    /// Storage faults; the attempts then stay under way until they are settled.
    pub async fn record_attempts(&self, attempts: Vec<Attempt>) -> Result<(), Fault> {
        let (now, process) = (self.clock.now(), self.ids.process());
        let is_refused = attempts.iter().any(
            |attempt| matches!(attempt.result, AttemptResult::Failed { code: Some(code) } if is_about_template(code)),
        );
        let (accounts, live) = (Arc::clone(&self.accounts), self.live.newest());
        write(&*self.store, OfficeId(0), move |tx| {
            record_attempts(tx, process, &attempts, now)?;
            for attempt in &attempts {
                let code = match attempt.result {
                    AttemptResult::Failed { code } => code,
                    AttemptResult::Expired => None,
                    _ => continue,
                };
                let zone = live.content.office(attempt.office).map(|office| &office.zone);
                note_failed(tx, &accounts, zone, attempt.office, attempt.id, code, now)?;
            }
            Ok(())
        })
        .await?;
        if is_refused {
            self.clerk.compare();
        }
        Ok(())
    }

    /// Settles messages whose outcome nobody told in time.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn settle_unknown(&self, limit: usize) -> Result<Settled, Fault> {
        let now = self.clock.now();
        write(&*self.store, OfficeId(0), move |tx| settle_unknown(tx, now, limit)).await
    }

    /// Gives messages under way a fresh time to settle; for the start of a process. How many there are.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn postpone_settling(&self, settle_after: SignedDuration) -> Result<usize, Fault> {
        let settle_at = self
            .clock
            .now()
            .saturating_add(settle_after)
            .unwrap_or(jiff::Timestamp::MAX);
        write(&*self.store, OfficeId(0), move |tx| postpone_settling(tx, settle_at)).await
    }

    /// Says that this process is there, for the `beats`th time, and hears who else is.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn beat(&self, beats: u64) -> Result<Vec<(ProcessId, u64)>, Fault> {
        let process = self.ids.process();
        write(&*self.store, OfficeId(0), move |tx| {
            tx.beat(process, beats)?;
            let mut others = tx.list_processes(PROCESSES_MAX)?;
            others.retain(|(other, _)| *other != process);
            Ok(others)
        })
        .await
    }

    /// Settles `settle_after` from now what a silent process left under way; how many messages.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn take_over(&self, process: ProcessId, settle_after: SignedDuration) -> Result<usize, Fault> {
        let settle_at = self
            .clock
            .now()
            .saturating_add(settle_after)
            .unwrap_or(jiff::Timestamp::MAX);
        write(&*self.store, OfficeId(0), move |tx| take_over(tx, process, settle_at)).await
    }

    /// Takes leave: nobody needs to wait for this process to fall silent.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn leave(&self) -> Result<(), Fault> {
        let process = self.ids.process();
        write(&*self.store, OfficeId(0), move |tx| tx.forget_process(process)).await
    }

    /// What waits.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn backlog(&self) -> Result<Backlog, Fault> {
        read(&*self.store, |tx| tx.find_backlog()).await
    }

    /// Service messages delivered from a number in a month.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn delivered(&self, office: OfficeId, number: String, month: String) -> Result<u64, Fault> {
        read(&*self.store, move |tx| {
            tx.sum_delivered(office, &number, &month, "service")
        })
        .await
    }

    /// Applications on file at an office.
    ///
    /// # Errors
    /// Storage faults.
    pub async fn count_applications(&self, office: OfficeId) -> Result<u64, Fault> {
        read(&*self.store, move |tx| tx.count_applications(office)).await
    }

    /// Gives out a slip code for an application.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn issue_slip_code(
        &self,
        number: ApplicationNumber,
        code: SlipCode,
    ) -> Result<Result<OfficeId, SlipCodeRefusal>, Fault> {
        let (ids, now) = (Arc::clone(&self.ids), self.clock.now());
        write(&*self.store, OfficeId(0), move |tx| {
            issue_slip_code(tx, &ids, now, &number, &code)
        })
        .await
    }

    /// What the link to a NIK form is about.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_form(&self, office: OfficeId, token: String) -> Result<Result<FormView, FormRefusal>, Fault> {
        self.act(office, move |tx, ctx| view_form(tx, ctx, &token)).await
    }

    /// Takes the NIKs of a form.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn give_identity(
        &self,
        office: OfficeId,
        token: String,
        niks: Vec<String>,
    ) -> Result<Result<BookingView, FormRefusal>, Fault> {
        let given = self
            .act(office, move |tx, ctx| give_identity(tx, ctx, &token, &niks))
            .await?;
        if given.is_ok() {
            self.wake.wake();
        }
        Ok(given)
    }

    /// The booking behind a ticket's address.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_ticket(&self, office: OfficeId, token: String) -> Result<Option<TicketView>, Fault> {
        self.act(office, move |tx, ctx| view_ticket(tx, ctx, &token)).await
    }

    /// Where a ticket of a waiting room stands; `None` when it is not one.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_room(
        &self,
        office: OfficeId,
        service: String,
        day: Date,
        token: String,
    ) -> Result<Option<RoomView>, Fault> {
        self.act(office, move |tx, ctx| view_room(tx, ctx, &service, day, &token))
            .await
    }

    /// What everybody may read of the office's openings: commitments, roots, transcripts.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_openings(&self, office: OfficeId) -> Result<Vec<PublishedOpening>, Fault> {
        self.act(office, |tx, ctx| view_openings(tx, ctx)).await
    }

    /// Makes the openings of an office's content known; how many were new.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn ensure_openings(&self, office: OfficeId) -> Result<usize, Fault> {
        self.act(office, |tx, ctx| ensure_openings(tx, ctx)).await
    }

    /// Supplies the public value of a draw, as it was published.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn give_public_value(
        &self,
        office: OfficeId,
        service: String,
        day: Date,
        value: String,
    ) -> Result<Result<(), DrawRefusal>, Fault> {
        self.act(office, move |tx, ctx| give_public_value(tx, ctx, &service, day, &value))
            .await
    }

    /// Does the jobs of an office whose time has come; how many there were.
    ///
    /// # Errors
    /// Storage faults; the jobs before the fault are done.
    pub async fn run_jobs(&self, office: OfficeId) -> Result<usize, Fault> {
        let now = self.clock.now();
        let due = read(&*self.store, move |tx| {
            tx.list_due_jobs(office, now, JOBS_PER_ROUND_MAX)
        })
        .await?;
        let count = due.len();
        for job in due {
            let kind = job.kind;
            let done = match kind {
                JobKind::Apply => self.apply_parts(office, &job).await,
                JobKind::Figures => self.count_day(office, &job).await,
                _ => self
                    .act(office, move |tx, ctx| run_job(tx, ctx, &job))
                    .await
                    .map(|_| ()),
            };
            if let Err(fault) = done {
                if fault.is_passing() {
                    return Err(fault);
                }
                // One job that cannot be done must not keep those behind it waiting; it stays on the timetable.
                tracing::error!(office = office.0, job = kind.name(), %fault, "a job failed");
            }
        }
        if count > 0 {
            self.wake.wake();
        }
        Ok(count)
    }
}
