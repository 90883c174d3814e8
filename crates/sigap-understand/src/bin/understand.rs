//! Trains a model and prints how well it understands: the development set, any other set, or its own seeds cross-validated.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a command-line tool: it prints, reads its words and measures time"
)]

use std::process::ExitCode;
use std::time::Instant;

use sigap_understand::classify::measure::{Figures, Judged, confusions};
use sigap_understand::classify::{Model, Recipe, Row, RowError, Thresholds, Training, rows};

/// Any number will do. Another one moves the figures by less than a point.
const SEED: u64 = 1;
/// Confusions printed.
const LINES_MAX: usize = 20;
/// Rounds over the set when a message is timed.
const ROUNDS: usize = 20;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => rows::development()
            .map_err(|error| error.to_string())
            .and_then(|set| measure("development", &set)),
        ["--set", path] => read(path).and_then(|set| measure(path, &set)),
        ["--train"] => cross_validate().map_err(|error| error.to_string()),
        _ => Err("use: understand [--train | --set FILE.tsv]".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("understand: {reason}");
            ExitCode::from(2)
        }
    }
}

fn read(path: &str) -> Result<Vec<Row>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read `{path}`: {error}"))?;
    rows::read(&text).map_err(|error| format!("`{path}`: {error}"))
}

fn measure(name: &str, set: &[Row]) -> Result<(), String> {
    let training = Training::embedded().map_err(|error| error.to_string())?;
    let started = Instant::now();
    let model = Model::train(&training, SEED);
    let trained = started.elapsed();
    let judged: Vec<Judged> = set
        .iter()
        .map(|row| Judged {
            truth: row.intent,
            language: row.language,
            judgement: model.judge(&row.text),
        })
        .collect();
    println!("{name}: {} sentences, trained with {}", set.len(), training.rows.len());
    print(&judged);
    let mut times: Vec<u128> = Vec::with_capacity(set.len() * ROUNDS);
    for _ in 0..ROUNDS {
        for row in set {
            let started = Instant::now();
            std::hint::black_box(model.judge(&row.text));
            times.push(started.elapsed().as_nanos());
        }
    }
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0) / 1000;
    let thresholds = model.thresholds();
    println!(
        "borders: answer from {:.3}, guess from {:.3}, sharpness {:.2}",
        thresholds.answer, thresholds.guess, thresholds.sharpness
    );
    println!(
        "training {:.1} s, model {:.2} MB, a message {} µs (99 of 100 within {} µs)",
        trained.as_secs_f32(),
        model.bytes() as f32 / 1e6,
        at(50),
        at(99)
    );
    Ok(())
}

fn cross_validate() -> Result<(), RowError> {
    let training = Training::embedded()?;
    let first = rows::first_seeds()?;
    let held_out = Model::cross_validate(&training, &Recipe::default(), SEED);
    let thresholds = Thresholds::fit(&held_out, &training.rows);
    let judged: Vec<Judged> = held_out
        .iter()
        .zip(&training.rows)
        .map(|(held, row)| Judged {
            truth: row.intent,
            language: row.language,
            judgement: thresholds.judge_held_out(held),
        })
        .collect();
    println!("cross-validation over all {} seeds", judged.len());
    print(&judged);
    let (first_seeds, more) = judged.split_at(first.min(judged.len()));
    println!("of these, train.tsv:");
    print_figures("", &Figures::new(first_seeds));
    println!("and more.tsv:");
    print_figures("", &Figures::new(more));
    Ok(())
}

fn print(judged: &[Judged]) {
    print_figures("all", &Figures::new(judged));
    for (language, figures) in Figures::by_language(judged) {
        print_figures(language.code(), &figures);
    }
    println!("confusions:");
    for (truth, taken_for, count) in confusions(judged).into_iter().take(LINES_MAX) {
        println!("  {count:>3}  {} taken for {}", truth.name(), taken_for.name());
    }
}

fn print_figures(name: &str, figures: &Figures) {
    let percent = |share: f32| share * 100.0;
    println!(
        "{name:<4}{:>5} sentences: accuracy {:.1}, macro-F1 {:.1}, in scope {:.1}, top three {:.1}, out of scope {:.1} at 5 % rejected",
        figures.count,
        percent(figures.accuracy),
        percent(figures.macro_f1),
        percent(figures.in_scope_accuracy),
        percent(figures.top_three),
        percent(figures.recall_at_rejection)
    );
    println!(
        "     answered at once {:.1}, wrongly {:.1}, solved with a tap at most {:.1}, sent away {:.1}; out of scope answered {:.1}, told so {:.1}",
        percent(figures.answered),
        percent(figures.wrong),
        percent(figures.solved),
        percent(figures.sent_away),
        percent(figures.stray),
        percent(figures.recognised)
    );
}
