//! What a browser is asked on the way to a sign-in stands in the store until it is answered, once, to whichever process.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sigap_core::limits::SIGN_IN_QUESTIONS_MAX;
use sigap_store::records::SignInQuestion;
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::institution::AskingInstitution;
use crate::passkeys::{AddingPasskey, ProvingPasskey};

/// How long a passkey may be looked for.
const OF_PASSKEYS: SignedDuration = SignedDuration::from_mins(5);
/// How long somebody may take at the institution: a password and a second proof have to be found.
const OF_INSTITUTIONS: SignedDuration = SignedDuration::from_mins(10);

/// What an answer will be checked against. Stored as JSON for some minutes: one that another version wrote and this one cannot read counts
/// as too old.
#[derive(Debug, Serialize, Deserialize)]
pub enum Challenge {
    /// Somebody signed in makes a passkey.
    Adding(AddingPasskey),
    /// Somebody signs in by a passkey.
    Proving(ProvingPasskey),
    /// Somebody was sent to the institution.
    Asking(AskingInstitution),
}

impl Challenge {
    const fn stands_for(&self) -> SignedDuration {
        match self {
            Self::Adding(_) | Self::Proving(_) => OF_PASSKEYS,
            Self::Asking(_) => OF_INSTITUTIONS,
        }
    }
}

/// Keeps a question under a token that nobody can guess; old ones make room.
///
/// # Errors
/// Storage faults only.
pub fn keep_question(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str, question: &Challenge) -> Result<(), Fault> {
    let office = ctx.office.id;
    tx.forget_sign_in_questions(office, ctx.now, SIGN_IN_QUESTIONS_MAX - 1)?;
    let row = SignInQuestion {
        id: ctx.new_id(),
        until: ctx.now.saturating_add(question.stands_for()).unwrap_or(Timestamp::MAX),
        content: serde_json::to_string(question)
            .map_err(|_| Fault::Broken("a question of a sign-in cannot be written down".to_owned()))?,
    };
    tx.insert_sign_in_question(office, token, &row)
}

/// Takes the question of a token: `None` when it was taken before, or is too old.
///
/// # Errors
/// Storage faults only.
pub fn take_question(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<Challenge>, Fault> {
    let content = tx.take_sign_in_question(ctx.office.id, token, ctx.now)?;
    Ok(content.and_then(|content| serde_json::from_str(&content).ok()))
}
