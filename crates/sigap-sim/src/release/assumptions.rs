//! What the model takes for granted about people, brokers and lines, each with its reason.
//!
//! Nothing here was measured at an Indonesian office; where no figure is known the value is a guess and says so. What is
//! shown under all modes must not hang on one of them: `figures` varies those that matter most.

use std::ops::RangeInclusive;

/// Seconds; 0 is the hour at which places come out or entries close.
pub type Tick = i64;

/// A minute.
pub const MINUTE: Tick = 60;
/// An hour.
pub const HOUR: Tick = 60 * MINUTE;

// The office

/// Places of each slot. Eight slots of ten are a Saturday of 80, as special openings were announced (*paspor simpatik*).
pub const SLOTS: [u16; 8] = [10; 8];
/// The visit: Saturday morning, when the places came out on Monday morning.
pub const VISIT: Tick = 120 * HOUR;
/// From here on a free place goes to whoever stands at the door: 18 hours before, as the release rules say.
pub const WALK_IN: Tick = VISIT - 18 * HOUR;
/// How long entries are taken before the closing: three days reach people who look at their phone once a day.
pub const ENTRIES_OPEN: Tick = -72 * HOUR;
/// When a draw is made: a day after the closing, when the public value of the next day is known.
pub const DRAWN_AT: Tick = 24 * HOUR;
/// When the waiting room opens: half an hour before the hour.
pub const ROOM_OPENS: Tick = -30 * MINUTE;
/// How long a drawn place waits for a yes: a day, as the release rules say.
pub const CONFIRM_WITHIN: Tick = 24 * HOUR;
/// How long an offer of the waiting list does: two hours, as the release rules say.
pub const OFFER_FOR: Tick = 2 * HOUR;
/// People who are let in from the waiting room in a minute: two counters' worth of choosing at a time.
pub const ROOM_PER_MINUTE: i64 = 20;

// Demand

/// New parties a week. With 70 in 100 staying after a loss this settles at about seven that come for each that is served.
/// Guess; where everybody can be served no way of releasing matters.
pub const NEW_PARTIES_PER_WEEK: u32 = 150;
/// Parties by size, in a thousand, from one person to five. Guess: most people renew alone, families come together.
pub const PARTY_SIZES_PERMILLE: [u32; 5] = [700, 150, 80, 50, 20];
/// Parties, in a thousand, that want again next week when they got nothing. Guess; the others travel to another office.
pub const STAY_PERMILLE: u32 = 700;
/// Parties, in a thousand, that accept any hour; the others accept the morning or the afternoon half. Guess.
pub const ANY_HOUR_PERMILLE: u32 = 600;

// How people come

/// Parties, in a thousand, that sit ready when places come out. Guess: half of those who know the hour.
pub const READY_PERMILLE: u32 = 500;
/// Seconds that a ready person needs from the hour to a chosen place: reaction, a slow phone, reading, choosing.
pub const CHOOSING: RangeInclusive<Tick> = 12..=120;
/// When those who are not ready look: up to two days later.
pub const LATER: RangeInclusive<Tick> = MINUTE..=48 * HOUR;
/// Entrants, in a thousand, who enter in the last two hours before the closing. Guess: closing dates draw people late.
pub const LAST_MINUTE_PERMILLE: u32 = 200;
/// The last hours before the closing.
pub const LAST_MINUTE: RangeInclusive<Tick> = -2 * HOUR..=-1;
/// Losers, in a thousand, who go on looking for what comes back.
pub const LOOKER_PERMILLE: u32 = 400;
/// Seconds between two looks of such a person: the same for a while, from two minutes to half an hour.
pub const LOOK_EVERY: RangeInclusive<Tick> = 2 * MINUTE..=30 * MINUTE;

// Answers to offers, in a thousand

/// People who confirm a drawn place within a day. Guess; what the others were given is offered on.
pub const ANSWER_DAY_PERMILLE: u32 = 930;
/// People who answer an offer of the waiting list within two hours. Guess.
pub const ANSWER_HOURS_PERMILLE: u32 = 700;
/// The same for brokers, who watch their phones: it is their trade.
pub const BROKER_ANSWER_PERMILLE: u32 = 980;

// Visits

/// People who cancel before the visit, in a thousand, at any time. Guess.
pub const CANCEL_PERMILLE: u32 = 80;
/// People who neither cancel nor come, in a thousand. No figure is known for Indonesia; the literature has 30 to 800.
pub const NO_SHOW_PERMILLE: u32 = 100;

// Brokers

/// Parties, in a thousand, that pay a broker before the places come out. Guess; varied in docs/fairness.md.
pub const CLIENT_PERMILLE: u32 = 120;
/// Brokers at one office. Guess.
pub const BROKERS: u8 = 3;
/// Straw men a broker has: real people whose identity is lent to hold a place for sale. Guess.
pub const STRAW_MEN_PER_BROKER: u32 = 8;
/// Seconds a bot needs for a request.
pub const BOT: RangeInclusive<Tick> = 1..=3;
/// Seconds between two looks of a bot, as ticket bots do it without being locked out.
pub const BOT_LOOKS_EVERY: RangeInclusive<Tick> = 1..=15;
/// Seconds between cancelling in one name and booking in another.
pub const SWAP: RangeInclusive<Tick> = 1..=2;
/// Losers, in a thousand, who then offer a broker money for a place of that week. Guess.
pub const BUYER_PERMILLE: u32 = 250;
/// Sales that must fail before a broker thinks about it.
pub const FAILED_SALES_MIN: u64 = 3;
/// A broker goes on holding places while at least one sale in so many has gone well: the buyer's money goes back each time.
pub const SALES_FOR_ONE_GOOD: u64 = 4;

// The line

/// Weeks, in a thousand, with an outage around the hour (services of the ministry: February 2023, June and September 2024;
/// more often here, so that the run sees some).
pub const OUTAGE_PERMILLE: u32 = 250;
/// When an outage begins.
pub const OUTAGE_FROM: RangeInclusive<Tick> = -HOUR..=HOUR / 2;
/// How long it lasts.
pub const OUTAGE_LENGTH: RangeInclusive<Tick> = 5 * MINUTE..=45 * MINUTE;
/// When a person tries again after an outage ended; a bot does after `BOT`.
pub const TRY_AGAIN: RangeInclusive<Tick> = 10..=10 * MINUTE;

/// What a run varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Weeks that are counted.
    pub weeks: u32,
    /// Weeks before them, in which the crowd of those who wait grows to its size.
    pub warm_up: u32,
    /// Parties with a broker, in a thousand.
    pub client_permille: u32,
    /// Straw men of each broker.
    pub straw_men: u32,
    /// Whether brokers go on holding places although none of them can be sold, each week under identities without a past.
    pub are_brokers_stubborn: bool,
    /// Losers, in a thousand, who offer a broker money.
    pub buyer_permille: u32,
    /// Whether citizens answer offers as well as brokers do: shows how much of a difference is in the answers alone.
    pub are_answers_alike: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            weeks: 100,
            warm_up: 15,
            client_permille: CLIENT_PERMILLE,
            straw_men: STRAW_MEN_PER_BROKER,
            are_brokers_stubborn: false,
            buyer_permille: BUYER_PERMILLE,
            are_answers_alike: false,
        }
    }
}
