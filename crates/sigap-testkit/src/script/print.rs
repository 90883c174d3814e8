//! Replies and effects as script lines: short, stable, readable. Times are the office's.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use sigap_content::Content;
use sigap_core::conversation::dialogue::Effect;
use sigap_core::conversation::reply::{Arg, Choices, Reply};
use sigap_core::office::Span;

/// A reply as it stands after `<`.
pub(super) fn reply(content: &Content, zone: &TimeZone, reply: &Reply) -> String {
    let mut line = reply.key.to_owned();
    for (name, arg) in reply.args.iter().filter(|(_, arg)| *arg != Arg::Empty) {
        line.push_str("  ");
        line.push_str(name);
        line.push('=');
        line.push_str(&argument(content, zone, arg));
    }
    match &reply.choices {
        Choices::None => {}
        Choices::Buttons(buttons) => {
            line.push(' ');
            buttons
                .iter()
                .for_each(|choice| line.push_str(&format!(" [{}]", choice.0)));
        }
        Choices::List { sections, .. } => {
            let rows = sections.iter().flat_map(|(_, rows)| rows.iter().map(|choice| choice.0));
            line.push_str(&format!("  list: {}", rows.collect::<Vec<_>>().join(", ")));
        }
        Choices::About { buttons, .. } => {
            line.push(' ');
            buttons
                .iter()
                .for_each(|choice| line.push_str(&format!(" [{}:…]", choice.0)));
        }
        Choices::Picks { rows, also, .. } => {
            let rows = rows.iter().map(|row| {
                let about = argument(content, zone, &row.description);
                let about = if about.is_empty() { about } else { format!(" ({about})") };
                format!("{}{about}", value(row.choice.0, &row.value))
            });
            let rows = rows.chain(also.iter().map(|choice| choice.0.to_owned()));
            line.push_str(&format!("  list: {}", rows.collect::<Vec<_>>().join(", ")));
        }
        Choices::Link { label, .. } => line.push_str(&format!("  link: {label}")),
        Choices::Survey { label, .. } => line.push_str(&format!("  form: {label}")),
    }
    if let Some(note) = reply.note {
        line.push_str(&format!("  note: {note}"));
    }
    line
}

/// A choice with its value; numbers of bookings are left out, they differ from run to run.
fn value(choice: &str, value: &str) -> String {
    if value.len() > 10 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{choice}:…")
    } else {
        format!("{choice}:{value}")
    }
}

/// An effect as it stands after `!`.
pub(super) fn effect(effect: &Effect) -> String {
    match effect {
        Effect::ForgetMessage => "forget_message".to_owned(),
        Effect::NoteUnclear(_) => "note_unclear".to_owned(),
        Effect::SetOptOut(is_out) => format!("opt_out {is_out}"),
    }
}

fn argument(content: &Content, zone: &TimeZone, arg: &Arg) -> String {
    let inner = |arg: &Arg| argument(content, zone, arg);
    match arg {
        Arg::Text(text) => format!("\"{}\"", text.replace('\n', "\\n")),
        Arg::Key(key) => key.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Rupiah(rupiah) => format!("Rp{rupiah}"),
        Arg::Day(day) => day.to_string(),
        Arg::Moment(at) => zone.to_datetime(*at).strftime("%Y-%m-%dT%H:%M").to_string(),
        Arg::Office(id) => content
            .office(*id)
            .map_or_else(|| id.to_string(), |office| office.slug.clone()),
        Arg::ShortDay(day) => day.to_string(),
        Arg::Hour(time) | Arg::Clock(time) => clock(*time),
        Arg::Hours(spans) => hours(spans),
        Arg::Weekdays(from, to) => format!("day{from}-{to}"),
        Arg::Stage(stage) => stage.name().to_owned(),
        Arg::ApplicationNumber(number) => number.as_str().to_owned(),
        Arg::Lines(lines) => format!("[{}]", lines.iter().map(inner).collect::<Vec<_>>().join(", ")),
        Arg::Pair(label, value) => format!("{}: {}", inner(label), inner(value)),
        Arg::Phrase(key, args) => {
            let args = args
                .iter()
                .filter(|(_, arg)| *arg != Arg::Empty)
                .map(|(name, arg)| format!("{name}={}", inner(arg)));
            format!("{key}({})", args.collect::<Vec<_>>().join(" "))
        }
        Arg::Empty => String::new(),
    }
}

fn hours(spans: &[Span]) -> String {
    if spans.is_empty() {
        return "closed".to_owned();
    }
    let spans: Vec<String> = spans
        .iter()
        .map(|span| format!("{}-{}", clock(span.from), clock(span.to)))
        .collect();
    spans.join("+")
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
