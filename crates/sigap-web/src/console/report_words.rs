//! Why a report, or a row of it, was not taken, in the words of the reader. Numbers of applications show their last four digits at most.

use sigap_actions::upload_report::{UploadRefusal, Why};
use sigap_core::application::{ReportKind, RowProblem, RowRefusal, UnreadableFile};
use sigap_core::conversation::reply::Arg;
use sigap_core::limits::{REPORT_ROWS_MAX, UPLOAD_BYTES_MAX, UPLOAD_ROWS_MAX};

use crate::pages::Words;

/// The name of a report.
pub(super) fn kind_words(words: Words<'_>, kind: ReportKind) -> String {
    words.c(&format!("report_{}", kind.name()))
}

/// The bound of a file, in megabytes.
pub(super) fn megabytes() -> Arg {
    count(UPLOAD_BYTES_MAX / (1024 * 1024))
}

/// A number for a sentence.
pub(super) fn count(value: usize) -> Arg {
    Arg::count(value)
}

/// Why nothing of a file was read, and the next step.
pub(super) fn file_words(words: Words<'_>, problem: &UnreadableFile) -> String {
    let say = |name: &str, args: &[(&'static str, Arg)]| words.key(&format!("console.file_{name}"), args);
    match problem {
        UnreadableFile::Empty => say("empty", &[]),
        UnreadableFile::TooLarge => say("too_large", &[("size", megabytes())]),
        UnreadableFile::TooManyRows => say("too_many_rows", &[("count", count(REPORT_ROWS_MAX as usize))]),
        UnreadableFile::NotASpreadsheet => say("not_a_spreadsheet", &[]),
        UnreadableFile::WebPage => say("web_page", &[]),
        UnreadableFile::Damaged => say("damaged", &[]),
        UnreadableFile::NoHeader { missing } => say(&format!("no_header_{}", missing.name()), &[]),
        UnreadableFile::SeveralReports(found) => say("several", &[("count", count(*found))]),
        UnreadableFile::WhichReport => say("which", &[]),
        UnreadableFile::SaysOtherwise { says, asked } => say(
            "says_otherwise",
            &[
                ("says", Arg::Text(kind_words(words, *says))),
                ("asked", Arg::Text(kind_words(words, *asked))),
            ],
        ),
    }
}

/// Why an uploaded report was not kept.
pub(super) fn refusal_words(words: Words<'_>, refusal: UploadRefusal) -> String {
    match refusal {
        UploadRefusal::Denied => words.c("denied"),
        UploadRefusal::TooManyRows => words.key("console.file_too_many_rows", &[("count", count(UPLOAD_ROWS_MAX))]),
        UploadRefusal::Gone => words.c("report_gone"),
    }
}

/// Why a row was not taken.
pub(super) fn row_words(words: Words<'_>, why: &Why) -> String {
    let say = |name: &str, args: &[(&'static str, Arg)]| words.key(&format!("console.row_{name}"), args);
    let of_column = |name, column: &str| say(name, &[("column", Arg::Text(column.to_owned()))]);
    let with_last = |name: &str, last: &Option<String>| match last {
        Some(last) => say(&format!("{name}_last"), &[("last", Arg::Text(last.clone()))]),
        None => say(name, &[]),
    };
    match why {
        Why::Problem(problem) => match problem {
            RowProblem::NumberMissing => say("no_number", &[]),
            RowProblem::NumberNotSixteenDigits { last } => with_last("not_sixteen", last),
            RowProblem::NumberLostDigits { last } => with_last("lost_digits", last),
            RowProblem::Duplicate { first, is_same } => {
                let name = if *is_same { "twice" } else { "twice_other" };
                say(name, &[("row", count(*first as usize))])
            }
            RowProblem::DateUnreadable { column } => of_column("date", column),
            RowProblem::CellUnreadable { column } => of_column("cell", column),
            RowProblem::CellTooLong { column } => of_column("long", column),
        },
        Why::Refusal(refusal) => match refusal {
            RowRefusal::OtherOffice => say("other_office", &[]),
            RowRefusal::OtherName => say("other_name", &[]),
            RowRefusal::OtherBirthDate => say("other_birth_date", &[]),
            RowRefusal::DateInFuture => say("in_future", &[]),
            RowRefusal::BornAfterApplying => say("born_after", &[]),
        },
    }
}
