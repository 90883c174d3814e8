//! The form that books a visit: service and how many, who comes, day, hour, everything once more. What was said on earlier screens travels in
//! one field from screen to screen, so nothing is kept until the last button.

use serde_json::{Value, json};
use sigap_core::ids::BookingId;
use sigap_core::limits::{PARTY_MAX, SLOTS_PER_DAY_MAX};

use super::sheet::{FlowOption, Given, Sheet, cut, flow, given, rows, screen, typed};
use crate::endpoint::Answer;
use crate::limits::{FLOW_BODY_CHARS_MAX, FLOW_DROPDOWN_MAX, FLOW_OPTIONS_MAX, LimitBreach};

/// What for, and how many.
pub const SERVICE: &str = "BOOKING_SERVICE";
/// Who comes.
pub const PEOPLE: &str = "BOOKING_PEOPLE";
/// Which day.
pub const DAY: &str = "BOOKING_DAY";
/// Which hour.
pub const HOUR: &str = "BOOKING_HOUR";
/// Everything once more.
pub const CHECK: &str = "BOOKING_CHECK";
const SCREENS: usize = 5;
/// What marks what came of this form, among those of other Flows of the same account.
pub(super) const MARK: &str = "sigap_booking";
/// The field with the number of the booking.
pub(super) const DONE: &str = "booking";
/// The field in which earlier answers travel.
pub const SO_FAR: &str = "so_far";

const _: () = assert!(SLOTS_PER_DAY_MAX <= FLOW_DROPDOWN_MAX, "every hour of a day has a row");

/// Everything the form says by itself, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BookingWords {
    /// At the top of each screen.
    pub title: String,
    /// Above the services.
    pub service: String,
    /// Above how many come.
    pub count: String,
    /// Person by person: the label of the name, and that of the birth date.
    pub people: Vec<(String, String)>,
    /// Beside the tick that a parent comes along.
    pub parent: String,
    /// Above the calendar.
    pub day: String,
    /// Below it.
    pub day_hint: String,
    /// Above the hours.
    pub hour: String,
    /// Above the hours that are left.
    pub other: String,
    /// When the place is theirs.
    pub only_now: String,
    /// Leads on.
    pub next: String,
    /// Books.
    pub send: String,
}

/// The Flow JSON of the form.
///
/// # Errors
/// Everything in the words that Meta would refuse.
pub fn booking(words: &BookingWords) -> Result<Value, Vec<LimitBreach>> {
    let sheet = |id, place| Sheet::new(id, &words.title, place, SCREENS);
    let service = sheet(SERVICE, 1)
        .with_data(&[("services", Given::Rows), ("counts", Given::Rows)])
        .radio("service", &words.service, given("services"), true)
        .dropdown("count", &words.count, given("counts"), true)
        .asks(&words.next, &[("service", typed("service")), ("count", typed("count"))]);
    let mut people = sheet(PEOPLE, 2)
        .with_data(&[
            (SO_FAR, Given::Text),
            ("about", Given::Text),
            ("earliest", Given::Text),
            ("latest", Given::Text),
            ("asks_parent", Given::Flag),
        ])
        .text("about");
    let mut typed_so_far = vec![(SO_FAR, given(SO_FAR)), ("parent", typed("parent"))];
    for (person, (name, born)) in PERSONS.iter().zip(&words.people) {
        people = people
            .with_data(&[(person.flag, Given::Flag)])
            .line_if(person.flag, person.name, name)
            .date_if(person.flag, person.born, born, "earliest", "latest");
        typed_so_far.extend([(person.name, typed(person.name)), (person.born, typed(person.born))]);
    }
    let people = people
        .tick_if("asks_parent", "parent", &words.parent)
        .asks(&words.next, &typed_so_far);
    let day = sheet(DAY, 3)
        .with_data(&[
            (SO_FAR, Given::Text),
            ("about", Given::Text),
            ("earliest", Given::Text),
            ("latest", Given::Text),
            ("closed", Given::Days),
        ])
        .text("about")
        .calendar("day", &words.day, &words.day_hint, ["earliest", "latest", "closed"])
        .asks(&words.next, &[(SO_FAR, given(SO_FAR)), ("day", typed("day"))]);
    let hour = sheet(HOUR, 4)
        .with_data(&[(SO_FAR, Given::Text), ("about", Given::Text), ("hours", Given::Rows)])
        .text("about")
        .dropdown("hour", &words.hour, given("hours"), true)
        .asks(&words.next, &[(SO_FAR, given(SO_FAR)), ("hour", typed("hour"))]);
    let check = sheet(CHECK, 5)
        .with_data(&[
            (SO_FAR, Given::Text),
            ("about", Given::Text),
            ("has_others", Given::Flag),
            ("others", Given::Rows),
        ])
        .text("about")
        .radio_if("has_others", "other", &words.other, given("others"))
        .caption(&words.only_now)
        .asks(&words.send, &[(SO_FAR, given(SO_FAR)), ("other", typed("other"))]);
    flow(vec![service, people, day, hour, check])
}

/// The fields of one person.
#[derive(Debug)]
pub struct PersonFields {
    /// The name.
    pub name: &'static str,
    /// The birth date.
    pub born: &'static str,
    flag: &'static str,
}

macro_rules! persons {
    ($($number:literal),*) => {
        /// The fields of each person.
        pub const PERSONS: [PersonFields; PARTY_MAX] = [$(PersonFields {
            name: concat!("name_", $number),
            born: concat!("born_", $number),
            flag: concat!("has_", $number),
        }),*];
    };
}

persons!(1, 2, 3, 4, 5);

/// The first screen: what can be booked, and for how many.
#[must_use]
pub fn service_screen(services: &[FlowOption], counts: &[FlowOption], wrong: Option<String>) -> Answer {
    let data = json!({ "services": rows(services, FLOW_OPTIONS_MAX), "counts": rows(counts, FLOW_DROPDOWN_MAX) });
    screen(SERVICE, data, wrong)
}

/// Who comes: `days` are the first and the last day that can be a birth date.
#[must_use]
pub fn people_screen(
    so_far: &str,
    about: &str,
    count: usize,
    days: [&str; 2],
    asks_parent: bool,
    wrong: Option<String>,
) -> Answer {
    let [earliest, latest] = days;
    let mut data = json!({
        SO_FAR: so_far, "about": body(about), "earliest": earliest, "latest": latest, "asks_parent": asks_parent,
    });
    for (place, person) in PERSONS.iter().enumerate() {
        data[person.flag] = json!(place < count);
    }
    screen(PEOPLE, data, wrong)
}

/// The calendar from the first day to the last, with those that cannot be taken.
#[must_use]
pub fn day_screen(so_far: &str, about: &str, days: [&str; 2], closed: &[String], wrong: Option<String>) -> Answer {
    let [earliest, latest] = days;
    let data = json!({
        SO_FAR: so_far, "about": body(about), "earliest": earliest, "latest": latest, "closed": closed,
    });
    screen(DAY, data, wrong)
}

/// The hours of a day.
#[must_use]
pub fn hour_screen(so_far: &str, about: &str, hours: &[FlowOption], wrong: Option<String>) -> Answer {
    let data = json!({ SO_FAR: so_far, "about": body(about), "hours": rows(hours, FLOW_DROPDOWN_MAX) });
    screen(HOUR, data, wrong)
}

/// Everything once more; `others` are hours to take instead, when the one that was chosen is gone.
#[must_use]
pub fn check_screen(so_far: &str, about: &str, others: &[FlowOption], wrong: Option<String>) -> Answer {
    // A choice needs a row even where nobody sees it.
    let unseen = [FlowOption::new("-", "-")];
    let shown = if others.is_empty() { unseen.as_slice() } else { others };
    let data = json!({
        SO_FAR: so_far, "about": body(about), "has_others": !others.is_empty(), "others": rows(shown, FLOW_OPTIONS_MAX),
    });
    screen(CHECK, data, wrong)
}

/// The end: the chat hears of the booking.
#[must_use]
pub fn done(token: &str, booking: BookingId) -> Answer {
    super::done(token, MARK, DONE, &booking.to_string())
}

fn body(words: &str) -> String {
    cut(words, FLOW_BODY_CHARS_MAX)
}

#[cfg(test)]
mod tests;
