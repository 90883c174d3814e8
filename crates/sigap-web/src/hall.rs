//! The hall's live pages: the display, the page of a number, and the news that keeps them and the desks up to date.
//!
//! Every stream begins with the whole state and repeats it when the hall has changed: whoever was away for an hour knows everything with
//! the first message. A change in this process is told at once; one that another process made is seen within two seconds.

pub mod display;
pub mod place;
pub mod sounds;
pub mod survey;

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use sigap_actions::hall_parts::HallRefusal;
use sigap_actions::hall_picture::Revision;
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::OfficeId;
use sigap_core::office::Office;
use sigap_core::queue::band::Band;
use sigap_core::queue::outlook::told_times;
use tokio::sync::watch;

use crate::pages::Words;
use crate::routes::AppState;

/// Changes of another process are looked for so often.
const LOOK: Duration = Duration::from_secs(2);
/// Times on a page grow old: it is told anew at least so often.
const REFRESH: u32 = 15;
/// A comment keeps proxies from cutting a quiet line.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// What a live page follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Feed {
    /// The hall.
    Hall,
    /// Cases and talks.
    Cases,
}

/// Tells streams of an office that what they follow changed.
#[derive(Debug, Default)]
pub struct HallNews {
    offices: Mutex<HashMap<(OfficeId, Feed), watch::Sender<u64>>>,
    is_closed: AtomicBool,
}

impl HallNews {
    /// The hall changed.
    pub fn tell(&self, office: OfficeId) {
        self.tell_of(Feed::Hall, office);
    }

    /// A case changed.
    pub fn tell_cases(&self, office: OfficeId) {
        self.tell_of(Feed::Cases, office);
    }

    fn tell_of(&self, feed: Feed, office: OfficeId) {
        if let Ok(offices) = self.offices.lock()
            && let Some(news) = offices.get(&(office, feed))
        {
            news.send_modify(|count| *count += 1);
        }
    }

    /// Ends every stream: the process stops, and browsers ask the next one.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
        if let Ok(offices) = self.offices.lock() {
            for news in offices.values() {
                news.send_modify(|count| *count += 1);
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    fn listen(&self, feed: Feed, office: OfficeId) -> Option<watch::Receiver<u64>> {
        let mut offices = self.offices.lock().ok()?;
        let news = offices.entry((office, feed)).or_insert_with(|| watch::channel(0).0);
        Some(news.subscribe())
    }
}

/// A stream of what `tell` says: first at once, then whenever what it follows has changed. Ends when `tell` has nothing more to say.
pub(crate) fn streamed<F, Told>(state: &AppState, feed: Feed, office: OfficeId, tell: F) -> Response
where
    F: Fn(AppState) -> Told + Send + Sync + 'static,
    Told: Future<Output = Option<String>> + Send,
{
    struct Watching<F> {
        state: AppState,
        news: Option<watch::Receiver<u64>>,
        tell: Arc<F>,
        seen: Option<Revision>,
        has_told: bool,
        has_ended: bool,
    }
    let start = Watching {
        news: state.hall_news.listen(feed, office),
        state: state.clone(),
        tell: Arc::new(tell),
        seen: None,
        has_told: false,
        has_ended: false,
    };
    let events = stream::unfold(start, move |mut watching| async move {
        if watching.has_ended {
            return None;
        }
        let mut rounds = 0;
        loop {
            let mut is_told = false;
            if watching.has_told {
                let changed = async {
                    match watching.news.as_mut() {
                        Some(news) => news.changed().await.is_ok(),
                        None => std::future::pending().await,
                    }
                };
                is_told = tokio::time::timeout(LOOK, changed).await.is_ok();
                rounds += 1;
            }
            if watching.state.hall_news.is_closed() {
                return None;
            }
            let revision = match feed {
                Feed::Hall => watching.state.service.hall_revision(office).await,
                Feed::Cases => watching.state.service.cases_revision(office).await,
            };
            let Ok(revision) = revision else {
                // The store rests; the page says so by itself when nothing comes for a while.
                watching.has_told = true;
                continue;
            };
            // A counter that opens is no event of a visit: whoever opened it in this process says so.
            if watching.seen == Some(revision) && rounds < REFRESH && !is_told {
                continue;
            }
            let Some(told) = (watching.tell)(watching.state.clone()).await else {
                watching.has_ended = true;
                let event = Event::default().data(r#"{"away":"?"}"#);
                return Some((Ok::<_, Infallible>(event), watching));
            };
            watching.seen = Some(revision);
            watching.has_told = true;
            let event = Event::default().id(revision.to_string()).data(told);
            return Some((Ok(event), watching));
        }
    });
    let keep = KeepAlive::new()
        .interval(KEEP_ALIVE)
        .event(Event::default().event("ping").data(""));
    let mut response = Sse::new(events).keep_alive(keep).into_response();
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    response
}

/// *antara 10.20 dan 10.50 WIB*, or that nobody can know.
pub(crate) fn band_words(words: Words<'_>, office: &Office, now: jiff::Timestamp, band: Option<Band>) -> String {
    band_by("hall.band", words, office, now, band)
}

/// *10.20–10.50 WIB*, for tables and the board.
pub(crate) fn short_band(words: Words<'_>, office: &Office, now: jiff::Timestamp, band: Option<Band>) -> String {
    band_by("hall.band_short", words, office, now, band)
}

fn band_by(key: &str, words: Words<'_>, office: &Office, now: jiff::Timestamp, band: Option<Band>) -> String {
    let Some(band) = band else {
        return words.key("hall.no_band", &[]);
    };
    let (from, to) = told_times(office, band, now);
    words.key(key, &[("from", Arg::Hour(from)), ("to", Arg::Clock(to))])
}

/// A time of day, with its zone.
pub(crate) fn clock_words(words: Words<'_>, office: &Office, at: jiff::Timestamp) -> String {
    words.arg(&Arg::Clock(office.zone.to_datetime(at).time()))
}

/// A moment in few letters: of today only its time.
pub(crate) fn moment_words(words: Words<'_>, office: &Office, at: jiff::Timestamp, now: jiff::Timestamp) -> String {
    let local = office.zone.to_datetime(at);
    let time = words.arg(&Arg::Clock(local.time()));
    if local.date() == local_date(office, now) {
        time
    } else {
        format!("{} {time}", words.arg(&Arg::ShortDay(local.date())))
    }
}

/// The name of a line.
pub(crate) fn line_words(words: Words<'_>, line: &str) -> String {
    words.service(line)
}

/// The name of a priority group of the office.
pub(crate) fn group_words(words: Words<'_>, office: &Office, id: &str) -> String {
    let group = office.priority.iter().find(|group| group.id == id);
    let age = group.and_then(|group| group.age_from.or(group.age_below));
    words.key(
        &format!("priority.{id}"),
        &[("age", age.map_or(Arg::Empty, |age| Arg::Number(i64::from(age))))],
    )
}

/// Why nothing was done, and the next step.
pub(crate) fn refusal_words(words: Words<'_>, refusal: HallRefusal) -> String {
    match refusal {
        HallRefusal::NoHall => words.key("hall.no_hall", &[]),
        HallRefusal::Denied => words.key("console.denied", &[]),
        HallRefusal::NoCounter => words.key("console.no_counter", &[]),
        HallRefusal::NoLine => words.key("console.no_line", &[]),
        HallRefusal::NoGroup => words.key("console.no_group", &[]),
        HallRefusal::WalkInsGiven => words.key("hall.walk_ins_given", &[]),
        HallRefusal::NoVisit => words.key("console.no_visit", &[]),
        HallRefusal::Changed(state) => {
            let state = Arg::Key(format!("hall.state_{}", state.name()));
            words.key("console.changed", &[("state", state)])
        }
        HallRefusal::Taken(_) => words.key("console.taken", &[]),
        HallRefusal::Busy(label) => words.key("console.busy_counter", &[("number", Arg::Text(label.to_string()))]),
        HallRefusal::NoReason => words.key("console.no_reason", &[]),
    }
}

/// Today at the office, in words.
pub(crate) fn today_words(words: Words<'_>, office: &Office, now: jiff::Timestamp) -> String {
    words.arg(&Arg::Day(local_date(office, now)))
}
