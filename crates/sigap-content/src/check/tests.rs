use jiff::civil::date;

use super::*;
use crate::files::Files;

const TODAY: Date = date(2026, 11, 23);

#[test]
fn the_real_content_is_green() {
    let report = Content::embedded().unwrap().check(TODAY);
    let errors: Vec<String> = report.of(Severity::Error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{} errors\n{}", errors.len(), errors.join("\n"));
}
#[test]
fn warn() {
    let report = Content::embedded().unwrap().check(TODAY);
    let errors: Vec<String> = report.of(Severity::Warning).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{} warnings\n{}", errors.len(), errors.join("\n"));
}
