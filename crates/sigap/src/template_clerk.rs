//! Keeps what we know of templates in step with Meta: submits what somebody wants, compares at the start, every few hours and when asked.

use std::sync::Arc;
use std::time::Duration;

use sigap_actions::keep_templates::Submission;
use sigap_actions::ports::WakeClerk;
use sigap_actions::service::Service;
use sigap_core::ids::OfficeId;
use sigap_core::notices::template::RemoteTemplate;
use sigap_store::Fault;
use sigap_whatsapp::client::{CallError, Client};
use tokio::sync::{Notify, watch};

/// Webhooks tell what changes at once; a comparison finds what they did not tell.
const COMPARE_EVERY: Duration = Duration::from_secs(4 * 60 * 60);
/// Many messages may be refused for one template: a comparison is not begun sooner after another one.
const COMPARE_PAUSE: Duration = Duration::from_secs(10);
/// How often to look for what other processes took and left, or were asked for.
const LOOK: Duration = Duration::from_secs(30);
/// Templates that are submitted before Meta's hundred an hour could be reached; the others wait for the next look.
const SUBMISSIONS_PER_LOOK_MAX: usize = 40;

/// Tries to write down what Meta said.
const WRITE_TRIES: u32 = 3;

/// Wakes the clerk.
#[derive(Default)]
pub struct ClerkBell {
    submit: Notify,
    compare: Notify,
}

impl WakeClerk for ClerkBell {
    fn submit(&self) {
        self.submit.notify_one();
    }

    fn compare(&self) {
        self.compare.notify_one();
    }
}

/// What the clerk needs.
pub struct Clerk {
    /// The use cases.
    pub service: Service,
    /// The way to Meta.
    pub client: Client,
    /// Rings when there is something to do.
    pub bell: Arc<ClerkBell>,
}

impl Clerk {
    /// Runs until told to stop; a call to Meta that is under way then ends within its own time.
    pub async fn run(self, offices: Vec<OfficeId>, mut stop: watch::Receiver<bool>) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut every = tokio::time::interval(COMPARE_EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut is_to_compare = false;
        // Its first tick comes at once; later it says when another comparison may begin.
        let mut pause = tokio::time::interval(COMPARE_PAUSE);
        loop {
            tokio::select! {
                _ = every.tick() => is_to_compare = true,
                () = self.bell.compare.notified() => is_to_compare = true,
                // What is wanted meanwhile is submitted while a comparison waits its time.
                _ = pause.tick(), if is_to_compare => {
                    is_to_compare = false;
                    self.compare().await;
                    pause.reset();
                }
                () = self.bell.submit.notified() => {}
                _ = look.tick() => {}
                _ = stop.changed() => return,
            }
            for office in &offices {
                self.submit(*office).await;
            }
        }
    }

    /// Submits what somebody at an office wants.
    async fn submit(&self, office: OfficeId) {
        for _ in 0..SUBMISSIONS_PER_LOOK_MAX {
            let submission = match self.service.begin_submission(office).await {
                Ok(Some(submission)) => submission,
                Ok(None) => return,
                Err(fault) => {
                    tracing::error!(office = office.0, %fault, "a template to submit could not be taken");
                    return;
                }
            };
            let ended = self.call(&submission).await.map_err(|error| words_of(&error));
            if let Err(fault) = self.end(office, &submission, &ended).await {
                // It is compared with what Meta has later, and may be submitted again.
                tracing::error!(office = office.0, %fault, "what Meta said of a template could not be written down");
                return;
            }
        }
    }

    /// Writes down how a call ended. A webhook about the same template may come first: then once more.
    async fn end(
        &self,
        office: OfficeId,
        submission: &Submission,
        ended: &Result<RemoteTemplate, String>,
    ) -> Result<(), Fault> {
        let mut tries = 0;
        loop {
            tries += 1;
            let written = self
                .service
                .end_submission(office, submission.clone(), ended.clone())
                .await;
            match written {
                Err(fault) if fault.is_passing() && tries < WRITE_TRIES => {}
                ended => return ended,
            }
        }
    }

    async fn call(&self, submission: &Submission) -> Result<RemoteTemplate, CallError> {
        match &submission.meta_id {
            Some(id) => self.client.edit_template(id, &submission.text).await,
            None => {
                let Submission {
                    account,
                    name,
                    language,
                    text,
                    ..
                } = submission;
                self.client.create_template(account, name, language, text).await
            }
        }
    }

    /// Compares with Meta, account by account.
    async fn compare(&self) {
        for account in self.service.accounts().all() {
            let told = self.client.list_templates(&account).await;
            if let Err(error) = &told {
                tracing::warn!(%error, "Meta did not tell the templates of an account");
            }
            let told = told.map_err(|error| words_of(&error));
            if let Err(fault) = self.service.compare_templates(&account, &told).await {
                tracing::error!(%fault, "templates could not be compared");
            }
        }
    }
}

/// What Meta says to people, else its code. About templates it names nobody.
fn words_of(error: &CallError) -> String {
    match error {
        CallError::Refused(refused) => {
            let code = refused.subcode.unwrap_or(refused.code);
            match &refused.details {
                Some(details) => format!("{details} ({code})"),
                None => format!("{} ({code})", refused.title),
            }
        }
        other => other.to_string(),
    }
}
