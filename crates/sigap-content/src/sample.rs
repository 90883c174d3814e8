//! Content with bookings for the demo, for tests and for benches: what an office writes when it opens booking. No office has
//! confirmed these services, so they are not part of the embedded content.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

use crate::content::Content;
use crate::error::ContentError;
use crate::files::Files;

/// The office that has the sample's services.
pub const OFFICE: &str = "sukabumi";
/// Where its file stands.
pub(crate) const PATH: &str = "offices/sukabumi.toml";
/// Its services, with holes for days.
const SERVICES: &str = include_str!("../samples/bookings.toml");
/// The draw before lies so many days back from the next one.
const DRAWS_APART: i64 = 28;
/// An opening that is over.
const PAST_DRAW: &str = r#"[[service.opening]]
date = "{past}"
hours = ["08:00-12:00"]
places = 20
release = "draw"
opens_at = "{opens}T08:00"
closes_at = "{closes}T16:00"
drawn_at = "{drawn}T18:00"
public_value = "angka penutupan IHSG Bursa Efek Indonesia pada hari undian"
"#;
/// A day whose waiting room opens at a given moment.
const ROOM: &str = r#"[[service.opening]]
date = "{day}"
hours = ["08:00-12:00"]
places = 20
release = "shuffled"
opens_at = "{at}"
per_minute = 20
"#;
/// That day lies so many days after the draw: none of the sample's openings is then.
const ROOM_AFTER_DRAW: i64 = 1;
/// The draw's day lies at least so many days ahead, so that entries are open today.
const DRAW_AHEAD: i64 = 8;

/// The embedded content, in which Sukabumi gives places by all four ways of release, with days that follow from `today`.
///
/// # Errors
/// As `Content::embedded`; the tests of this crate rule it out.
pub fn with_bookings(today: Date) -> Result<Content, ContentError> {
    Content::from_files(&files(today)?)
}

/// As `with_bookings`, with the same services and the same hall at other offices too, those without a file of their own, and with a draw at
/// Sukabumi that is over: what the demo's figures of past weeks come from. The first of the others gives places of one more day by a waiting
/// room `at` that moment of its clock, so that one can be seen on any day.
///
/// # Errors
/// As `with_bookings`.
pub fn with_nation(today: Date, offices: &[&str], at: DateTime) -> Result<Content, ContentError> {
    let mut files = files(today)?;
    let past = past_draw_day(today);
    let before = |days: i64| past.checked_sub(days.days()).unwrap_or(past).to_string();
    let past = PAST_DRAW
        .replace("{past}", &past.to_string())
        .replace("{opens}", &before(16))
        .replace("{closes}", &before(3))
        .replace("{drawn}", &before(2));
    let draw = "[[service.opening]]\n";
    let text = files.get(PATH)?.replacen(draw, &format!("{past}\n{draw}"), 1);
    files.set(PATH, &text);
    for (place, slug) in offices.iter().enumerate() {
        let mut text = services(today);
        if place == 0 {
            let room = ROOM
                .replace("{day}", &day_of_room(today).to_string())
                .replace("{at}", &at.strftime("%Y-%m-%dT%H:%M").to_string());
            text = text.replacen(draw, &format!("{room}\n{draw}"), 1);
        }
        files.set(&format!("offices/{slug}.toml"), &text);
    }
    Content::from_files(&files)
}

/// The Saturday that was drawn for last.
#[must_use]
pub fn past_draw_day(today: Date) -> Date {
    draw_day(today).checked_sub(DRAWS_APART.days()).unwrap_or(today)
}

/// The day of the waiting room of `with_nation`.
#[must_use]
pub fn day_of_room(today: Date) -> Date {
    let draw = draw_day(today);
    draw.checked_add(ROOM_AFTER_DRAW.days()).unwrap_or(draw)
}

/// As `with_bookings`, with further counters for photo and interview up to this number.
///
/// # Errors
/// As `with_bookings`.
pub fn with_counters(today: Date, counters: u8) -> Result<Content, ContentError> {
    let mut files = files(today)?;
    let more: String = (5..=counters)
        .map(|number| format!("[[hall.counter]]\nnumber = {number}\nlines = [\"passport\"]\n"))
        .collect();
    let text = format!("{}\n{more}", files.get(PATH)?);
    files.set(PATH, &text);
    Content::from_files(&files)
}

/// The file of that office with its services, for programs that read content from a folder.
///
/// # Errors
/// As `with_bookings`.
pub fn office_file(today: Date) -> Result<String, ContentError> {
    Ok(files(today)?.get(PATH)?.to_owned())
}

pub(crate) fn files(today: Date) -> Result<Files, ContentError> {
    let mut files = Files::embedded()?;
    let text = format!("{}\n{}", files.get(PATH)?, services(today));
    files.set(PATH, &text);
    Ok(files)
}

/// The Saturday that is drawn for.
#[must_use]
pub fn draw_day(today: Date) -> Date {
    let earliest = today.checked_add(DRAW_AHEAD.days()).unwrap_or(today);
    let mut days = std::iter::successors(Some(earliest), |day| day.tomorrow().ok());
    days.find(|day| day.weekday() == Weekday::Saturday).unwrap_or(earliest)
}

fn services(today: Date) -> String {
    let draw = draw_day(today);
    let day = |ahead: i64| draw.checked_add(ahead.days()).unwrap_or(draw).to_string();
    let mut text = SERVICES.to_owned();
    for ahead in [-16, -3, -2, 0, 2, 7, 14, 21] {
        text = text.replace(&format!("{{{ahead}}}"), &day(ahead));
    }
    text.replace("{today}", &today.to_string())
}

#[cfg(test)]
mod tests;
