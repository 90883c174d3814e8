//! One text of content, taken apart once: lines of words and holes. Filling it costs no parsing.
//!
//! `{name}` is a hole, `{{` a brace. A text is never refused here: what cannot be understood stays as it is written and is
//! reported by the check.

/// A text in lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Template {
    pub(crate) lines: Vec<Vec<Segment>>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Words as they are.
    Words(Box<str>),
    /// To be filled by the argument of that name, or by what the office supplies under it.
    Hole(Box<str>, Option<Supply>),
}

/// What every text may ask of the office without being given it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Supply {
    /// Short name of the office.
    Office,
    /// Full name of the office.
    OfficeFull,
    /// Name of this line.
    Line,
    /// The office's WhatsApp number.
    Whatsapp,
    /// The office's page.
    Site,
    /// Street address.
    Address,
    /// Telephone.
    Phone,
    /// Town.
    City,
    /// `WIB`, `WITA`, `WIT`.
    Zone,
    /// A fact of the office; the name follows `fact.`.
    Fact,
}

/// Holes begin so when they name a fact of the office.
pub(crate) const FACT_PREFIX: &str = "fact.";

impl Supply {
    /// What the office supplies under that name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "office" => Self::Office,
            "office_full" => Self::OfficeFull,
            "line" => Self::Line,
            "whatsapp" => Self::Whatsapp,
            "site" => Self::Site,
            "address" => Self::Address,
            "phone" => Self::Phone,
            "city" => Self::City,
            "zone" => Self::Zone,
            _ if name.len() > FACT_PREFIX.len() && name.starts_with(FACT_PREFIX) => Self::Fact,
            _ => return None,
        })
    }
}

impl Template {
    /// Takes a text apart; the second part says what could not be understood.
    pub(crate) fn parse(text: &str) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let lines = text
            .trim()
            .lines()
            .map(|line| parse_line(line.trim_end(), &mut problems))
            .collect();
        (Self { lines }, problems)
    }

    /// As it is written: what `parse` reads back to the same.
    pub(crate) fn source(&self) -> String {
        let mut text = String::new();
        for (number, line) in self.lines.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            for segment in line {
                match segment {
                    Segment::Words(words) => text.push_str(&words.replace('{', "{{").replace('}', "}}")),
                    Segment::Hole(name, _) => text.extend(["{", name, "}"]),
                }
            }
        }
        text
    }

    /// The names in its holes, in order, with repetitions.
    pub(crate) fn holes(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().flatten().filter_map(|segment| match segment {
            Segment::Hole(name, _) => Some(name.as_ref()),
            Segment::Words(_) => None,
        })
    }
}

fn parse_line(line: &str, problems: &mut Vec<String>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut words = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        words.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            words.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            words.push('}');
            rest = after;
        } else if let Some(after) = from.strip_prefix('}') {
            problems.push(format!("`}}` without `{{` in `{line}`"));
            words.push('}');
            rest = after;
        } else if let Some((name, after)) = from.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            if is_hole_name(name) {
                if !words.is_empty() {
                    segments.push(Segment::Words(std::mem::take(&mut words).into()));
                }
                segments.push(Segment::Hole(name.into(), Supply::of_name(name)));
            } else {
                problems.push(format!(
                    "`{{{name}}}` is not a name: use small letters, digits, `_` and `.`"
                ));
                words.extend(["{", name, "}"]);
            }
            rest = after;
        } else {
            problems.push(format!("`{{` is not closed in `{line}`: write `{{{{` for a brace"));
            words.push_str(from);
            rest = "";
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        segments.push(Segment::Words(words.into()));
    }
    segments
}

fn is_hole_name(name: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_allowed)
}

#[cfg(test)]
mod tests;
