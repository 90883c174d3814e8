//! The words of a SQL text, one by one, without its comments and quoted values. Not a parser: enough to see what follows what.

/// A word, a number, a placeholder or a single sign, with the line (from 1) on which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

impl Word<'_> {
    /// Key words and names are the same in large and small letters.
    pub(super) fn is(self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }

    /// A place for a value: `$1`, `?1`, `?`, `@office` or `:office`.
    pub(super) fn is_placeholder(self) -> bool {
        self.text.starts_with(['$', '?', '@'])
            || self
                .text
                .strip_prefix(':')
                .is_some_and(|name| name.starts_with(is_letter))
    }

    fn is_name(self) -> bool {
        self.text.starts_with(is_letter)
    }
}

/// Cuts a text that begins on this line.
pub(super) fn words(sql: &str, first_line: usize) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut line = first_line;
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = length(rest, first);
        let (text, after) = rest.split_at(length);
        let is_silent = first.is_whitespace() || first == '\'' || text.starts_with("--") || matches!(first, '"' | '\\');
        if !is_silent {
            found.push(Word { text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    found
}

/// Length in bytes of the piece at the start. Never 0.
fn length(text: &str, first: char) -> usize {
    let until = |is_end: fn(char) -> bool| text.find(is_end).unwrap_or(text.len());
    if text.starts_with("--") {
        return until(|letter| letter == '\n');
    }
    // A cast, whose type is no placeholder.
    if text.starts_with("::") {
        return 2;
    }
    match first {
        '\'' => text
            .get(1..)
            .and_then(|inner| inner.find('\''))
            .map_or(text.len(), |end| end + 2),
        '$' | '?' | '@' | ':' => {
            let rest = text.get(1..).unwrap_or_default();
            1 + rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len())
        }
        letter if is_letter(letter) => until(|letter| !is_letter(letter)),
        other => other.len_utf8(),
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Where these words stand one after the other.
pub(super) fn find_run<'a>(words: &'a [Word<'a>], run: &[&str]) -> Option<Word<'a>> {
    words
        .windows(run.len())
        .find(|window| window.iter().zip(run).all(|(word, wanted)| word.is(wanted)))
        .and_then(|window| window.first().copied())
}

/// What stands in the brackets that open at the start, without them; nothing when none open there.
pub(super) fn in_brackets<'a>(words: &'a [Word<'a>]) -> Option<&'a [Word<'a>]> {
    if !words.first()?.is("(") {
        return None;
    }
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate() {
        if word.is("(") {
            depth += 1;
        } else if word.is(")") {
            depth -= 1;
            if depth == 0 {
                return words.get(1..at);
            }
        }
    }
    words.get(1..)
}

/// A table that a statement names, and what follows its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) table: Word<'a>,
    /// Rows are put into it; otherwise they are read or changed.
    pub(super) is_insert: bool,
    pub(super) after: &'a [Word<'a>],
}

/// Ends a list of tables.
const CLAUSES: &[&str] = &[
    "WHERE",
    "JOIN",
    "ON",
    "SET",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "FOR",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "RETURNING",
    "USING",
    "SELECT",
    "VALUES",
];

/// The tables after FROM, JOIN, USING, INTO and UPDATE. `FOR UPDATE OF` and `DO UPDATE SET` name none.
pub(super) fn tables<'a>(words: &'a [Word<'a>]) -> Vec<Named<'a>> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let is_list = word.is("FROM") || word.is("USING");
        let is_insert = word.is("INTO");
        if !(is_list || is_insert || word.is("JOIN") || word.is("UPDATE")) {
            continue;
        }
        let rest = words.get(at + 1..).unwrap_or_default();
        let ends = if is_list { list_places(rest) } else { vec![0] };
        for place in ends {
            let is_at = |at: usize, text: &str| rest.get(at).is_some_and(|word| word.is(text));
            let place = place + usize::from(is_at(place, "ONLY"));
            // The name of a schema says nothing here.
            let place = place + if is_at(place + 1, ".") { 2 } else { 0 };
            if let Some(table) = rest.get(place).filter(|word| word.is_name()) {
                found.push(Named {
                    table: *table,
                    is_insert,
                    after: rest.get(place + 1..).unwrap_or_default(),
                });
            }
        }
    }
    found
}

/// Where the names of a list stand: at its start and after each comma outside of brackets.
fn list_places(words: &[Word<'_>]) -> Vec<usize> {
    let mut places = vec![0];
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate() {
        if word.is("(") {
            depth += 1;
        } else if word.is(")") {
            if depth == 0 {
                break;
            }
            depth -= 1;
        } else if depth == 0 && CLAUSES.iter().any(|clause| word.is(clause)) {
            break;
        } else if depth == 0 && word.is(",") {
            places.push(at + 1);
        }
    }
    places
}

#[cfg(test)]
mod tests;
