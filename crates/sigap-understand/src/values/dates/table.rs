//! The table that readings are judged by: tab-separated text, date, time and note, with the office's clock in the first line.
//!
//! `YYYY-MM-DD` is a day, `a..b` a range, `a;b` two days; `HH:MM` an hour, `pagi`, `siang`, `sore` or `malam` a part of the day.
//! A day that must be asked for, one that does not exist and one of birth are written as nothing.

use jiff::civil::{Date, DateTime, Time};

use super::{DateRead, Days, PartOfDay, Role, TimeOfDay};

/// A phrase and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What a citizen wrote.
    pub text: String,
    /// The days, or nothing.
    pub date: String,
    /// The time, or nothing.
    pub time: String,
}

/// The rows of a table and the office's clock, if a remark or the first line says it: `# now 2020-02-12T09:30`. A header is passed over.
#[must_use]
pub fn rows(table: &str) -> (Option<DateTime>, Vec<Row>) {
    let mut now = None;
    let mut rows = Vec::new();
    for (place, line) in table.lines().enumerate() {
        if line.starts_with('#') {
            now = now.or_else(|| moment(line));
            continue;
        }
        // Without the sign of a remark: a first line with day and hour that is no phrase of the table.
        if let (0, 0..=1, Some(told)) = (place, line.matches('\t').count(), moment(line)) {
            now = Some(told);
            continue;
        }
        let mut cells = line.split('\t').map(str::trim);
        let text = cells.next().unwrap_or_default();
        let date = cells.next().unwrap_or_default();
        let time = cells.next().unwrap_or_default();
        let is_header = rows.is_empty() && text == "text" && date == "date";
        if !text.is_empty() && !is_header {
            rows.push(Row {
                text: text.to_owned(),
                date: date.to_owned(),
                time: time.to_owned(),
            });
        }
    }
    (now, rows)
}

/// The first day with its hour in a line: `2020-02-12T09:30`, `2020-02-12 09:30:00 WIB`.
fn moment(line: &str) -> Option<DateTime> {
    line.char_indices().find_map(|(at, _)| {
        let rest = line.get(at..)?;
        let date: Date = rest.get(..10)?.parse().ok()?;
        let hour = rest.get(10..)?.strip_prefix(['T', ' ', '\t'])?;
        let time: Time = hour.get(..5)?.parse().ok()?;
        Some(date.to_datetime(time))
    })
}

/// The days of readings as the table writes them; where something moves, the old day first.
#[must_use]
pub fn date_cell(reads: &[DateRead]) -> String {
    let mut days: Vec<(bool, String)> = Vec::new();
    for read in reads {
        if let Days::Within(span) = read.days {
            let cell = if span.is_one_day() {
                span.first.to_string()
            } else {
                format!("{}..{}", span.first, span.last)
            };
            days.push((read.role == Role::To, cell));
        }
    }
    days.sort_by_key(|day| day.0);
    days.iter().map(|day| day.1.as_str()).collect::<Vec<_>>().join(";")
}

/// The times of readings as the table writes them, each once.
#[must_use]
pub fn time_cell(reads: &[DateRead]) -> String {
    let mut cells: Vec<String> = Vec::new();
    for read in reads {
        let hour = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        let cell = match read.time {
            None => continue,
            Some(_) if matches!(read.days, Days::Birth(_)) => continue,
            Some(TimeOfDay::At(time)) => hour(time),
            Some(TimeOfDay::Between(first, last)) => format!("{}..{}", hour(first), hour(last)),
            Some(TimeOfDay::Part(PartOfDay::Morning)) => "pagi".to_owned(),
            Some(TimeOfDay::Part(PartOfDay::Noon)) => "siang".to_owned(),
            Some(TimeOfDay::Part(PartOfDay::Afternoon)) => "sore".to_owned(),
            Some(TimeOfDay::Part(PartOfDay::Night)) => "malam".to_owned(),
        };
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    cells.join(";")
}
