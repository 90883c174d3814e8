//! Sign-in by the institution as the edges call it: the store before and after, the way to the institution between.

use sigap_core::ids::OfficeId;
use sigap_core::limits::INSTITUTION_CODE_BYTES_MAX;
use sigap_store::Fault;

use super::Service;
use crate::institution::{Begun, Institution, InstitutionRefusal, SignInChance, question_token, sign_in_vouched};
use crate::sign_in::SignedIn;
use crate::sign_in_questions::Challenge;

impl Service {
    /// Sends somebody to the institution: where the browser goes, and its half of the secret.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn begin_institution(
        &self,
        office: OfficeId,
        institution: &Institution,
    ) -> Result<Result<(String, String), InstitutionRefusal>, Fault> {
        let Some(slug) = self.content().office(office).map(|office| office.slug.clone()) else {
            return Err(Fault::Broken(format!("office {office} is not in the content")));
        };
        let mut chance: SignInChance = [[0; 32]; 4];
        for bytes in &mut chance {
            self.chance.fill(bytes)?;
        }
        match institution.begin(&slug, self.clock.now(), &chance).await {
            Err(refusal) => Ok(Err(refusal)),
            Ok(begun) => {
                let Begun {
                    address,
                    browser,
                    token,
                    question,
                } = begun;
                self.keep_question(office, token, question).await?;
                Ok(Ok((address, browser)))
            }
        }
    }

    /// Opens a session for whom the institution sent back. `halves` are the state of the address and what the browser kept; no code means
    /// that the institution confirmed nothing.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn end_institution(
        &self,
        office: OfficeId,
        institution: &Institution,
        halves: (String, String),
        code: Option<String>,
        device: String,
    ) -> Result<Result<SignedIn, InstitutionRefusal>, Fault> {
        let token = question_token(&halves.0, &halves.1);
        let Some(Challenge::Asking(asked)) = self.take_question(office, token).await? else {
            return Ok(Err(InstitutionRefusal::Late));
        };
        let Some(code) = code.filter(|code| code.len() <= INSTITUTION_CODE_BYTES_MAX) else {
            return Ok(Err(InstitutionRefusal::Declined));
        };
        match institution.end(asked, code, self.clock.now()).await {
            Err(refusal) => Ok(Err(refusal)),
            Ok(vouched) => {
                self.act(office, move |tx, ctx| sign_in_vouched(tx, ctx, &vouched, &device))
                    .await
            }
        }
    }
}
