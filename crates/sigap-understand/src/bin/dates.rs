//! Judges the reading of days and hours by a table: `dates FILE.tsv [--now 2020-02-12T09:30]`. Prints the exact ones and each miss.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool: it prints"
)]

use std::process::ExitCode;

use sigap_understand::values::{read_dates, table};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match judge(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("dates: {problem}");
            ExitCode::from(2)
        }
    }
}

fn judge(words: &[String]) -> Result<(), String> {
    let (file, told) = match words {
        [file] => (file, None),
        [file, option, now] if option == "--now" => (file, Some(now)),
        _ => return Err("use it as `dates FILE.tsv [--now 2020-02-12T09:30]`".to_owned()),
    };
    let content = std::fs::read_to_string(file).map_err(|error| format!("cannot read `{file}`: {error}"))?;
    let (written, rows) = table::rows(&content);
    let now = match told {
        Some(now) => now
            .parse()
            .map_err(|error| format!("cannot read `{now}` as a time: {error}"))?,
        None => written.ok_or("the table does not say `# now …`; give `--now`")?,
    };
    let mut exact = 0;
    for row in &rows {
        let reads = read_dates(&row.text, now);
        let (date, time) = (table::date_cell(&reads), table::time_cell(&reads));
        if date == row.date && time == row.time {
            exact += 1;
        } else {
            println!(
                "miss: {:?}: expected [{}] [{}], read [{date}] [{time}]",
                row.text, row.date, row.time
            );
        }
    }
    println!("{exact} exact of {}", rows.len());
    Ok(())
}
