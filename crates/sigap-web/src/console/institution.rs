//! Sign-in by the institution's identity service: the way there, the way back, and the step from another site's page to ours.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::institution::{InstitutionRefusal, office_of_state};
use sigap_core::conversation::reply::Arg;

use super::sign_in::with_cookie;
use super::{cookie, device_of, go, language_of, session_cookie};
use crate::pages::{Words, busy, nowhere, office_of, private_page};
use crate::routes::AppState;

/// The browser's half of the secret of a sign-in under way. Lax, because it has to come along on the way back from another site.
const HALF: &str = "__Host-sigap-masuk";
/// It is of no use after the question has ended.
const HALF_SECONDS: i64 = 600;
/// The parameter of the sign-in page with why nobody was signed in; one of a few words, never anything of a person.
const REFUSAL: &str = "lembaga";

/// What the institution sends a browser back with. Its own words on an error are not read.
#[derive(Deserialize)]
pub struct Returned {
    state: Option<String>,
    code: Option<String>,
}

#[derive(Template)]
#[template(path = "console/signed_in.html")]
struct SignedInPage<'a> {
    words: Words<'a>,
    slug: String,
}

/// The words of the button; `None` where no institution is set.
pub(super) fn button(state: &AppState, words: Words<'_>) -> Option<String> {
    let institution = state.institution.as_ref()?;
    let label = Arg::Text(institution.label(words.language).to_owned());
    Some(words.key("console.institution_enter", &[("institution", label)]))
}

/// Why the institution's sign-in failed, as the address of the sign-in page says it.
pub(super) fn refusal_of(query: Option<&str>) -> Option<InstitutionRefusal> {
    let named = query?
        .split('&')
        .find_map(|pair| pair.strip_prefix(REFUSAL)?.strip_prefix('='))?;
    InstitutionRefusal::ALL
        .into_iter()
        .find(|refusal| refusal.name() == named)
}

/// To the institution.
pub async fn begin(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let (Some(office), Some(institution)) = (office_of(&state, &slug).map(|office| office.id), &state.institution)
    else {
        return nowhere();
    };
    // Another site may lead people to the page with the button, not press it for them.
    if headers.get("sec-fetch-site").is_some_and(|site| *site == "cross-site") {
        return go(&format!("/staff/{slug}/masuk"));
    }
    match state.service.begin_institution(office, institution).await {
        Err(_) => busy(),
        Ok(Err(refusal)) => refused(&slug, refusal),
        Ok(Ok((address, half))) => leaving(with_cookie(go(&address), &half_cookie(&half, HALF_SECONDS))),
    }
}

/// Back from the institution. Whatever comes of it, the browser is sent on at once: its address holds the code.
pub async fn end(State(state): State<AppState>, Query(returned): Query<Returned>, headers: HeaderMap) -> Response {
    let Some(institution) = &state.institution else {
        return nowhere();
    };
    let given = returned.state.unwrap_or_default();
    let Some(office) = office_of_state(&given).and_then(|slug| office_of(&state, slug)) else {
        return leaving(go("/staff"));
    };
    let slug = office.slug.clone();
    let Some(half) = cookie(&headers, HALF) else {
        return refused(&slug, InstitutionRefusal::Late);
    };
    let ended = state
        .service
        .end_institution(
            office.id,
            institution,
            (given, half.to_owned()),
            returned.code,
            device_of(&headers),
        )
        .await;
    match ended {
        Err(_) => leaving(busy()),
        Ok(Err(refusal)) => refused(&slug, refusal),
        Ok(Ok(signed_in)) => {
            let seconds = signed_in.ends_at.duration_since(state.clock.now()).as_secs();
            // The session's cookie does not come along while the way began at another site: a page of ours is between.
            let onward = leaving(go(&format!("/staff/{slug}/masuk/lanjut")));
            let begins = with_cookie(onward, &session_cookie(&slug, &signed_in.token, seconds));
            with_cookie(begins, &half_cookie("", 0))
        }
    }
}

/// A page that goes on by itself, from us to us.
pub async fn go_on(State(state): State<AppState>, Path(slug): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, language_of(uri.query(), &headers).0);
    private_page(StatusCode::OK, &SignedInPage { words, slug })
}

fn refused(slug: &str, refusal: InstitutionRefusal) -> Response {
    leaving(go(&format!("/staff/{slug}/masuk?{REFUSAL}={}", refusal.name())))
}

fn half_cookie(half: &str, seconds: i64) -> String {
    format!("{HALF}={half}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}")
}

/// Neither kept nor told to the next page.
fn leaving(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
