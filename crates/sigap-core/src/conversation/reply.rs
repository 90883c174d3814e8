//! What the engine says: a message key with arguments, and the choices under it. Words are content's affair.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::application::Stage;
use crate::ids::{ApplicationNumber, OfficeId};
use crate::message::FormName;
use crate::office::Span;

/// A message in the engine's terms. At most one is said per turn (each delivered reply costs the office money).
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// Which text, `topic.name`; listed in `messages.rs`.
    pub key: &'static str,
    /// What goes into its placeholders. The spec of the key says which names must be there.
    pub args: Vec<(&'static str, Arg)>,
    /// How the person can go on.
    pub choices: Choices,
    /// A form inside the chat in which the same can be said; what `choices` offers holds beside it. The words on its button stand under
    /// `link.form_{name}`.
    pub fill: Option<FormName>,
    /// Words under this key that stand at the end of the message, about the talk and not about what it answers.
    pub note: Option<&'static str>,
}

/// An argument, still without language: content formats dates, rupiah and names for the reader.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Words as they are (a case number, a name).
    Text(String),
    /// Words that stand in content under this key, taken in the reader's language.
    Key(String),
    /// A count.
    Number(i64),
    /// Money.
    Rupiah(i64),
    /// A day: *Sabtu, 28 November 2026*.
    Day(Date),
    /// An instant, shown in the office's zone with its name: *28 November 2026 pukul 09.30 WIB*.
    Moment(Timestamp),
    /// The short name of an office.
    Office(OfficeId),
    /// A day in few letters: *Sab, 5 Des*.
    ShortDay(Date),
    /// A time of day at the office without its zone: *09.30*.
    Hour(Time),
    /// A time of day at the office, with its zone: *09.30 WIB*.
    Clock(Time),
    /// Opening hours of one day: *08.00–12.00 dan 13.00–16.00*; none means closed (`format.closed`).
    Hours(Vec<Span>),
    /// Days of the week in a row, 0 is Monday, both ends included: *Senin–Kamis*, or *Jumat* when they are the same.
    Weekdays(u8, u8),
    /// The name of a stage: `name` in content's table of stages.
    Stage(Stage),
    /// Shown in groups of four.
    ApplicationNumber(ApplicationNumber),
    /// One line each, with a dash before it.
    Lines(Vec<Arg>),
    /// A label, a colon and a value: a line of a price list.
    Pair(Box<Arg>, Box<Arg>),
    /// A key of content with arguments of its own: a sentence inside a message.
    Phrase(String, Vec<(&'static str, Arg)>),
    /// Nothing: the whole line that holds the placeholder is left out, and no two empty lines stay in a row.
    Empty,
}

impl Arg {
    /// A count, of whatever width; more than an `i64` holds is told as the most that it does.
    #[must_use]
    pub fn count(value: impl TryInto<i64>) -> Self {
        Self::Number(value.try_into().unwrap_or(i64::MAX))
    }
}

/// A name on a button or a row; its words stand in content under `choice.{name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Choice(pub &'static str);

/// A row made at run time. A tap brings back the choice with its value, so a row of an old list never means another thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// What is picked for.
    pub choice: Choice,
    /// What: a day, an hour, the number of a booking.
    pub value: String,
    /// The words on the row: 24 characters.
    pub title: Arg,
    /// Smaller words below.
    pub description: Arg,
}

/// How a person can go on.
#[derive(Debug, Clone, PartialEq)]
pub enum Choices {
    /// By typing.
    None,
    /// One to three buttons.
    Buttons(Vec<Choice>),
    /// A list; at most ten rows in all. The words on its button stand under `list.{button}`.
    List {
        /// Name of the button's words.
        button: &'static str,
        /// Groups; the title's words stand under `section.{title}`.
        sections: Vec<(Option<&'static str>, Vec<Choice>)>,
    },
    /// Buttons about one thing: a tap brings back the choice and which thing it was about, however old the message is.
    About {
        /// Which, e.g. the number of a booking.
        value: String,
        /// One to three.
        buttons: Vec<Choice>,
    },
    /// A list whose rows are made at run time: days, hours, bookings. At most ten rows in all.
    Picks {
        /// Name of the words on the button that opens the list.
        button: &'static str,
        /// What can be picked.
        rows: Vec<Pick>,
        /// Further rows with words of their own.
        also: Vec<Choice>,
    },
    /// A web address; the words on its button stand under `link.{label}`.
    Link {
        /// Name of the button's words.
        label: &'static str,
        /// `https://…`
        url: String,
    },
    /// The satisfaction survey as a form; the words on its button stand under `link.{label}`. The text names its page as well.
    Survey {
        /// Name of the button's words.
        label: &'static str,
        /// The visit, by the secret of its address.
        token: String,
    },
}
