//! What must hold when everything is over: every acknowledged message is kept once and answered once.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use anyhow::Context;
use sigap_content::Content;
use sigap_emulator::Emulator;
use sigap_store::read;

use crate::NUMBERS;
use crate::database::Database;
use crate::load::Delivered;
use crate::program::Settings;

/// Messages asked for in one read.
const ASKED_TOGETHER: usize = 500;

/// Counts of what was found; the second half should be zero.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    answers: usize,
    merged: usize,
    resent: usize,
    /// Acknowledged and not kept.
    lost: usize,
    /// More rows than messages.
    kept_twice: usize,
    /// Kept, but without an answer in the outbox.
    unanswered: usize,
    /// An answer that Meta's side never accepted.
    never_sent: usize,
    /// An answer that Meta's side accepted more than once.
    doubled: usize,
    /// Accepted under a name that is no row of ours.
    unknown: usize,
}

impl Verdict {
    pub(crate) fn failed(&self) -> usize {
        self.lost + self.kept_twice + self.unanswered + self.never_sent + self.doubled + self.unknown
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "answers {}, merged {}, attempted again {}\nlost {}, kept twice {}, unanswered {}, never sent {}, doubled {}, unknown {}",
            self.answers,
            self.merged,
            self.resent,
            self.lost,
            self.kept_twice,
            self.unanswered,
            self.never_sent,
            self.doubled,
            self.unknown
        )
    }
}

/// A row of the outbox.
struct Answer {
    state: String,
    attempts: u32,
    merged_into: Option<i64>,
}

/// Opens the database that the dead program left and compares.
pub(crate) async fn check(settings: &Settings, emulator: &Emulator, delivered: &Delivered) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict {
        lost: count_lost(settings, delivered).await?,
        ..Verdict::default()
    };
    let database = &settings.database;
    let count = |sql: &str| -> anyhow::Result<usize> {
        let lines = database.lines(sql)?;
        Ok(lines.first().context("a count gave no row")?.parse()?)
    };
    verdict.kept_twice = count("SELECT CAST(COUNT(*) AS TEXT) FROM inbox")?.saturating_sub(delivered.keys.len());
    let answered = count("SELECT CAST(COUNT(*) AS TEXT) FROM inbox WHERE state = 'answered'")?;
    let answers = read_answers(database)?;
    verdict.unanswered = delivered.keys.len().saturating_sub(answered.min(answers.len()));
    verdict.answers = answers.len();
    let accepted = emulator.accepted_by_callback();
    for (id, answer) in &answers {
        verdict.resent += usize::from(answer.attempts > 1);
        let times = accepted.get(&id.to_string()).copied().unwrap_or_default();
        verdict.doubled += usize::from(times > 1);
        if answer.state == "merged" {
            verdict.merged += 1;
            // What went into another answer must not have gone out by itself, and must end in one that did.
            verdict.doubled += usize::from(times == 1);
            verdict.never_sent += usize::from(!ends_in_sent(*id, &answers, &accepted));
        } else {
            verdict.never_sent += usize::from(times == 0);
        }
    }
    let is_ours = |name: &String| name.parse().is_ok_and(|id: i64| answers.contains_key(&id));
    verdict.unknown = accepted.keys().filter(|name| !is_ours(name)).count();
    Ok(verdict)
}

fn ends_in_sent(id: i64, answers: &HashMap<i64, Answer>, accepted: &HashMap<String, u32>) -> bool {
    let mut last = id;
    // A chain cannot be longer than there are answers.
    for _ in 0..answers.len() {
        match answers.get(&last).and_then(|answer| answer.merged_into) {
            Some(next) => last = next,
            None => break,
        }
    }
    last != id && accepted.contains_key(&last.to_string())
}

fn read_answers(database: &Database) -> anyhow::Result<HashMap<i64, Answer>> {
    let lines = database.lines(
        "SELECT o.outbox_id || ' ' || COALESCE(d.state, e.state) || ' ' || COALESCE(d.attempts, e.attempts) || ' '
             || COALESCE(CAST(e.merged_into AS TEXT), '-')
         FROM outbox AS o
         LEFT JOIN due AS d ON d.office_id = o.office_id AND d.outbox_id = o.outbox_id
         LEFT JOIN delivery AS e ON e.office_id = o.office_id AND e.outbox_id = o.outbox_id",
    )?;
    let answers = lines.iter().map(|line| {
        let mut words = line.split(' ');
        let mut word = || words.next().context("a row of the outbox has too few columns");
        Ok((
            word()?.parse()?,
            Answer {
                state: word()?.to_owned(),
                attempts: word()?.parse()?,
                merged_into: word()?.parse().ok(),
            },
        ))
    });
    answers.collect()
}

/// Asks the real store for every message: the keys in the file are blind.
async fn count_lost(settings: &Settings, delivered: &Delivered) -> anyhow::Result<usize> {
    let content = Content::embedded()?;
    let offices = NUMBERS
        .iter()
        .map(|(_, slug)| {
            content
                .office_by_slug(slug)
                .map(|office| office.id)
                .context("an office is not in the content")
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let store = settings.database.open(&settings.folder)?;
    let mut lost = 0;
    for chunk in delivered.keys.chunks(ASKED_TOGETHER) {
        let (chunk, offices) = (Arc::new(chunk.to_vec()), offices.clone());
        lost += read(&*store, move |tx| {
            let mut absent = 0;
            for (place, key) in chunk.iter() {
                absent += usize::from(!tx.has_received(offices[*place], key)?);
            }
            Ok(absent)
        })
        .await?;
    }
    Ok(lost)
}
