//! House rules that neither compiler nor clippy knows, as tested code. Each rule is a function over a tree held in memory.
//!
//! How to add one: write `tidy/your_rule.rs` with a `pub(super) const RULE: Rule`, give it a good and a bad example in
//! `tidy/your_rule/tests.rs`, and list it in [`RULES`]. A remark made twice in review is a good candidate.

mod architecture;
mod arrows;
mod conformance;
mod decisions;
mod distribution;
mod glossary;
mod left_overs;
mod manifests;
mod markdown;
mod migrations;
mod privacy;
mod rust_text;
mod samples;
mod scripts;
mod source_files;
mod sql;
mod tree;

use std::fmt;

use crate::tally::Tally;
use crate::{Verdict, refuse, workspace};
use tree::Tree;

/// A rule: what it promises when it finds nothing, and how it looks.
struct Rule {
    promise: &'static str,
    check: fn(&Tree) -> Vec<Finding>,
}

/// A place where the house is not as promised.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    path: String,
    line: Option<usize>,
    says: String,
}

impl Finding {
    /// About a file as a whole.
    fn file(path: &str, says: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            says: says.into(),
        }
    }

    /// About one line, counted from 1.
    fn line(path: &str, line: usize, says: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: Some(line),
            says: says.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.says),
            None => write!(f, "{}: {}", self.path, self.says),
        }
    }
}

const RULES: &[Rule] = &[
    arrows::RULE,
    source_files::HEAD,
    source_files::SIZE,
    source_files::NAME,
    source_files::TESTS_APART,
    left_overs::RULE,
    manifests::REASONS,
    manifests::LINTS,
    architecture::SIZE,
    architecture::NAMES,
    glossary::TAKEN_WORDS,
    glossary::ROWS,
    decisions::RULE,
    markdown::LINKS,
    markdown::MENTIONS,
    scripts::RULE,
    samples::RULE,
    conformance::RULE,
    sql::RULE,
    migrations::NAMES,
    migrations::DATA,
    distribution::SCHEMA,
    distribution::MIGRATIONS,
    distribution::STATEMENTS,
    distribution::FORBIDDEN,
    privacy::PATHS,
    privacy::SECRETS,
];

/// `cargo xtask tidy`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    if let Some(word) = words.first() {
        return Ok(refuse("tidy", word));
    }
    let tally = check()?;
    println!("checked {}, failed {}", tally.passed + tally.failed, tally.failed);
    Ok(if tally.failed == 0 {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// Runs every rule over the checkout and prints what it finds.
///
/// # Errors
/// When the checkout cannot be read (git or cargo are missing).
pub(crate) fn check() -> anyhow::Result<Tally> {
    let tree = Tree::read(&workspace::root())?;
    let mut tally = Tally::default();
    for rule in RULES {
        let findings = (rule.check)(&tree);
        if findings.is_empty() {
            tally += Tally::ONE_PASSED;
            continue;
        }
        tally += Tally::ONE_FAILED;
        println!("not so: {}", rule.promise);
        for finding in findings {
            println!("  {finding}");
        }
    }
    Ok(tally)
}
