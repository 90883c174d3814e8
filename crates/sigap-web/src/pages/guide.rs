//! The dialogue as pages: the pure engine is asked as if somebody had tapped a choice, and what it says is laid out as a page, with its
//! choices as links. No person, no store: what needs one of them has a page of its own, and `path_of` knows it.

use jiff::Timestamp;
use sigap_core::conversation::choice::{self, *};
use sigap_core::conversation::dialogue::Step;
use sigap_core::conversation::reply::{Arg, Choice, Choices, Reply};
use sigap_core::conversation::state::State;
use sigap_core::conversation::step;
use sigap_core::inbound::Said;
use sigap_core::message::Form;

use super::Words;

/// Texts of the chat that speak of typing, with the words that a page says in their place.
const OWN_WORDS: [(&str, &str); 3] = [
    ("requirements.age", "guide.age"),
    ("requirements.how_m_paspor", "guide.how_m_paspor"),
    ("help.info", "guide.help"),
];

/// Where a page leads on.
pub(crate) struct Way {
    pub(crate) href: String,
    pub(crate) title: String,
    /// Smaller words; may be empty.
    pub(crate) about: String,
}

/// Whether a choice is answered by a page of words alone.
pub(crate) fn is_answered_alone(choice: Choice) -> bool {
    matches!(
        choice,
        FEES | PAYMENT
            | PAYMENT_PROBLEM
            | DURATION
            | PICKUP
            | PICKUP_SELF
            | PICKUP_FAMILY
            | PICKUP_OTHER
            | PICKUP_CHILD
            | HOURS
            | PRIORITY
            | SIMPATIK
            | HELPDESK
            | ENCRYPTION
            | HELP
            | BROKER
            | choice::ELSEWHERE
            | QUEUE
            | QUEUE_CANCEL
    )
}

/// The page of a choice at an office.
pub(crate) fn path_of(slug: &str, choice: Choice) -> String {
    let part = choice.0.split_once('.').map_or("", |(_, part)| part);
    let page = match choice.topic() {
        "status" => "/status".to_owned(),
        "booking" if matches!(choice, BOOKING_MINE | BOOKING_SHOW | BOOKING_CHANGE | BOOKING_CANCEL) => {
            "/tiket".to_owned()
        }
        "position" => "/tiket".to_owned(),
        "queue" if choice == QUEUE_CANCEL => format!("/info/{}", choice.0),
        "booking" | "queue" => "/antrean".to_owned(),
        "feedback" if part.is_empty() || part.starts_with("rate") || part == "skip" => "/masukan".to_owned(),
        "feedback" => format!("/masukan?jenis={part}"),
        "officer" | "bind" => "/obrolan".to_owned(),
        "language" | "notices" => "/setelan".to_owned(),
        "requirements" if part.is_empty() => "/syarat".to_owned(),
        "requirements" => format!("/syarat/{part}"),
        _ if is_answered_alone(choice) => format!("/info/{}", choice.0),
        _ => String::new(),
    };
    format!("/o/{slug}{page}")
}

/// What the engine says to a choice that nobody in particular tapped; `None` when it wants to know something of a person or of the store.
pub(crate) fn ask(words: Words<'_>, now: Timestamp, choice: Choice) -> Option<Reply> {
    let world = words.content().world(words.office.id, now)?;
    let state = State {
        language: words.language,
        is_greeted: true,
        ..State::default()
    };
    match step(&world, &state, &Said::Choice(choice.0.to_owned()), &[]) {
        Step::Done(outcome) => outcome.reply.map(with_own_words),
        Step::Ask(_) => None,
    }
}

/// The same reply in the page's own words where the chat's make no sense on one.
fn with_own_words(mut reply: Reply) -> Reply {
    let own = |key: &str| OWN_WORDS.iter().find(|(chat, _)| *chat == key).map(|(_, page)| *page);
    if let Some(page) = own(reply.key) {
        reply.key = page;
    }
    for (_, arg) in &mut reply.args {
        if let Arg::Key(key) = arg
            && let Some(page) = own(key)
        {
            page.clone_into(key);
        }
    }
    reply
}

/// The words of a reply.
pub(crate) fn body(words: Words<'_>, reply: &Reply) -> String {
    words.key(reply.key, &reply.args)
}

/// The choices of a reply as links. The way to the menu is left out: each page has it.
pub(crate) fn ways(words: Words<'_>, reply: &Reply) -> Vec<Way> {
    // The words stand in the form of the message alone; its body is not needed.
    let shell = Reply {
        key: reply.key,
        args: Vec::new(),
        choices: reply.choices.clone(),
        fill: None,
        note: None,
    };
    let way = |name: &str, title: String, about: String| {
        let choice = Choice::find(Choice::split(name).0)?;
        let is_menu = matches!(choice, MENU | MORE | BACK);
        (!is_menu).then(|| Way {
            href: path_of(&words.office.slug, choice),
            title,
            about,
        })
    };
    match words.content().render(words.office, words.language, &shell).form {
        Form::Buttons(buttons) => buttons
            .into_iter()
            .filter_map(|button| way(&button.choice, button.title, String::new()))
            .collect(),
        Form::List { sections, .. } => sections
            .into_iter()
            .flat_map(|section| section.rows)
            .filter_map(|row| way(&row.choice, row.title, row.description.unwrap_or_default()))
            .collect(),
        Form::Link { label, url } => vec![Way {
            href: url,
            title: label,
            about: String::new(),
        }],
        Form::Text | Form::Survey { .. } | Form::Template { .. } => Vec::new(),
    }
}

/// Further ways from a page, by choice.
pub(crate) fn ways_to(words: Words<'_>, choices: &[Choice]) -> Vec<Way> {
    let choices = Choices::List {
        button: "choose",
        sections: vec![(None, choices.to_vec())],
    };
    ways(
        words,
        &Reply {
            key: "requirements.which",
            args: Vec::new(),
            choices,
            fill: None,
            note: None,
        },
    )
}

/// Who may come without booking here, in one sentence: told before anybody books. `None` where the office has no such groups, or where
/// nobody vouches for its list any more.
pub(crate) fn priority_notice(words: Words<'_>) -> Option<String> {
    let office = words.office;
    if office.is_priority_stale {
        return None;
    }
    let groups: Vec<String> = office
        .priority
        .iter()
        .filter(|group| GROUPS.contains(&group.id.as_str()))
        .map(|group| {
            let age = group
                .age_from
                .or(group.age_below)
                .map_or(Arg::Empty, |age| Arg::Number(i64::from(age)));
            words.key(&format!("guide.group_{}", group.id), &[("age", age)])
        })
        .collect();
    let groups = Arg::Text(groups.join(", "));
    (!office.priority.is_empty()).then(|| words.key("guide.priority_notice", &[("groups", groups)]))
}

/// Groups that have words.
const GROUPS: [&str; 6] = ["lansia", "disabilitas", "hamil", "menyusui", "balita", "sakit"];

#[cfg(test)]
mod tests;
