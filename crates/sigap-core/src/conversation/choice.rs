//! All choices by name: what may stand on a button or a row, and what can be asked for in words. No words here; those
//! are content (`choice.{name}`).

use super::reply::Choice;

/// What a choice is good for when it is typed instead of tapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A wish: *status*, *biaya*. Understood at any point of the dialogue.
    Wish,
    /// A thing a wish may be about: *paspor hilang*. Understood anywhere, but a wish in the same sentence is stronger.
    Matter,
    /// An answer to one question: *karena bencana*. Understood only while it is offered.
    Answer,
}

/// Where the words of a choice have to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// On a reply button: 20 characters. It may stand on a row as well.
    Button,
    /// On a row of a list only: 24 characters.
    Row,
    /// Nowhere: it is only ever typed, and has no words in content.
    Unseen,
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident = $value:literal, $reach:ident, $shape:ident;)*) => {
        $($(#[$doc])* pub const $name: Choice = Choice($value);)*

        const TABLE: &[(Choice, Reach, Shape)] = &[$(($name, Reach::$reach, Shape::$shape)),*];
    };
}

choices! {
    /// The list of services.
    MENU = "menu", Wish, Button;
    /// The second list.
    MORE = "more", Wish, Button;
    /// Leave what is under way.
    BACK = "back", Wish, Unseen;
    /// A greeting, and nothing else.
    GREETING = "greeting", Wish, Unseen;
    /// Thanks.
    THANKS = "thanks", Wish, Unseen;
    /// Rude words.
    ABUSE = "abuse", Wish, Unseen;
    /// What other offices do: visa, KTP, SIM.
    ELSEWHERE = "elsewhere", Wish, Unseen;

    /// How far an application is.
    STATUS = "status", Wish, Button;
    /// Give the birth date as second proof.
    STATUS_BIRTH = "status.birth", Answer, Button;
    /// Look at another number.
    STATUS_OTHER = "status.other", Answer, Button;
    /// Be told when it moves on.
    STATUS_FOLLOW = "status.follow", Wish, Button;
    /// Be told no longer.
    STATUS_UNFOLLOW = "status.unfollow", Wish, Button;

    /// How to pay.
    PAYMENT = "payment", Wish, Button;
    /// Paid, but not recorded.
    PAYMENT_PROBLEM = "payment.problem", Wish, Button;
    /// What it costs.
    FEES = "fees", Wish, Button;
    /// How long it takes.
    DURATION = "duration", Wish, Button;

    /// Papers: the guided question.
    REQUIREMENTS = "requirements", Wish, Button;
    /// First passport.
    REQUIREMENTS_NEW = "requirements.new", Matter, Button;
    /// Replacement.
    REQUIREMENTS_REPLACE = "requirements.replace", Matter, Button;
    /// Lost.
    REQUIREMENTS_LOST = "requirements.lost", Matter, Button;
    /// Damaged.
    REQUIREMENTS_DAMAGED = "requirements.damaged", Matter, Button;
    /// A child.
    REQUIREMENTS_CHILD = "requirements.child", Matter, Button;
    /// Change or difference of data.
    REQUIREMENTS_DATA = "requirements.data", Matter, Button;
    /// Umrah or hajj.
    REQUIREMENTS_UMRAH = "requirements.umrah", Matter, Button;
    /// Work abroad.
    REQUIREMENTS_WORK = "requirements.work", Matter, Button;
    /// Same day.
    REQUIREMENTS_FAST = "requirements.fast", Matter, Button;
    /// Seventeen or older.
    REQUIREMENTS_ADULT = "requirements.adult", Answer, Button;
    /// Neither umrah nor work.
    REQUIREMENTS_ORDINARY = "requirements.ordinary", Answer, Button;
    /// Validity is over.
    REQUIREMENTS_EXPIRED = "requirements.expired", Matter, Button;
    /// Pages are full.
    REQUIREMENTS_FULL = "requirements.full", Matter, Button;
    /// Issued before 2009, or abroad.
    REQUIREMENTS_OLD = "requirements.old", Answer, Row;
    /// Lost in everyday life.
    REQUIREMENTS_LOST_ORDINARY = "requirements.lost_ordinary", Answer, Button;
    /// Lost in a disaster.
    REQUIREMENTS_LOST_DISASTER = "requirements.lost_disaster", Answer, Button;
    /// Damaged in everyday life.
    REQUIREMENTS_DAMAGED_ORDINARY = "requirements.damaged_ordinary", Answer, Button;
    /// Damaged in a disaster.
    REQUIREMENTS_DAMAGED_DISASTER = "requirements.damaged_disaster", Answer, Button;
    /// The child's first passport.
    REQUIREMENTS_CHILD_FIRST = "requirements.child_first", Answer, Button;
    /// The child's passport is replaced.
    REQUIREMENTS_CHILD_REPLACE = "requirements.child_replace", Answer, Button;
    /// The child has two nationalities.
    REQUIREMENTS_CHILD_DUAL = "requirements.child_dual", Answer, Button;

    /// Collecting the passport.
    PICKUP = "pickup", Wish, Button;
    /// The applicant collects.
    PICKUP_SELF = "pickup.self", Answer, Row;
    /// Family on the same family card collects.
    PICKUP_FAMILY = "pickup.family", Answer, Row;
    /// Somebody else collects.
    PICKUP_OTHER = "pickup.other", Answer, Row;
    /// A parent collects for a child.
    PICKUP_CHILD = "pickup.child", Answer, Row;

    /// Book a visit.
    BOOKING = "booking", Wish, Button;
    /// Bookings under this contact.
    BOOKING_MINE = "booking.mine", Wish, Button;
    /// A service.
    BOOKING_SERVICE = "booking.service", Answer, Unseen;
    /// Say again who comes.
    BOOKING_PEOPLE = "booking.people", Answer, Button;
    /// A grown-up comes along.
    BOOKING_PARENT = "booking.parent", Answer, Button;
    /// A day.
    BOOKING_DAY = "booking.day", Answer, Unseen;
    /// Days again, from a day on.
    BOOKING_DAYS = "booking.days", Answer, Button;
    /// An hour.
    BOOKING_HOUR = "booking.hour", Answer, Unseen;
    /// Later hours of the day.
    BOOKING_HOURS = "booking.hours", Answer, Row;
    /// Yes to a hold.
    BOOKING_CONFIRM = "booking.confirm", Answer, Button;
    /// Yes to an offer.
    BOOKING_ACCEPT = "booking.accept", Answer, Button;
    /// One of several bookings.
    BOOKING_SHOW = "booking.show", Answer, Unseen;
    /// Change day or hour.
    BOOKING_CHANGE = "booking.change", Answer, Button;
    /// Cancel: asks once.
    BOOKING_CANCEL = "booking.cancel", Answer, Button;
    /// Cancel, surely.
    BOOKING_CANCEL_YES = "booking.cancel_yes", Answer, Button;
    /// Enter the draw of a day.
    BOOKING_ENTER = "booking.enter", Answer, Button;
    /// Join the waiting list of a day.
    BOOKING_WAIT = "booking.wait", Answer, Button;
    /// Go into the waiting room, or look where one stands.
    BOOKING_ROOM = "booking.room", Answer, Button;

    /// Give answers and photos of papers ahead of a visit.
    INTAKE = "intake", Wish, Button;
    /// For one of several people.
    INTAKE_OPEN = "intake.open", Answer, Unseen;
    /// Which papers are wanted.
    INTAKE_CASE = "intake.case", Answer, Unseen;
    /// This question or paper again.
    INTAKE_WANT = "intake.want", Answer, Button;
    /// Pass over it for now.
    INTAKE_SKIP = "intake.skip", Answer, Button;
    /// What is there and what is missing.
    INTAKE_LIST = "intake.list", Answer, Button;

    /// How to queue.
    QUEUE = "queue", Wish, Button;
    /// Cancel or move a booking.
    QUEUE_CANCEL = "queue.cancel", Wish, Button;
    /// Where one stands in the hall today.
    POSITION = "position", Wish, Button;
    /// The booking command of 2017, `#NAME#ddmmyyyy#ddmmyyyy`.
    QUEUE_OLD = "queue.old", Answer, Unseen;
    /// Opening hours and address.
    HOURS = "hours", Wish, Button;
    /// Who needs no booking.
    PRIORITY = "priority", Wish, Button;
    /// Weekend and holiday openings.
    SIMPATIK = "simpatik", Wish, Button;
    /// Where help with registering is.
    HELPDESK = "helpdesk", Wish, Button;

    /// Appreciation, comments, complaints.
    FEEDBACK = "feedback", Wish, Button;
    /// Praise.
    FEEDBACK_APPRECIATION = "feedback.appreciation", Wish, Button;
    /// A comment.
    FEEDBACK_COMMENT = "feedback.comment", Wish, Button;
    /// A complaint.
    FEEDBACK_COMPLAINT = "feedback.complaint", Wish, Button;
    /// A report of a broker or an illegal fee.
    FEEDBACK_BROKER = "feedback.broker", Wish, Button;
    /// Papers that the office cannot find.
    FEEDBACK_LOST_FILE = "feedback.lost_file", Answer, Button;
    /// One of five.
    FEEDBACK_RATE_1 = "feedback.rate_1", Answer, Row;
    /// Two of five.
    FEEDBACK_RATE_2 = "feedback.rate_2", Answer, Row;
    /// Three of five.
    FEEDBACK_RATE_3 = "feedback.rate_3", Answer, Row;
    /// Four of five.
    FEEDBACK_RATE_4 = "feedback.rate_4", Answer, Row;
    /// Five of five.
    FEEDBACK_RATE_5 = "feedback.rate_5", Answer, Row;
    /// What was written is taken as it is.
    FEEDBACK_KEEP = "feedback.keep", Answer, Button;
    /// It is written anew.
    FEEDBACK_REWRITE = "feedback.rewrite", Answer, Button;
    /// No rating.
    FEEDBACK_SKIP = "feedback.skip", Answer, Row;
    /// Somebody offers or asks for a way around the queue.
    BROKER = "broker", Wish, Unseen;

    /// Talk to an officer.
    OFFICER = "officer", Wish, Button;
    /// Without saying what about.
    OFFICER_SKIP = "officer.skip", Answer, Button;
    /// Bind this phone with the slip code.
    BIND = "bind", Wish, Button;
    /// Let a browser act for this phone.
    BROWSER_TIE = "browser.tie", Answer, Button;
    /// The browser is a stranger's.
    BROWSER_REFUSE = "browser.refuse", Answer, Button;
    /// How messages are protected.
    ENCRYPTION = "encryption", Wish, Button;
    /// How to use this line.
    HELP = "help", Wish, Button;

    /// Choose a language.
    LANGUAGE = "language", Wish, Button;
    /// Bahasa Indonesia.
    LANGUAGE_ID = "language.id", Wish, Button;
    /// English.
    LANGUAGE_EN = "language.en", Wish, Button;
    /// Basa Sunda.
    LANGUAGE_SU = "language.su", Wish, Button;
    /// Basa Jawa.
    LANGUAGE_JV = "language.jv", Wish, Button;

    /// No notices any more.
    NOTICES_STOP = "notices.stop", Wish, Button;
    /// Notices again.
    NOTICES_START = "notices.start", Wish, Button;
}

const fn seen_count() -> usize {
    let mut count = 0;
    let mut at = 0;
    while at < TABLE.len() {
        if !matches!(TABLE[at].2, Shape::Unseen) {
            count += 1;
        }
        at += 1;
    }
    count
}

const SEEN: [Choice; seen_count()] = {
    let mut seen = [MENU; seen_count()];
    let (mut at, mut to) = (0, 0);
    while at < TABLE.len() {
        if !matches!(TABLE[at].2, Shape::Unseen) {
            seen[to] = TABLE[at].0;
            to += 1;
        }
        at += 1;
    }
    seen
};

/// Every choice that is shown somewhere and therefore needs words in content.
pub const CHOICES: &[Choice] = &SEEN;

/// Every choice, those that are only typed included.
pub fn all() -> impl Iterator<Item = Choice> {
    TABLE.iter().map(|row| row.0)
}

impl Choice {
    /// The name and the value of what came back from a button or row: `booking.day:2026-12-05`.
    #[must_use]
    pub fn split(tapped: &str) -> (&str, Option<&str>) {
        tapped
            .split_once(':')
            .map_or((tapped, None), |(name, value)| (name, Some(value)))
    }

    /// The choice of that name, shown or only typed; `None` for names of an older version.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        all().find(|choice| choice.0 == name)
    }

    /// When its words are understood.
    #[must_use]
    pub fn reach(self) -> Reach {
        self.row().map_or(Reach::Answer, |row| row.1)
    }

    /// Where its words have to fit.
    #[must_use]
    pub fn shape(self) -> Shape {
        self.row().map_or(Shape::Unseen, |row| row.2)
    }

    /// The topic it belongs to: the name up to the first dot.
    #[must_use]
    pub fn topic(self) -> &'static str {
        self.0.split_once('.').map_or(self.0, |(topic, _)| topic)
    }

    fn row(self) -> Option<&'static (Self, Reach, Shape)> {
        TABLE.iter().find(|row| row.0 == self)
    }
}

#[cfg(test)]
mod tests;
