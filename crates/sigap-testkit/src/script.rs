//! Chat scripts: conversations as plain text that a colleague from the office can read. Parses them; running is the work
//! of each level (`script::engine` is level 1, the pure engine).
//!
//! ```text
//! # status: wrong number first, then right          the first comment is the title
//! office jakarta-pusat   now 2026-12-01 09:15       office and its local time; `@http` marks scripts for the
//!                                                   HTTP level, `@bookings` those on the sample content with bookings
//! = lookup application 1179000000123456 -> ready  born=1990-03-12 proved=ready:2026-11-28
//! = bound 1179000000123456                          this phone is bound to it
//! = slip AB12CD34 -> 1179000000123456               the counter printed this code
//! = form 3272014107900001                           the form of the last address is sent (scripts with `@bookings`)
//! = full pickup 2026-12-08                          others took all places of that day; also `stopped`, `others`, `value`
//! = changed fee/EP10 rupiah=950000 check_again_on=2026-11-30   the office published that change (scripts with `@changed`)
//! > halo                                            typed (`\n` and `\u{200f}` are escapes, `(repeat 10000 a)` a long one)
//! > [status]                                        a tap on a button or row
//! > (image: foto KTP saya)                          a photo with words; (image) without; also (sticker), (location) …
//! > (location: -6.6, 106.8)                         a place, degrees north and east; (location) has no coordinates
//! < status.ask_number  [bind] [menu]                the answer: key, arguments, choices
//! < -                                               no answer
//! ! forget_message                                  what has to be done besides
//! + 3d                                              time passes: m, h, d
//! ```

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use sigap_core::application::Stage;
use sigap_core::ids::ApplicationNumber;
use sigap_core::inbound::{FilledSurvey, Media, MediaKind, Said};
use sigap_core::person::Contact;
use sigap_core::point::Point;
use sigap_core::survey::{BEST, ELEMENTS};

pub mod desk;
pub mod engine;
pub mod stored;
mod print;

/// One script file: one conversation of one person with one office.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Where and when it begins.
    pub header: Header,
    /// What happens, in order, each with the number of its line (from 1).
    pub steps: Vec<(usize, Step)>,
}

/// The start of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The first comment, without `#`.
    pub title: String,
    /// Slug of the office.
    pub office: String,
    /// Local time at the office when the first message comes.
    pub now: DateTime,
    /// Words with `@`, without it: `http`.
    pub marks: Vec<String>,
}

impl Header {
    /// Whether the script is marked with a word, e.g. `http`.
    #[must_use]
    pub fn is_marked(&self, mark: &str) -> bool {
        self.marks.iter().any(|known| known == mark)
    }
}

/// One line of a script.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `>` The person sends something.
    Says(Said),
    /// `<` The answer as it is printed, without the sign; `-` for none.
    Hears(String),
    /// `!` What has to be done besides, as it is printed, without the sign.
    Does(String),
    /// `=` The world is like this from here on.
    Fact(Fact),
    /// `+` Time passes.
    Waits(SignedDuration),
}

/// What the store knows in a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// An application is known, or changed.
    Application(KnownApplication),
    /// The phone is bound.
    Bound(ApplicationNumber),
    /// The NIK form of the last address is sent.
    Form {
        /// One for each person.
        niks: Vec<String>,
    },
    /// All places of a day are taken by others.
    Full {
        /// The service.
        service: String,
        /// The day.
        day: Date,
    },
    /// The office stops a day.
    Stopped {
        /// The service.
        service: String,
        /// The day.
        day: Date,
        /// Why.
        reason: String,
    },
    /// Others entered the draw of a day, or are in its waiting room.
    Others {
        /// The service.
        service: String,
        /// The day.
        day: Date,
        /// How many.
        count: u32,
    },
    /// The public value of a draw is known.
    Value {
        /// The service.
        service: String,
        /// The day.
        day: Date,
        /// The value.
        value: String,
    },
    /// The office published a change of its content.
    Changed {
        /// Of which entry.
        key: String,
        /// Its fields.
        fields: Vec<(String, String)>,
    },
    /// A slip code was printed.
    Slip {
        /// The code as stored: eight capitals and digits.
        code: String,
        /// What it binds to.
        number: ApplicationNumber,
    },
}

/// An application as the office's reports tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownApplication {
    /// The number.
    pub number: ApplicationNumber,
    /// How far.
    pub stage: Stage,
    /// Slug of the office, when it is another than the script's.
    pub office: Option<String>,
    /// Birth date.
    pub born_on: Option<Date>,
    /// Day of application.
    pub applied_on: Option<Date>,
    /// When each stage was proved.
    pub proved: Vec<(Stage, Date)>,
    /// Name as in the reports.
    pub name: Option<String>,
    /// Billing code.
    pub billing_code: Option<String>,
    /// Local time of the last import.
    pub data_at: Option<DateTime>,
}

/// A line that is not a script's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl std::fmt::Display for ScriptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for ScriptError {}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// Names the first line that cannot be read; a script without `office` line has none.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut title = String::new();
        let mut header = None;
        let mut steps = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            let at = |what: String| ScriptError { line: number, what };
            if let Some(comment) = line.strip_prefix('#') {
                if title.is_empty() {
                    comment.trim().clone_into(&mut title);
                }
            } else if line.trim().is_empty() {
            } else if line.starts_with("office ") {
                header = Some(parse_header(line, &title).map_err(at)?);
            } else if header.is_none() {
                return Err(at("the `office` line comes first".into()));
            } else {
                steps.push((number, parse_step(line).map_err(at)?));
            }
        }
        let header = header.ok_or(ScriptError {
            line: 1,
            what: "a line `office SLUG   now YYYY-MM-DD HH:MM` is missing".into(),
        })?;
        Ok(Self { header, steps })
    }
}

fn parse_header(line: &str, title: &str) -> Result<Header, String> {
    let mut words = line.split_whitespace().skip(1);
    let office = words.next().ok_or("the office is missing")?.to_owned();
    if words.next() != Some("now") {
        return Err("after the office comes `now YYYY-MM-DD HH:MM`".into());
    }
    let (date, time) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let now = parse_date_time(&format!("{date}T{time}"))?;
    let marks = words.map(|word| word.trim_start_matches('@').to_owned()).collect();
    Ok(Header {
        title: title.to_owned(),
        office,
        now,
        marks,
    })
}

fn parse_step(line: &str) -> Result<Step, String> {
    let (sign, rest) = line.split_at_checked(1).unwrap_or((line, ""));
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    match sign {
        ">" => parse_said(rest).map(Step::Says),
        "<" => Ok(Step::Hears(rest.trim_end().to_owned())),
        "!" => Ok(Step::Does(rest.trim_end().to_owned())),
        "=" => parse_fact(rest.trim()).map(Step::Fact),
        "+" => parse_wait(rest.trim()).map(Step::Waits),
        _ => Err(format!("a line begins with > < ! = + or #, not `{sign}`")),
    }
}

fn parse_said(text: &str) -> Result<Said, String> {
    if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return Ok(Said::Choice(name.to_owned()));
    }
    let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
        return unescape(text).map(Said::Text);
    };
    let (kind, words) = match inner.split_once(':') {
        Some((kind, words)) => (kind.trim(), Some(unescape(words.trim())?)),
        None => (inner.trim(), None),
    };
    let media = |kind, mime: &str| {
        Ok(Said::Media(Media {
            kind,
            media_id: Some("1000".to_owned()),
            mime_type: Some(mime.to_owned()),
            caption: words.clone(),
            filename: None,
        }))
    };
    match kind {
        "image" => media(MediaKind::Image, "image/jpeg"),
        "document" => media(MediaKind::Document, "application/pdf"),
        "audio" => media(MediaKind::Audio, "audio/ogg"),
        "video" => media(MediaKind::Video, "video/mp4"),
        // One that the channel did not take.
        "large" => Ok(Said::Media(Media {
            kind: MediaKind::Document,
            media_id: None,
            mime_type: None,
            caption: None,
            filename: None,
        })),
        "sticker" => media(MediaKind::Sticker, "image/webp"),
        "location" => parse_place(words.as_deref()),
        "contact" => Ok(Said::Contacts {
            own_number: None,
            names: Vec::new(),
        }),
        "reaction" => Ok(Said::Reaction(words)),
        "form" => Ok(Said::Form(words.unwrap_or_default())),
        "survey" => Ok(Said::Survey(FilledSurvey {
            token: words.unwrap_or_default(),
            answers: [Some(BEST); ELEMENTS],
            comment: String::new(),
        })),
        "opened" => Ok(Said::Opened),
        "stale" => Ok(Said::StaleChoice(words.unwrap_or_default())),
        "edited" => Ok(Said::Edited {
            message_id: "wamid.1".to_owned(),
            text: words,
        }),
        "revoked" => Ok(Said::Revoked {
            message_id: "wamid.1".to_owned(),
        }),
        "moved" => Ok(Said::IdentityChanged {
            previous_bsuid: None,
            previous_phone: None,
            current: Contact::default(),
        }),
        "unsupported" => Ok(Said::Other {
            kind: "unsupported".to_owned(),
        }),
        "silent" => Ok(Said::Silent {
            kind: "system".to_owned(),
        }),
        other => match other.strip_prefix("repeat ").and_then(|rest| rest.split_once(' ')) {
            Some((count, text)) => {
                let count: usize = count.parse().map_err(|_| format!("`{count}` is not a count"))?;
                Ok(Said::Text(unescape(text)?.repeat(count)))
            }
            // Words in brackets are words.
            None => unescape(text).map(Said::Text),
        },
    }
}

/// `(location)` has no coordinates, `(location: -6.6, 106.8)` has degrees north and east.
fn parse_place(words: Option<&str>) -> Result<Said, String> {
    let Some(words) = words else {
        return Ok(Said::Location);
    };
    let degrees = |text: &str| text.trim().parse::<f64>().ok();
    words
        .split_once(',')
        .and_then(|(north, east)| Point::new(degrees(north)?, degrees(east)?))
        .map(Said::LocationAt)
        .ok_or_else(|| format!("`{words}` are no coordinates: write `(location: -6.6, 106.8)`"))
}

fn parse_fact(text: &str) -> Result<Fact, String> {
    if let Some(rest) = text.strip_prefix("lookup application ") {
        return parse_application(rest).map(Fact::Application);
    }
    if let Some(rest) = text.strip_prefix("bound ") {
        return parse_number(rest).map(Fact::Bound);
    }
    if let Some(rest) = text.strip_prefix("slip ") {
        let (code, number) = rest.split_once("->").ok_or("a slip is `slip CODE -> NUMBER`")?;
        return Ok(Fact::Slip {
            code: code.trim().to_owned(),
            number: parse_number(number)?,
        });
    }
    if let Some(rest) = text.strip_prefix("form ") {
        return Ok(Fact::Form {
            niks: rest.split_whitespace().map(str::to_owned).collect(),
        });
    }
    let day = |rest: &str| -> Result<(String, Date, String), String> {
        let mut words = rest.splitn(3, ' ');
        let service = words.next().unwrap_or_default().to_owned();
        let day = parse_date(words.next().unwrap_or_default())?;
        Ok((service, day, words.next().unwrap_or_default().to_owned()))
    };
    if let Some(rest) = text.strip_prefix("full ") {
        let (service, day, _) = day(rest)?;
        return Ok(Fact::Full { service, day });
    }
    if let Some(rest) = text.strip_prefix("stopped ") {
        let (service, day, reason) = day(rest)?;
        return Ok(Fact::Stopped { service, day, reason });
    }
    if let Some(rest) = text.strip_prefix("others ") {
        let (service, day, count) = day(rest)?;
        let count = count.parse().map_err(|_| format!("`{count}` is not a count"))?;
        return Ok(Fact::Others { service, day, count });
    }
    if let Some(rest) = text.strip_prefix("changed ") {
        let mut words = quoted_words(rest).into_iter();
        let key = words.next().ok_or("after `changed` comes the key of an entry")?;
        let fields = words.map(|word| {
            let field = word
                .split_once('=')
                .ok_or_else(|| format!("`{word}` is not `name=value`"))?;
            Ok((field.0.to_owned(), field.1.to_owned()))
        });
        let fields = fields.collect::<Result<_, String>>()?;
        return Ok(Fact::Changed { key, fields });
    }
    if let Some(rest) = text.strip_prefix("value ") {
        let (service, day, value) = day(rest)?;
        return Ok(Fact::Value { service, day, value });
    }
    Err(
        "a fact is `lookup application`, `bound`, `slip`, `form`, `full`, `stopped`, `others`, `value` or `changed`"
            .into(),
    )
}

fn parse_application(text: &str) -> Result<KnownApplication, String> {
    let (number, rest) = text.split_once("->").ok_or("after the number comes `-> stage`")?;
    let mut words = quoted_words(rest).into_iter();
    let stage = words.next().unwrap_or_default();
    let stage = Stage::from_name(&stage).ok_or_else(|| format!("`{stage}` is not a stage"))?;
    let mut known = KnownApplication {
        number: parse_number(number)?,
        stage,
        office: None,
        born_on: None,
        applied_on: None,
        proved: Vec::new(),
        name: None,
        billing_code: None,
        data_at: None,
    };
    for word in words {
        let (name, value) = word
            .split_once('=')
            .ok_or_else(|| format!("`{word}` is not `name=value`"))?;
        match name {
            "office" => known.office = Some(value.to_owned()),
            "born" => known.born_on = Some(parse_date(value)?),
            "applied" => known.applied_on = Some(parse_date(value)?),
            "name" => known.name = Some(value.to_owned()),
            "billing" => known.billing_code = Some(value.to_owned()),
            "data" => known.data_at = Some(parse_date_time(value)?),
            "proved" => {
                for step in value.split(',') {
                    let (stage, day) = step.split_once(':').ok_or("a proof is `stage:YYYY-MM-DD`")?;
                    let stage = Stage::from_name(stage).ok_or_else(|| format!("`{stage}` is not a stage"))?;
                    known.proved.push((stage, parse_date(day)?));
                }
            }
            other => return Err(format!("an application has no `{other}`")),
        }
    }
    Ok(known)
}

/// Words separated by space; a double quote keeps space inside a word and is dropped.
fn quoted_words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in text.trim().chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            _ => words.last_mut().into_iter().for_each(|word| word.push(c)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn parse_wait(text: &str) -> Result<SignedDuration, String> {
    let (count, unit) = text.split_at_checked(text.len().saturating_sub(1)).unwrap_or_default();
    let count: i64 = count.parse().map_err(|_| format!("`{text}` is not a time like `3d`"))?;
    match unit {
        "m" => Ok(SignedDuration::from_mins(count)),
        "h" => Ok(SignedDuration::from_hours(count)),
        "d" => Ok(SignedDuration::from_hours(count * 24)),
        _ => Err(format!("`{unit}` is not m, h or d")),
    }
}

fn parse_number(text: &str) -> Result<ApplicationNumber, String> {
    ApplicationNumber::parse(text.trim()).ok_or_else(|| "an application number has 16 digits".to_owned())
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a day like 2026-12-01"))
}

fn parse_date_time(text: &str) -> Result<DateTime, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a time like 2026-12-01T09:15"))
}

/// `\n`, `\t`, `\0`, `\\` and `\u{…}`.
fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('0') => out.push('\0'),
            Some('\\') => out.push('\\'),
            Some('u') => {
                let (code, end) = after
                    .strip_prefix("u{")
                    .and_then(|rest| rest.split_once('}'))
                    .ok_or("an escape is `\\u{200f}`")?;
                let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
                out.push(c.ok_or_else(|| format!("`{code}` is not a character"))?);
                rest = end;
                continue;
            }
            _ => return Err("an escape is one of \\n \\t \\0 \\\\ \\u{…}".into()),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests;
