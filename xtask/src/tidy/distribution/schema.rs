//! Reads `schema.txt` of `sigap-store` as far as distribution needs it: tables, their kinds, and what is unique or sorted in them.

use std::collections::BTreeMap;

use crate::tidy::Finding;
use crate::tidy::tree::Tree;

/// What stands in the main database, on both engines alike.
pub(super) const PATH: &str = "crates/sigap-store/schema.txt";

/// The column by which offices lie apart.
pub(super) const OFFICE: &str = "office_id";

/// How the rows of a table are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By office.
    Office,
    /// By the first column of its key, which is another.
    Person,
    /// Every machine has all of them.
    Reference,
    /// One machine has them.
    Local,
}

#[derive(Debug)]
struct Table<'a> {
    kind: Kind,
    line: usize,
    has_key: bool,
    /// `key`, `unique` and `index` lines: the line, what it is called, its columns.
    orders: Vec<(usize, &'a str, Vec<&'a str>)>,
}

/// The tables by their names.
#[derive(Debug, Default)]
pub(super) struct Schema<'a> {
    tables: BTreeMap<&'a str, Table<'a>>,
    findings: Vec<Finding>,
}

impl<'a> Schema<'a> {
    /// `None` when there is no such file.
    pub(super) fn read(tree: &'a Tree) -> Option<Self> {
        let mut schema = Self::default();
        let mut current = None;
        for (index, line) in tree.text(PATH)?.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["table", rest @ ..] => current = schema.add_table(index + 1, rest),
                [order @ ("key" | "unique"), columns @ ..] | [order @ "index", _, columns @ ..] => {
                    let table = current.and_then(|name| schema.tables.get_mut(name));
                    if let Some(table) = table {
                        table.has_key |= *order == "key";
                        table.orders.push((index + 1, order, columns.to_vec()));
                    }
                }
                _ => {}
            }
        }
        Some(schema)
    }

    fn add_table(&mut self, line: usize, words: &[&'a str]) -> Option<&'a str> {
        let kind = match words {
            [_, "office"] => Some(Kind::Office),
            [_, "person"] => Some(Kind::Person),
            [_, "reference"] => Some(Kind::Reference),
            [_, "local"] => Some(Kind::Local),
            _ => None,
        };
        let name = words.first().and_then(|name| name.strip_suffix(':'));
        let (Some(kind), Some(name)) = (kind, name) else {
            let says = "is not `table NAME: KIND`, where the kind is office, person, reference or local";
            self.findings.push(Finding::line(PATH, line, says));
            return None;
        };
        let table = Table {
            kind,
            line,
            has_key: false,
            orders: Vec::new(),
        };
        if self.tables.insert(name, table).is_some() {
            self.findings
                .push(Finding::line(PATH, line, format!("`{name}` is there twice")));
        }
        Some(name)
    }

    pub(super) fn kind(&self, table: &str) -> Option<Kind> {
        self.tables
            .get(table.to_ascii_lowercase().as_str())
            .map(|table| table.kind)
    }

    /// Where what is unique or sorted would reach over several machines.
    pub(super) fn findings(self) -> Vec<Finding> {
        let mut findings = self.findings;
        for (name, table) in &self.tables {
            if !table.has_key && table.kind != Kind::Local {
                findings.push(Finding::line(PATH, table.line, format!("`{name}` has no key")));
            }
            for (line, order, columns) in &table.orders {
                let is_office = columns.first() == Some(&OFFICE);
                if table.kind == Kind::Office && !is_office {
                    findings.push(Finding::line(
                        PATH,
                        *line,
                        format!("`{order}` of `{name}` does not begin with `{OFFICE}`"),
                    ));
                }
                if table.kind == Kind::Person && *order == "key" && is_office {
                    findings.push(Finding::line(PATH, *line, format!("`{name}` is of kind office")));
                }
            }
        }
        findings
    }
}

#[cfg(test)]
mod tests;
