//! Sign-in by the identity service of the institution: OpenID Connect, authorization code with PKCE (OpenID Connect Core 1.0, RFC 7636).
//!
//! The service vouches for an address; who works where, and what they may do, stays with us. What a browser is asked is kept by
//! `sign_in_questions.rs`; the requests themselves are carried by a port.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AsyncHttpClient, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, CsrfToken, DiscoveryError,
    HttpRequest, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    TokenResponse,
};
use serde::{Deserialize, Serialize};
use sigap_core::language::Language;
use sigap_store::records::BoundInstitution;
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::ports::{Carried, Courier, NotCarried};
use crate::sign_in::{SignedIn, Way, as_email, start_session};
use crate::sign_in_questions::Challenge;

pub use openidconnect::ClientSecret;

/// How long what the service says of itself is believed without asking again.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// How old it has to be before a signature that does not fit makes us ask again: keys change, and nobody may make us ask all the time.
const KNOWN_AT_LEAST: SignedDuration = SignedDuration::from_mins(1);
/// Only signatures whose key the service alone has.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstitutionRefusal {
    /// The answer fits no question of this browser that stands.
    Late,
    /// The service sent the person back without a confirmation.
    Declined,
    /// The service does not answer, or says nothing that can be read.
    Unreachable,
    /// What the service confirmed does not hold.
    Wrong,
    /// The service does not vouch for the address.
    Unverified,
    /// Nobody works here under that address.
    Unknown,
    /// The address belonged to another account of the service before.
    Changed,
}

impl InstitutionRefusal {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Late,
        Self::Declined,
        Self::Unreachable,
        Self::Wrong,
        Self::Unverified,
        Self::Unknown,
        Self::Changed,
    ];

    /// The name in an address and in the key of the words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Declined => "declined",
            Self::Unreachable => "unreachable",
            Self::Wrong => "wrong",
            Self::Unverified => "unverified",
            Self::Unknown => "unknown",
            Self::Changed => "changed",
        }
    }
}

/// As whom we come to the service.
#[derive(Debug, Clone)]
pub struct InstitutionSettings {
    /// The service as it names itself in what it signs.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there; empty where the service gives none and PKCE alone has to do.
    pub client_secret: ClientSecret,
    /// What staff call it, in Indonesian and in English.
    pub labels: [String; 2],
    /// Where it sends people back to.
    pub return_to: String,
}

/// The settings cannot work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InstitutionSettingsError {
    /// Not an address.
    #[error("`oidc.issuer` is not an address like `https://login.example.go.id/realms/staff`")]
    Issuer,
    /// Without a name of ours there the service cannot tell us from others.
    #[error("`oidc.client_id` is missing: the institution gives it when it enters sigap as a client")]
    ClientId,
    /// People could not be sent back.
    #[error("`server.public_url` is not an address to which the institution can send people back")]
    ReturnTo,
}

/// What the service says of itself, and when it was asked.
type Known = (Timestamp, Arc<CoreProviderMetadata>);

/// The identity service of the institution.
pub struct Institution {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: Option<ClientSecret>,
    return_to: RedirectUrl,
    labels: [String; 2],
    carrying: Carrying,
    known: Mutex<Option<Known>>,
}

impl std::fmt::Debug for Institution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Institution({})", self.issuer.as_str())
    }
}

/// The port as the library wants it.
struct Carrying(Arc<dyn Courier>);

impl<'c> AsyncHttpClient<'c> for Carrying {
    type Error = NotCarried;
    type Future = Carried;

    fn call(&'c self, request: HttpRequest) -> Carried {
        self.0.carry(request)
    }
}

/// Random bytes for one sign-in, none of which says anything about another.
pub(crate) type SignInChance = [[u8; 32]; 4];

/// Somebody was sent to the institution.
#[derive(Serialize, Deserialize)]
pub struct AskingInstitution {
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

impl std::fmt::Debug for AskingInstitution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AskingInstitution(…)")
    }
}

/// A sign-in that began.
pub(crate) struct Begun {
    /// Where the browser goes.
    pub(crate) address: String,
    /// The half of the secret that the browser keeps: the other half travels in the address, and only both together lead to the question.
    pub(crate) browser: String,
    /// The token under which the question is kept.
    pub(crate) token: String,
    /// The question.
    pub(crate) question: Challenge,
}

/// An address for which the service vouches. Only `end` makes one.
#[derive(Clone)]
pub(crate) struct Vouched {
    email: String,
    account: BoundInstitution,
}

impl std::fmt::Debug for Vouched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vouched(…)")
    }
}

/// Under which token a question stands.
pub(crate) fn question_token(state: &str, browser: &str) -> String {
    format!("{state} {browser}")
}

/// The office of a state that we gave out.
#[must_use]
pub fn office_of_state(state: &str) -> Option<&str> {
    state.split_once('.').map(|(slug, _)| slug)
}

impl Institution {
    /// For these settings; asks nobody yet.
    ///
    /// # Errors
    /// Settings that cannot work.
    pub fn new(settings: InstitutionSettings, courier: Arc<dyn Courier>) -> Result<Self, InstitutionSettingsError> {
        if settings.client_id.is_empty() {
            return Err(InstitutionSettingsError::ClientId);
        }
        let secret = Some(settings.client_secret).filter(|secret| !secret.secret().is_empty());
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer).map_err(|_| InstitutionSettingsError::Issuer)?,
            client_id: ClientId::new(settings.client_id),
            client_secret: secret,
            return_to: RedirectUrl::new(settings.return_to).map_err(|_| InstitutionSettingsError::ReturnTo)?,
            labels: settings.labels,
            carrying: Carrying(courier),
            known: Mutex::default(),
        })
    }

    /// What staff call it.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        let [indonesian, english] = &self.labels;
        if language == Language::En { english } else { indonesian }
    }

    /// Whether the service says of itself what we need; else why not, for the operator.
    ///
    /// # Errors
    /// Why not.
    pub async fn look(&self, now: Timestamp) -> Result<(), &'static str> {
        self.ask(now).await.map(|_| ())
    }

    async fn ask(&self, now: Timestamp) -> Result<Known, &'static str> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.carrying).await;
        found
            .map(|found| (now, Arc::new(found)))
            .map_err(|error| why_not_known(&error))
    }

    /// What the service says of itself, not older than that.
    async fn know(&self, now: Timestamp, age_max: SignedDuration) -> Result<Known, InstitutionRefusal> {
        let known = self.known.lock().ok().and_then(|known| known.clone());
        if let Some(known) = known.filter(|(since, _)| now.duration_since(*since) < age_max) {
            return Ok(known);
        }
        let found = self.ask(now).await.map_err(|why| {
            tracing::warn!(why, "the institution's sign-in cannot be used");
            InstitutionRefusal::Unreachable
        })?;
        if let Ok(mut known) = self.known.lock() {
            *known = Some(found.clone());
        }
        Ok(found)
    }

    /// Sends somebody to the service.
    pub(crate) async fn begin(
        &self,
        office: &str,
        now: Timestamp,
        chance: &SignInChance,
    ) -> Result<Begun, InstitutionRefusal> {
        let (_, provider) = self.know(now, KNOWN_FOR).await?;
        let [state, browser, nonce, verifier] = chance.map(|bytes| data_encoding::BASE64URL_NOPAD.encode(&bytes));
        let state = format!("{office}.{state}");
        let (nonce, verifier) = (Nonce::new(nonce), PkceCodeVerifier::new(verifier));
        let client =
            CoreClient::from_provider_metadata((*provider).clone(), self.client_id.clone(), self.client_secret.clone())
                .set_redirect_uri(self.return_to.clone());
        let (given, asked) = (state.clone(), nonce.clone());
        let (address, ..) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(given),
                move || asked,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(Begun {
            address: address.to_string(),
            token: question_token(&state, &browser),
            browser,
            question: Challenge::Asking(AskingInstitution { nonce, verifier }),
        })
    }

    /// Trades the code for what the service vouches for.
    pub(crate) async fn end(
        &self,
        asked: AskingInstitution,
        code: String,
        now: Timestamp,
    ) -> Result<Vouched, InstitutionRefusal> {
        let known = self.know(now, KNOWN_FOR).await?;
        let token = self.trade(&known.1, asked.verifier, code).await?;
        let checked = match self.check(&known.1, &token, &asked.nonce, now) {
            // The service may have changed its keys since it was asked.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let fresh = self.know(now, KNOWN_AT_LEAST).await?;
                self.check(&fresh.1, &token, &asked.nonce, now)
            }
            checked => checked,
        };
        checked.map_err(|error| {
            tracing::warn!(why = why_not_held(&error), "a token of the institution does not hold");
            InstitutionRefusal::Wrong
        })?
    }

    async fn trade(
        &self,
        provider: &CoreProviderMetadata,
        verifier: PkceCodeVerifier,
        code: String,
    ) -> Result<CoreIdToken, InstitutionRefusal> {
        let client =
            CoreClient::from_provider_metadata(provider.clone(), self.client_id.clone(), self.client_secret.clone())
                .set_redirect_uri(self.return_to.clone())
                .set_auth_type(auth_type(provider));
        let Ok(request) = client.exchange_code(AuthorizationCode::new(code)) else {
            tracing::warn!("the institution names no token endpoint");
            return Err(InstitutionRefusal::Unreachable);
        };
        let answer = request.set_pkce_verifier(verifier).request_async(&self.carrying).await;
        let answer = answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(told) => {
                let is_ours = *told.error() == CoreErrorResponseType::InvalidClient;
                tracing::warn!(is_client_refused = is_ours, "the institution does not take a code");
                InstitutionRefusal::Wrong
            }
            RequestTokenError::Request(NotCarried) => InstitutionRefusal::Unreachable,
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                tracing::warn!("the institution's answer to a code cannot be read");
                InstitutionRefusal::Unreachable
            }
        })?;
        answer.id_token().cloned().ok_or_else(|| {
            tracing::warn!("the institution gave no ID token");
            InstitutionRefusal::Wrong
        })
    }

    /// Issuer, audience, signature, end and nonce; then whether the service vouches for the address.
    fn check(
        &self,
        provider: &CoreProviderMetadata,
        token: &CoreIdToken,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<Result<Vouched, InstitutionRefusal>, ClaimsVerificationError> {
        let client =
            CoreClient::from_provider_metadata(provider.clone(), self.client_id.clone(), self.client_secret.clone());
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(SIGNATURES)
            .set_time_fn(move || as_system_time(now).into());
        let claims = token.claims(&verifier, nonce)?;
        let (Some(email), Some(true)) = (claims.email(), claims.email_verified()) else {
            return Ok(Err(InstitutionRefusal::Unverified));
        };
        // Letters that become those of another address when they are made small are nobody's here.
        if !email.is_ascii() {
            return Ok(Err(InstitutionRefusal::Unknown));
        }
        Ok(Ok(Vouched {
            email: as_email(email),
            account: BoundInstitution {
                issuer: self.issuer.as_str().to_owned(),
                subject: claims.subject().as_str().to_owned(),
            },
        }))
    }
}

/// Seconds are enough: tokens end at whole ones.
fn as_system_time(now: Timestamp) -> SystemTime {
    let since = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
    SystemTime::UNIX_EPOCH
        .checked_add(since)
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

/// How we show our secret: in the header, unless the service only takes it in the form.
fn auth_type(provider: &CoreProviderMetadata) -> AuthType {
    let takes = |method| {
        let methods = provider.token_endpoint_auth_methods_supported();
        methods.is_some_and(|methods| methods.contains(&method))
    };
    if takes(CoreClientAuthMethod::ClientSecretPost) && !takes(CoreClientAuthMethod::ClientSecretBasic) {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

/// For the operator; what the service sent is not repeated.
fn why_not_known(error: &DiscoveryError<NotCarried>) -> &'static str {
    match error {
        DiscoveryError::Request(NotCarried) => "it does not answer in time, or with too much",
        DiscoveryError::Response(..) => "it does not answer 200 with JSON at its discovery address or its keys",
        DiscoveryError::Parse(_) => "what it says of itself cannot be read",
        DiscoveryError::Validation(_) => "it calls itself otherwise than `oidc.issuer` does, to the letter",
        _ => "its address cannot be asked",
    }
}

/// For the operator; nothing of the token is repeated.
fn why_not_held(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "it is too old, or our clocks differ",
        ClaimsVerificationError::InvalidAudience(_) => "it is for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "it is from somebody else",
        ClaimsVerificationError::InvalidNonce(_) => "it answers another question",
        ClaimsVerificationError::SignatureVerification(_) => "its signature fits no key of the institution",
        _ => "it has a form that is not taken",
    }
}

/// Opens a session for whom the institution vouches, when they work here. The first time binds the account: the address alone, given to
/// somebody else later, is not enough.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub(crate) fn sign_in_vouched(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    vouched: &Vouched,
    device: &str,
) -> Result<Result<SignedIn, InstitutionRefusal>, Fault> {
    let office = ctx.office.id;
    let Some(staff) = tx.find_staff_by_email(office, &vouched.email)? else {
        return Ok(Err(InstitutionRefusal::Unknown));
    };
    let Some(mut row) = tx.find_staff(office, staff)?.filter(|row| row.is_active) else {
        return Ok(Err(InstitutionRefusal::Unknown));
    };
    match &row.content.institution {
        // Another service than before was set by the operator: its accounts are bound anew.
        Some(bound) if bound.issuer == vouched.account.issuer => {
            if bound.subject != vouched.account.subject {
                tx.insert_act(office, staff, ctx.now, "sign_in_failed", Way::Institution.name())?;
                return Ok(Err(InstitutionRefusal::Changed));
            }
        }
        _ => {
            row.content.institution = Some(vouched.account.clone());
            tx.insert_act(office, staff, ctx.now, "institution_bound", "")?;
        }
    }
    row.failed = 0;
    row.locked_until = None;
    tx.replace_staff(office, &row)?;
    start_session(tx, ctx, staff, Way::Institution, device).map(Ok)
}

#[cfg(test)]
mod tests;
