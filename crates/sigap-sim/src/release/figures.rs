//! The tables of docs/fairness.md, in Markdown, made of what runs counted.

use super::assumptions::{CLIENT_PERMILLE, Setting, Tick};
use super::checks::Runs;
use super::evidence::Evidence;
use super::outcome::{DECILES, Group, Outcome};
use super::{DRAW, HIDDEN_ONLY, MODES, Rules, town};

/// Shares of parties with a broker that are tried, in a thousand.
const CLIENT_SHARES: [u32; 4] = [50, CLIENT_PERMILLE, 300, 600];
/// Identities that each broker makes up or borrows.
const MADE_UP: [u32; 5] = [0, 20, 50, 100, 200];

/// Everything that tables and charts show, over some seeds.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The four modes.
    pub runs: Runs,
    /// First come and shuffled with hidden returns.
    pub hidden_only: Vec<(Rules, Outcome)>,
    /// The draw with more or fewer clients of brokers: first how many in a thousand.
    pub client_shares: Vec<(u32, Outcome)>,
    /// The draw with made-up identities that pass the check: first how many in all.
    pub made_up: Vec<(u32, Outcome)>,
}

impl Figures {
    /// Plays all of it for each seed.
    #[must_use]
    pub fn play(seeds: std::ops::Range<u64>, setting: &Setting) -> Option<Self> {
        let mut figures: Option<Self> = None;
        for seed in seeds {
            let of_seed = Self::play_one(seed, setting);
            match &mut figures {
                Some(figures) => figures.add(&of_seed),
                None => figures = Some(of_seed),
            }
        }
        figures
    }

    fn play_one(seed: u64, setting: &Setting) -> Self {
        let with_share = |client_permille| {
            let setting = Setting {
                client_permille,
                ..*setting
            };
            (client_permille, town::run(seed, DRAW, &setting))
        };
        let with_made_up = |straw_men| {
            let setting = Setting {
                straw_men,
                are_brokers_stubborn: true,
                // Nobody is there to whom it could be sold: the place stays with the made-up name, and empty.
                buyer_permille: 0,
                ..*setting
            };
            let all = straw_men * u32::from(super::assumptions::BROKERS);
            (all, town::run(seed, DRAW, &setting))
        };
        Self {
            runs: Runs::play(seed, setting),
            hidden_only: HIDDEN_ONLY.map(|rules| (rules, town::run(seed, rules, setting))).into(),
            client_shares: CLIENT_SHARES.map(with_share).into(),
            made_up: MADE_UP.map(with_made_up).into(),
        }
    }

    fn add(&mut self, other: &Self) {
        self.runs.add(&other.runs);
        let add = |mine: &mut Outcome, its: &Outcome| mine.add(its);
        self.hidden_only
            .iter_mut()
            .zip(&other.hidden_only)
            .for_each(|(mine, its)| add(&mut mine.1, &its.1));
        self.client_shares
            .iter_mut()
            .zip(&other.client_shares)
            .for_each(|(mine, its)| add(&mut mine.1, &its.1));
        self.made_up
            .iter_mut()
            .zip(&other.made_up)
            .for_each(|(mine, its)| add(&mut mine.1, &its.1));
    }

    /// All tables.
    #[must_use]
    pub fn tables(&self) -> String {
        let hidden = self.hidden_only.iter().map(|(rules, outcome)| (rules.name, outcome));
        let all: Vec<(&str, &Outcome)> = modes(&self.runs).chain(hidden).collect();
        [
            "**Whether a broker helps**\n".to_owned(),
            broker_table(&all),
            "**Whether it helps to be early or quick**\n".to_owned(),
            arrival_table(&modes(&self.runs).collect::<Vec<_>>()),
            "**Where the seats go, and how cancelled places find somebody**\n".to_owned(),
            seat_table(&all),
            "**How many weeks people come until they have a place** (those who get one)\n".to_owned(),
            wait_table(&modes(&self.runs).collect::<Vec<_>>()),
            "**Families: a place at once, by the number of people**\n".to_owned(),
            size_table(&modes(&self.runs).collect::<Vec<_>>()),
            "**The draw, with more or fewer clients of brokers**\n".to_owned(),
            self.share_table(),
            "**The draw, when brokers make up identities that pass the check**\n".to_owned(),
            self.made_up_table(),
        ]
        .join("\n")
    }

    fn share_table(&self) -> String {
        let rows = self.client_shares.iter().map(|(permille, outcome)| {
            vec![
                format!("{} %", permille / 10),
                percent(outcome.own.released, outcome.own.tries),
                percent(outcome.clients.released, outcome.clients.tries),
                ratio(&outcome.broker_evidence),
            ]
        });
        table(
            &[
                "parties with a broker",
                "drawn without",
                "drawn with",
                "with, for each 1 to be expected",
            ],
            rows,
        )
    }

    fn made_up_table(&self) -> String {
        let rows = self.made_up.iter().map(|(count, outcome)| {
            let tries = outcome.own.tries + outcome.clients.tries;
            vec![
                count.to_string(),
                (tries / outcome.weeks.max(1)).to_string(),
                percent(outcome.own.released + outcome.clients.released, tries),
                percent(outcome.seats.straw, outcome.seats.all),
                percent(outcome.seats.wasted(), outcome.seats.all),
            ]
        });
        table(
            &[
                "identities made up",
                "true entries a week",
                "a true entry is drawn",
                "seats kept empty by them",
                "empty seats in all",
            ],
            rows,
        )
    }
}

/// The tables of a single run, for the command line.
#[must_use]
pub fn tables_of(runs: &Runs) -> String {
    let all: Vec<(&str, &Outcome)> = modes(runs).collect();
    [
        broker_table(&all),
        arrival_table(&all),
        seat_table(&all),
        wait_table(&all),
    ]
    .join("\n")
}

/// The four modes with what was counted.
pub fn modes(runs: &Runs) -> impl Iterator<Item = (&'static str, &Outcome)> {
    MODES.iter().map(|rules| (rules.name, runs.of(*rules)))
}

fn broker_table(all: &[(&str, &Outcome)]) -> String {
    let rows = all.iter().map(|(name, outcome)| {
        let (own, clients) = (&outcome.own, &outcome.clients);
        vec![
            (*name).to_owned(),
            percent(own.released, own.tries),
            percent(clients.released, clients.tries),
            ratio(&outcome.broker_evidence),
            percent(own.placed, own.tries),
            percent(clients.placed, clients.tries),
            ratio(&outcome.broker_evidence_in_the_end),
        ]
    });
    table(
        &[
            "release",
            "place at once, without a broker",
            "with one",
            "with, for each 1 to be expected",
            "place in the end, without",
            "with",
            "with, for each 1 to be expected",
        ],
        rows,
    )
}

fn arrival_table(all: &[(&str, &Outcome)]) -> String {
    let mut titles = vec!["release".to_owned()];
    titles.extend((1..=DECILES).map(|number| match number {
        1 => "first tenth".to_owned(),
        DECILES => "last".to_owned(),
        _ => number.to_string(),
    }));
    titles.push("quick hands, for each 1 to be expected".into());
    let rows = all.iter().map(|(name, outcome)| {
        let mut row = vec![(*name).to_owned()];
        row.extend(outcome.deciles.iter().map(|group| percent(group.released, group.tries)));
        row.push(ratio(&outcome.speed_evidence));
        row
    });
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    table(&titles, rows)
}

fn seat_table(all: &[(&str, &Outcome)]) -> String {
    let rows = all.iter().map(|(name, outcome)| {
        let (seats, returns) = (&outcome.seats, &outcome.returns);
        let people = outcome.own.people + outcome.clients.people;
        vec![
            (*name).to_owned(),
            percent(seats.of_brokers(), seats.all),
            percent(outcome.clients.people, people),
            percent(seats.bought, seats.all),
            percent(seats.wasted(), seats.all),
            returns.refilled_within(500).map_or_else(|| "–".into(), duration),
            returns.refilled_within(900).map_or_else(|| "–".into(), duration),
            percent(returns.cancelled.saturating_sub(returns.refilled()), returns.cancelled),
        ]
    });
    table(
        &[
            "release",
            "seats that brokers decide about",
            "people with a broker among all who come",
            "seats bought afterwards",
            "empty seats",
            "half of the cancelled places refilled within",
            "nine in ten within",
            "cancelled, not refilled: to the door",
        ],
        rows,
    )
}

fn wait_table(all: &[(&str, &Outcome)]) -> String {
    let rows = all.iter().map(|(name, outcome)| {
        let served: u64 = outcome.waits.values().sum();
        let within = |weeks: u32| percent(outcome.waits.range(..=weeks).map(|(_, count)| count).sum(), served);
        let longest = outcome.waits.keys().next_back().copied().unwrap_or_default();
        vec![
            (*name).to_owned(),
            within(1),
            within(3),
            within(5),
            within(8),
            longest.to_string(),
            format!("{}", outcome.kept_out),
        ]
    });
    table(
        &[
            "release",
            "first week",
            "within 3",
            "within 5",
            "within 8",
            "longest",
            "entries that an outage kept out",
        ],
        rows,
    )
}

fn size_table(all: &[(&str, &Outcome)]) -> String {
    let rows = all.iter().map(|(name, outcome)| {
        let mut row = vec![(*name).to_owned()];
        row.extend(outcome.sizes.iter().map(|group| percent(group.released, group.tries)));
        row
    });
    table(&["release", "1 person", "2", "3", "4", "5 people"], rows)
}

/// A Markdown table.
fn table(titles: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
    let rule = format!("|---{}|\n", "|--:".repeat(titles.len().saturating_sub(1)));
    rows.fold(line(&titles) + &rule, |text, row| text + &line(&row))
}

/// A share, in percent with one decimal, rounded by whole numbers.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".into();
    }
    let tenths = (2_000 * u128::from(part) + u128::from(whole)) / (2 * u128::from(whole));
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A share as a fraction, for charts.
#[must_use]
pub fn share(group: &Group) -> f64 {
    fraction(group.released, group.tries)
}

/// A fraction, for charts.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
pub fn fraction(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn ratio(evidence: &Evidence) -> String {
    format!("{:.2} ± {:.2}", evidence.ratio(), evidence.ratio_error())
}

/// Seconds as people say them.
#[must_use]
pub fn duration(seconds: Tick) -> String {
    match seconds {
        ..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{}.{} h", seconds / 3_600, seconds % 3_600 / 360),
    }
}

#[cfg(test)]
mod tests;
