//! Counts what passed and failed by reading what test runners print. Knows their closing lines, nothing else.

/// How many tests a run passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// One step that has no tests inside.
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    /// The same, failed.
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    /// Sums the closing lines in `output`. Knows nextest's `Summary`, libtest's `test result:` and our own
    /// `checked N, failed M`. Where nextest has summed up, its word counts alone: it repeats the output of tests that
    /// failed, with the closing line of each.
    pub(crate) fn read(output: &str) -> Self {
        let lines: Vec<String> = output
            .lines()
            .map(|line| without_colours(line).trim().to_owned())
            .collect();
        let has_summary = lines.iter().any(|line| is_summary(line));
        let mut tally = Self::default();
        for line in lines.iter().filter(|line| !has_summary || is_summary(line)) {
            tally += Self::read_line(line);
        }
        tally
    }

    fn read_line(line: &str) -> Self {
        if let Some(rest) = line.strip_prefix("test result:") {
            return Self {
                passed: before(rest, "passed"),
                failed: before(rest, "failed"),
            };
        }
        if is_summary(line) {
            let failed = ["failed", "exec failed", "timed out"]
                .into_iter()
                .map(|word| before(line, word))
                .sum();
            return Self {
                passed: before(line, "passed"),
                failed,
            };
        }
        if let Some(rest) = line.strip_prefix("checked ") {
            let Some((checked, failed)) = rest.split_once(", failed ") else {
                return Self::default();
            };
            if let (Ok(checked), Ok(failed)) = (checked.parse::<u64>(), failed.parse::<u64>()) {
                return Self {
                    passed: checked.saturating_sub(failed),
                    failed,
                };
            }
        }
        Self::default()
    }

    /// Nothing was counted.
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

fn is_summary(line: &str) -> bool {
    line.starts_with("Summary [") && line.contains(" run: ")
}

/// The number that stands directly before `word`, as in `12 passed`; 0 when there is none.
fn before(line: &str, word: &str) -> u64 {
    let wanted: Vec<&str> = word.split(' ').collect();
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':' | '.'))
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(wanted.len() + 1)
        .find_map(|window| {
            let (number, rest) = window.split_first()?;
            (rest == wanted.as_slice()).then(|| number.parse().ok()).flatten()
        })
        .unwrap_or(0)
}

fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            // An escape sequence of colours ends with `m`.
            for inner in rest.by_ref() {
                if inner == 'm' {
                    break;
                }
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests;
