//! A town that wants more places than there are, with families, brokers and bots in it, under each way of releasing them.
//!
//! Everything that decides who gets a place is the core's own code (`sigap_core::release`); this crate adds people who
//! want one, and counts. Time is whole seconds, chance comes from a seed that is handed in: a seed gives the same result
//! bit for bit. What is assumed about people stands in `assumptions`, each with its reason; docs/fairness.md tells it.

pub mod assumptions;
pub mod chance;
pub mod timetable;
pub mod people;
pub mod ledger;
pub mod week;
pub mod outcome;
pub mod evidence;
pub mod town;
pub mod checks;
pub mod figures;
pub mod charts;

/// How the places of an opening are released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// To whoever asks first after a published hour.
    FirstCome,
    /// To a waiting room that is shuffled at the hour.
    Shuffled,
    /// By a draw among the entries of three days.
    Draw,
    /// By offers to a list in its order.
    List,
}

/// What happens to a place that is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Returns {
    /// It is shown at once to everybody.
    AtOnce,
    /// It is hidden for a random while and then offered to the waiting list.
    Hidden,
}

/// One way of releasing, whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Its name in tables.
    pub name: &'static str,
    /// How places come out.
    pub mode: Mode,
    /// How they come back.
    pub returns: Returns,
}

impl Rules {
    const fn new(name: &'static str, mode: Mode, returns: Returns) -> Self {
        Self { name, mode, returns }
    }
}

/// As booking systems do it.
pub const FIRST_COME: Rules = Rules::new("first come", Mode::FirstCome, Returns::AtOnce);
/// As waiting rooms in front of shops do it.
pub const SHUFFLED: Rules = Rules::new("shuffled opening", Mode::Shuffled, Returns::AtOnce);
/// The draw.
pub const DRAW: Rules = Rules::new("draw", Mode::Draw, Returns::Hidden);
/// The waiting list for everything.
pub const LIST: Rules = Rules::new("waiting list", Mode::List, Returns::Hidden);
/// The four modes.
pub const MODES: [Rules; 4] = [FIRST_COME, SHUFFLED, DRAW, LIST];
/// What hiding alone does, without another way of releasing.
pub const HIDDEN_ONLY: [Rules; 2] = [
    Rules::new("first come, hidden", Mode::FirstCome, Returns::Hidden),
    Rules::new("shuffled, hidden", Mode::Shuffled, Returns::Hidden),
];
