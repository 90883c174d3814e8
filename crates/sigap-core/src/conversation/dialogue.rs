//! The border of the engine: what it is given, what it may ask, what it gives back.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use crate::application::{ApplicationView, SlipCode};
use crate::booking::slots::DayState;
use crate::booking::{ApprovalCode, BookingRefusal, BookingView, OpeningView, RoomPlace, Visitor};
use crate::cases::CaseKind;
use crate::catalogue::Catalogue;
use crate::ids::{ApplicationNumber, BookingId, CaseId, CounterName};
use crate::inbound::{FilledSurvey, Media};
use crate::intake::{IntakeChange, IntakeView};
use crate::office::Office;
use crate::queue::{TicketLabel, VisitState};

use sigap_understand::classify::Model;

use super::reply::Reply;
use super::state::{PrivateWords, State};
use super::vocabulary::Vocabulary;

/// Everything the engine may look at besides state and message.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The office whose number was written to.
    pub office: &'a Office,
    /// Fees, papers, cases, payment, pick-up.
    pub catalogue: &'a Catalogue,
    /// Words that lead to topics, per language.
    pub vocabulary: &'a Vocabulary,
    /// All offices: somebody may ask at one for another.
    pub offices: &'a [Office],
    /// Knows what whole sentences ask for.
    pub understanding: &'a Model,
    /// Now.
    pub now: Timestamp,
}

/// A question the engine asks in the middle of a turn; answered from the same transaction, then the turn steps again.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// What may this person see of this application?
    ViewApplication {
        /// The number typed.
        number: ApplicationNumber,
        /// The second proof, when it was typed.
        born_on: Option<Date>,
    },
    /// The application this phone is bound to, most recent first.
    ViewBound,
    /// Bind this phone by the slip code from the counter.
    Bind {
        /// The code.
        code: SlipCode,
    },
    /// Is this person told when that application moves on?
    IsFollowed {
        /// The number shown.
        number: ApplicationNumber,
    },
    /// Tell this person from now on when that application moves on.
    Follow {
        /// The number shown.
        number: ApplicationNumber,
    },
    /// Tell this person no longer.
    Unfollow {
        /// Of which application; of any when there is none.
        number: Option<ApplicationNumber>,
    },
    /// Note a file in case an officer is asked for soon.
    NoteFile(Media),
    /// The same, but when they have just asked for one it goes there.
    GiveFile(Media),
    /// Open a case and give it a number. What was noted before comes along.
    OpenCase {
        /// What kind.
        kind: CaseKind,
        /// The citizen's words; may be empty for `Officer`.
        text: String,
        /// One to five, when given.
        rating: Option<u8>,
    },
    /// Of what kind is the case of that number, when this person brought it?
    FindCase {
        /// As citizens see it.
        number: String,
    },
    /// Note how the citizen found the answer to a case.
    RateCase {
        /// The case.
        case: CaseId,
        /// One to five.
        rating: u8,
    },
    /// Which days and hours of a service have room for so many people, from today to the end of what is announced?
    ListFree {
        /// The service, by its id.
        service: String,
        /// People.
        places: u8,
    },
    /// Hold places for a few minutes.
    HoldPlaces {
        /// The service.
        service: String,
        /// Day and hour.
        at: DateTime,
        /// Who comes.
        people: Vec<Visitor>,
    },
    /// Enter people for the draw of a day, or put them on its waiting list.
    EnterOpening {
        /// The service.
        service: String,
        /// The day.
        date: Date,
        /// Who wants to come.
        people: Vec<Visitor>,
    },
    /// Say yes to a hold or an offer.
    ConfirmBooking {
        /// Which.
        id: BookingId,
    },
    /// Say yes to a hold by its approval code (the dialogue of 2017).
    ApproveBooking {
        /// The eight digits.
        code: ApprovalCode,
    },
    /// Give a booking, an entry or an offer back.
    CancelBooking {
        /// Which.
        id: BookingId,
    },
    /// Change day and hour.
    MoveBooking {
        /// Which.
        id: BookingId,
        /// To then.
        at: DateTime,
    },
    /// Bookings, entries and offers under this contact that are not over.
    ViewBookings,
    /// Of whom papers may be given ahead, with what was given: the people of this contact's bookings.
    ViewIntakes,
    /// Keep what was given for one of a booking's people.
    ChangeIntake {
        /// The booking.
        booking: BookingId,
        /// Which of its people, from 0.
        place: u8,
        /// What.
        change: Box<IntakeChange>,
    },
    /// Where this person stands in the hall today.
    ViewPlace,
    /// How many want to come to an opening, and how many can.
    ViewOpening {
        /// The service.
        service: String,
        /// The day.
        date: Date,
    },
    /// Keep what this person answered in the survey's form.
    KeepSurvey(FilledSurvey),
    /// Is there a browser that shows this code?
    FindBrowser {
        /// The eight characters.
        code: String,
    },
    /// Let the browser with this code act for the person.
    TieBrowser {
        /// The eight characters.
        code: String,
    },
    /// Make the code worthless.
    RefuseBrowser {
        /// The eight characters.
        code: String,
    },
    /// Go into the waiting room of an opening, or look where one stands.
    EnterRoom {
        /// The service.
        service: String,
        /// The day.
        date: Date,
    },
}

/// The answer to a question, in the order asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To `ViewApplication`.
    View(ApplicationView),
    /// To `ViewBound`: the number belonging to the view, or none is bound. To `Bind`: the number now bound, or the
    /// code was wrong, used, lapsed or tried too often (one and the same answer).
    Bound(Option<(ApplicationNumber, ApplicationView)>),
    /// To `IsFollowed`.
    Followed(bool),
    /// To `Follow`.
    Follow(FollowTold),
    /// To `Unfollow`.
    Unfollowed,
    /// To `NoteFile` and `GiveFile`.
    File(FileTold),
    /// To `OpenCase`.
    Opened {
        /// Its number as the citizen sees it, e.g. `JP-2611-0042`.
        number: String,
        /// Files sent before that come along.
        files: usize,
    },
    /// To `RateCase`: its number as the citizen sees it.
    Case(String),
    /// To `FindCase`, with the number of its files; `None` when it is nobody's or somebody else's.
    CaseKind(Option<(CaseKind, usize)>),
    /// To `ListFree`: day by day.
    Free(Vec<(Date, DayState)>),
    /// To whatever was to be done with a booking.
    Booking(Result<BookingView, BookingRefusal>),
    /// To `ViewBookings`: the next visit first.
    Bookings(Vec<BookingView>),
    /// To `ViewIntakes`: the next visit first.
    Intakes(Vec<IntakeView>),
    /// To `ChangeIntake`; `None` when the booking is over, or not theirs.
    Intake(Option<IntakeView>),
    /// To `ViewPlace`; `None` without a number of today.
    Place(Option<PlaceTold>),
    /// To `ViewOpening`; `None` when there is no such opening.
    Opening(Option<OpeningView>),
    /// To `EnterRoom`.
    Room(Result<RoomPlace, BookingRefusal>),
    /// To `KeepSurvey`.
    Survey(SurveyTold),
    /// To `FindBrowser` and `TieBrowser`: the number that the page shows as well; `None` for a code that is unknown, too old or not for this
    /// person. To `RefuseBrowser`: nothing.
    Browser(Option<u8>),
    /// To any question that only somebody may ask whose phone is known: where they show whose the browser is.
    NeedsPhone {
        /// The page.
        url: String,
    },
}

/// What becomes of a file that nobody has asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileTold {
    /// Nothing: it can not be fetched.
    NotTaken,
    /// It is noted, and fetched when an officer is asked for soon.
    Noted,
    /// It is fetched for the case that was just opened.
    Joined {
        /// Its number.
        case: String,
    },
}

/// What became of a filled survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SurveyTold {
    /// It is kept.
    Kept,
    /// That visit was answered about before.
    Again,
    /// That visit is not over.
    NotYet,
    /// None of the questions was answered.
    Nothing {
        /// The page with the same questions.
        url: String,
    },
    /// There is no such visit of this person at this office.
    Unknown,
}

/// What became of the wish to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowTold {
    /// It is kept.
    Kept,
    /// They are told about as many as they can be.
    TooMany,
    /// There is nothing here that reports will move.
    Nothing,
}

/// A number in the hall as its owner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceTold {
    /// What stands on the ticket.
    pub label: TicketLabel,
    /// How far it is.
    pub state: VisitState,
    /// People before; never more than was told.
    pub ahead: u32,
    /// When it will probably be called; `None` while nobody can know.
    pub times: Option<(Time, Time)>,
    /// Where it was called to last.
    pub counter: Option<CounterName>,
    /// Its page.
    pub url: String,
}

/// What the caller has to do besides saving the state and sending the reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The message held what must not be kept with its sender (a NIK, a family card, answers to the survey): store it without content.
    ForgetMessage,
    /// What was said was not understood: keep it without its writer, for whoever teaches. Numbers and names are gone from it.
    NoteUnclear(PrivateWords),
    /// No notices any more (true) or again (false).
    SetOptOut(bool),
}

/// The result of one step.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Answer this, then step again with the answer appended.
    Ask(Question),
    /// The turn is over.
    Done(Box<Outcome>),
}

/// A finished turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// To be saved.
    pub state: State,
    /// To be said; `None` for what needs no answer (a reaction).
    pub reply: Option<Reply>,
    /// To be done.
    pub effects: Vec<Effect>,
    /// The topic that answered, for counting.
    pub topic: &'static str,
}
