//! What must hold in every run: the properties of a fair release, and that the model has the ill it is meant to show.
//!
//! A property of chance is held against `DEVIATIONS_MAX` standard deviations. One such look goes wrong by bad luck in seven
//! of a million; a real advantage of an eighth would be found in a run of the usual length.

use super::assumptions::{NEW_PARTIES_PER_WEEK, Setting};
use super::outcome::Outcome;
use super::{DRAW, FIRST_COME, LIST, MODES, Rules, SHUFFLED, town};

/// Standard deviations within which chance must stay.
pub const DEVIATIONS_MAX: f64 = 4.5;
/// Standard deviations that an ill has at least, to count as seen.
pub const DEVIATIONS_OF_AN_ILL: f64 = 10.0;
/// Weeks that are played twice, to be compared bit for bit.
const WEEKS_REPLAYED: u32 = 8;
/// Weeks in which brokers try in vain: each has several buyers a week.
const WEEKS_STUBBORN: u32 = 10;
/// Seconds for which a cancelled place is hidden at least.
const HIDDEN_SECONDS_MIN: i64 = 30 * 60;

/// A run of one seed under all modes, and the draw with answers alike.
#[derive(Debug, Clone)]
pub struct Runs {
    /// In the order of `MODES`.
    pub modes: [Outcome; 4],
    /// The draw when citizens answer offers as well as brokers do.
    pub draw_with_answers_alike: Outcome,
    /// The draw when brokers go on holding places, whatever becomes of their sales.
    pub draw_with_stubborn_brokers: Outcome,
}

impl Runs {
    /// Plays everything for one seed.
    #[must_use]
    pub fn play(seed: u64, setting: &Setting) -> Self {
        let alike = Setting {
            are_answers_alike: true,
            ..*setting
        };
        let stubborn = Setting {
            are_brokers_stubborn: true,
            weeks: setting.weeks.min(WEEKS_STUBBORN),
            ..*setting
        };
        Self {
            modes: MODES.map(|rules| town::run(seed, rules, setting)),
            draw_with_answers_alike: town::run(seed, DRAW, &alike),
            draw_with_stubborn_brokers: town::run(seed, DRAW, &stubborn),
        }
    }

    /// Another seed on top.
    pub fn add(&mut self, other: &Self) {
        for (mine, its) in self.modes.iter_mut().zip(&other.modes) {
            mine.add(its);
        }
        self.draw_with_answers_alike.add(&other.draw_with_answers_alike);
        self.draw_with_stubborn_brokers.add(&other.draw_with_stubborn_brokers);
    }

    /// What was counted under one mode.
    #[must_use]
    pub fn of(&self, rules: Rules) -> &Outcome {
        let [first_come, shuffled, draw, list] = &self.modes;
        match rules {
            FIRST_COME => first_come,
            SHUFFLED => shuffled,
            LIST => list,
            _ => draw,
        }
    }
}

/// One property and what was found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What must hold.
    pub promise: &'static str,
    /// The figure on which that rests.
    pub figure: String,
    /// Whether it holds.
    pub holds: bool,
}

/// Looks at a run, or at the sum of several.
#[must_use]
pub fn look_at(runs: &Runs) -> Vec<Finding> {
    let (first_come, shuffled) = (runs.of(FIRST_COME), runs.of(SHUFFLED));
    let (draw, list) = (runs.of(DRAW), runs.of(LIST));
    let (alike, stubborn) = (&runs.draw_with_answers_alike, &runs.draw_with_stubborn_brokers);
    let mut findings = vec![
        fair(
            "draw: a broker's client is drawn as often as anybody",
            draw.broker_evidence.deviations(),
        ),
        fair(
            "draw: no tenth by time of coming is drawn more often",
            worst_decile(draw),
        ),
        fair("draw: quick hands bring nothing", draw.speed_evidence.deviations()),
        fair(
            "draw: with answers alike a client has a place in the end as often as anybody",
            alike.broker_evidence_in_the_end.deviations(),
        ),
        fair(
            "list: a broker's client is offered a place as often as anybody",
            list.broker_evidence.deviations(),
        ),
        fair(
            "list: no tenth by time of coming is offered more often",
            worst_decile(list),
        ),
        fair("list: quick hands bring nothing", list.speed_evidence.deviations()),
        ill(
            "first come: the model's brokers have their advantage",
            first_come.broker_evidence.deviations(),
        ),
        ill(
            "first come: the first tenth has its advantage",
            first_decile(first_come),
        ),
        ill(
            "first come: quick hands have their advantage",
            first_come.speed_evidence.deviations(),
        ),
        ill(
            "shuffled: a broker's client has an advantage still",
            shuffled.broker_evidence.deviations(),
        ),
        finding(
            "draw: nobody gets a place by cancelling in another name, however often it is tried",
            format!("{} of {} sales", stubborn.trade.sold, sales(stubborn)),
            stubborn.trade.sold == 0 && sales(stubborn) > 0,
        ),
        finding(
            "first come: such sales are made",
            format!("{} of {} sales", first_come.trade.sold, sales(first_come)),
            first_come.trade.sold > 0,
        ),
        finding(
            "draw: brokers who see that stop holding places",
            format!(
                "{} sales tried, {} by stubborn ones in fewer weeks",
                sales(draw),
                sales(stubborn)
            ),
            sales(draw) * stubborn.weeks < sales(stubborn) * draw.weeks,
        ),
        finding(
            "draw: brokers decide about fewer seats than under first come",
            format!("{} against {}", draw.seats.of_brokers(), first_come.seats.of_brokers()),
            draw.seats.of_brokers() < first_come.seats.of_brokers(),
        ),
        finding(
            "draw: every draw is replayed from its transcript",
            format!("{} draws, {} wrong", draw.transcripts, draw.transcripts_wrong),
            draw.transcripts == draw.weeks && draw.transcripts_wrong == 0,
        ),
    ];
    findings.extend(MODES.iter().map(|rules| sound(runs.of(*rules))));
    findings.extend([draw, list].map(hidden));
    findings
}

/// Plays some weeks of each mode twice.
#[must_use]
pub fn replay(seed: u64, setting: &Setting) -> Vec<Finding> {
    let short = Setting {
        weeks: WEEKS_REPLAYED,
        warm_up: 2,
        ..*setting
    };
    let again = |rules: &Rules| {
        let (one, other) = (town::run(seed, *rules, &short), town::run(seed, *rules, &short));
        let other_seed = town::run(seed.wrapping_add(1), *rules, &short);
        finding(
            "a seed gives the same run again, bit for bit, and another seed another",
            format!("{}: {:.8}…", rules.name, one.fingerprint()),
            one == other && one.fingerprint() == other.fingerprint() && one != other_seed,
        )
    };
    MODES.iter().map(again).collect()
}

fn finding(promise: &'static str, figure: String, holds: bool) -> Finding {
    Finding { promise, figure, holds }
}

fn fair(promise: &'static str, deviations: f64) -> Finding {
    finding(
        promise,
        format!("{deviations:+.2} σ"),
        deviations.abs() <= DEVIATIONS_MAX,
    )
}

fn ill(promise: &'static str, deviations: f64) -> Finding {
    finding(
        promise,
        format!("{deviations:+.1} σ"),
        deviations >= DEVIATIONS_OF_AN_ILL,
    )
}

/// The deviation of the tenth that is farthest from chance.
fn worst_decile(outcome: &Outcome) -> f64 {
    let deviations = outcome
        .decile_evidence
        .iter()
        .map(super::evidence::Evidence::deviations);
    deviations.fold(
        0.0,
        |worst: f64, next| if next.abs() > worst.abs() { next } else { worst },
    )
}

fn first_decile(outcome: &Outcome) -> f64 {
    outcome
        .decile_evidence
        .first()
        .map_or(0.0, super::evidence::Evidence::deviations)
}

const fn sales(outcome: &Outcome) -> u64 {
    outcome.trade.sold + outcome.trade.failed
}

/// No place is given twice, none is lost, and people were there to want them.
fn sound(outcome: &Outcome) -> Finding {
    let tries = outcome.own.tries + outcome.clients.tries;
    finding(
        "no slot ever has more people than places, and every seat is accounted for",
        format!(
            "{} seats, {} events, {} wrong",
            outcome.seats.all, outcome.steps, outcome.unsound
        ),
        outcome.unsound == 0
            && outcome.seats.sum() == outcome.seats.all
            && tries >= outcome.weeks * u64::from(NEW_PARTIES_PER_WEEK),
    )
}

fn hidden(outcome: &Outcome) -> Finding {
    let shortest = outcome.returns.hidden_seconds_min;
    finding(
        "a cancelled place is hidden for half an hour at least",
        format!("shortest {} s", shortest.unwrap_or_default()),
        shortest.is_some_and(|seconds| seconds >= HIDDEN_SECONDS_MIN),
    )
}

#[cfg(test)]
mod tests;
