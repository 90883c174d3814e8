//! Passkeys: a sign-in that cannot be guessed, typed into a false page or read off a screen (W3C, Web Authentication Level 3).
//!
//! What a browser is asked is kept by `sign_in_questions.rs`. The random bytes of a question are the library's own.

use serde::{Deserialize, Serialize};
use sigap_core::ids::StaffId;
use sigap_store::records::StaffContent;
use sigap_store::{Fault, Tx};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::authority::Officer;
use crate::context::Context;
use crate::sign_in::{SignInRefusal, SignedIn, Way, as_email, start_session};
use crate::sign_in_questions::Challenge;

/// Passkeys of one person.
pub const PASSKEYS_MAX: usize = 10;

/// Why a passkey is not added or does not sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyTrouble {
    /// The answer fits no question that stands.
    Late,
    /// The browser's answer is not right.
    Wrong,
    /// There is no passkey to ask for, or no room for one more.
    None,
}

/// Somebody was asked to make a passkey.
#[derive(Serialize, Deserialize)]
pub struct AddingPasskey {
    staff: StaffId,
    asked: PasskeyRegistration,
}

/// Somebody was asked to prove one.
#[derive(Serialize, Deserialize)]
pub struct ProvingPasskey {
    staff: StaffId,
    known: Vec<Passkey>,
    asked: PasskeyAuthentication,
}

impl std::fmt::Debug for AddingPasskey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AddingPasskey(…)")
    }
}

impl std::fmt::Debug for ProvingPasskey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProvingPasskey(…)")
    }
}

/// Asks browsers and checks their answers, for one address.
pub struct Passkeys {
    webauthn: Webauthn,
}

impl std::fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passkeys")
    }
}

/// A passkey that was made, to be kept.
#[derive(Debug)]
pub struct NewPasskey(String);

/// Somebody whose passkey answered right, with all of theirs as they are to be kept from now on.
#[derive(Debug)]
pub struct Verified {
    staff: StaffId,
    passkeys: Vec<String>,
}

/// Whose passkeys are asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    staff: StaffId,
    passkeys: Vec<String>,
}

fn read(kept: &[String]) -> Vec<Passkey> {
    kept.iter().filter_map(|text| serde_json::from_str(text).ok()).collect()
}

fn write(passkey: &Passkey) -> Option<String> {
    serde_json::to_string(passkey).ok()
}

impl Passkeys {
    /// For the address under which the console is opened; `None` when it has no name (browsers make no passkey for a bare number). A
    /// loopback address is also called `localhost`.
    #[must_use]
    pub fn new(public_url: &str) -> Option<Self> {
        let named = public_url.replace("//127.0.0.1", "//localhost");
        let origin = Url::parse(&named).ok()?;
        let host = origin.domain()?.to_owned();
        let webauthn = WebauthnBuilder::new(&host, &origin)
            .ok()?
            .rp_name("sigap")
            .build()
            .ok()?;
        Some(Self { webauthn })
    }

    /// What the browser is asked to make a passkey, JSON for `PublicKeyCredential.parseCreationOptionsFromJSON`, and the question to keep.
    ///
    /// # Errors
    /// Why nothing is asked.
    pub fn begin_adding(&self, who: &Officer, content: &StaffContent) -> Result<(String, Challenge), PasskeyTrouble> {
        let known = read(&content.passkeys);
        if known.len() >= PASSKEYS_MAX {
            return Err(PasskeyTrouble::None);
        }
        let (office, staff) = (who.office(), who.staff());
        let id = Uuid::from_u64_pair(office.0.unsigned_abs(), staff.0.unsigned_abs());
        let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let (told, asked) = self
            .webauthn
            .start_passkey_registration(id, &content.email, &content.name, Some(known))
            .map_err(|_| PasskeyTrouble::Wrong)?;
        let told = serde_json::to_string(&told).map_err(|_| PasskeyTrouble::Wrong)?;
        Ok((told, Challenge::Adding(AddingPasskey { staff, asked })))
    }

    /// Checks what the browser made against the question that was taken.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn end_adding(
        &self,
        who: &Officer,
        question: Option<Challenge>,
        answer: &str,
    ) -> Result<NewPasskey, PasskeyTrouble> {
        let Some(Challenge::Adding(AddingPasskey { staff, asked })) = question else {
            return Err(PasskeyTrouble::Late);
        };
        if staff != who.staff() {
            return Err(PasskeyTrouble::Late);
        }
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| PasskeyTrouble::Wrong)?;
        let made = self
            .webauthn
            .finish_passkey_registration(&answer, &asked)
            .map_err(|_| PasskeyTrouble::Wrong)?;
        write(&made).map(NewPasskey).ok_or(PasskeyTrouble::Wrong)
    }

    /// What the browser is asked to prove, JSON for `PublicKeyCredential.parseRequestOptionsFromJSON`, and the question to keep.
    ///
    /// # Errors
    /// Why nothing is asked.
    pub fn begin_sign_in(&self, asked: &Asked) -> Result<(String, Challenge), PasskeyTrouble> {
        let (staff, known) = (asked.staff, read(&asked.passkeys));
        if known.is_empty() {
            return Err(PasskeyTrouble::None);
        }
        let (told, asked) = self
            .webauthn
            .start_passkey_authentication(&known)
            .map_err(|_| PasskeyTrouble::Wrong)?;
        let told = serde_json::to_string(&told).map_err(|_| PasskeyTrouble::Wrong)?;
        Ok((told, Challenge::Proving(ProvingPasskey { staff, known, asked })))
    }

    /// Checks the proof against the question that was taken.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn end_sign_in(&self, question: Option<Challenge>, answer: &str) -> Result<Verified, PasskeyTrouble> {
        let Some(Challenge::Proving(question)) = question else {
            return Err(PasskeyTrouble::Late);
        };
        let ProvingPasskey {
            staff,
            mut known,
            asked,
        } = question;
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| PasskeyTrouble::Wrong)?;
        let proved = self
            .webauthn
            .finish_passkey_authentication(&answer, &asked)
            .map_err(|_| PasskeyTrouble::Wrong)?;
        for passkey in &mut known {
            // A counter that grew is kept: one that falls later shows a copy.
            let _ = passkey.update_credential(&proved);
        }
        Ok(Verified {
            staff,
            passkeys: known.iter().filter_map(write).collect(),
        })
    }
}

/// Whose passkeys are asked for under an address; `None` when there are none.
///
/// # Errors
/// Storage faults only.
pub fn find_passkeys(tx: &mut dyn Tx, ctx: &Context<'_>, email: &str) -> Result<Option<Asked>, Fault> {
    let Some(staff) = tx.find_staff_by_email(ctx.office.id, &as_email(email))? else {
        return Ok(None);
    };
    let known = tx.find_staff(ctx.office.id, staff)?.filter(|known| known.is_active);
    Ok(known
        .filter(|known| !known.content.passkeys.is_empty())
        .map(|known| Asked {
            staff,
            passkeys: known.content.passkeys,
        }))
}

/// What is kept of somebody who is signed in.
///
/// # Errors
/// Storage faults only.
pub fn find_own(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer) -> Result<Option<StaffContent>, Fault> {
    Ok(tx.find_staff(ctx.office.id, who.staff())?.map(|known| known.content))
}

/// Keeps a new passkey.
///
/// # Errors
/// Storage faults only.
pub fn add_passkey(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer, made: &NewPasskey) -> Result<(), Fault> {
    let Some(mut row) = tx.find_staff(ctx.office.id, who.staff())? else {
        return Ok(());
    };
    row.content.passkeys.push(made.0.clone());
    tx.replace_staff(ctx.office.id, &row)?;
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, "passkey_added", "")?;
    Ok(())
}

/// Forgets all passkeys of somebody: a phone was lost.
///
/// # Errors
/// Storage faults only.
pub fn forget_passkeys(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer) -> Result<(), Fault> {
    let Some(mut row) = tx.find_staff(ctx.office.id, who.staff())? else {
        return Ok(());
    };
    row.content.passkeys.clear();
    tx.replace_staff(ctx.office.id, &row)?;
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, "passkeys_removed", "")?;
    Ok(())
}

/// Opens a session for somebody whose passkey answered right.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn sign_in_verified(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    verified: &Verified,
    device: &str,
) -> Result<Result<SignedIn, SignInRefusal>, Fault> {
    let Some(mut row) = tx
        .find_staff(ctx.office.id, verified.staff)?
        .filter(|row| row.is_active)
    else {
        return Ok(Err(SignInRefusal::Wrong));
    };
    // Passkeys that were removed meanwhile stay removed.
    if row.content.passkeys.is_empty() {
        return Ok(Err(SignInRefusal::Wrong));
    }
    row.content.passkeys.clone_from(&verified.passkeys);
    row.failed = 0;
    row.locked_until = None;
    tx.replace_staff(ctx.office.id, &row)?;
    start_session(tx, ctx, row.id, Way::Passkey, device).map(Ok)
}
