//! Walks through the terms of a text and fills dates, one after the other, with what links them.

use super::partial::{Bound, Fill, Link, Partial};
use super::spots::Spot;
use super::terms::{Term, Unit};

/// Words between *lahir* and the day.
const BIRTH_WORDS_MAX: usize = 4;

/// Where the walk stands.
pub(super) struct Reader<'s> {
    spots: &'s [Spot],
    /// Which spots have been read as a part of something.
    used: Vec<bool>,
    done: Vec<Partial>,
    current: Partial,
    link: Link,
    is_adjacent: bool,
    bound: Option<Bound>,
    moves: bool,
    /// Whether *antara* waits for its *dan*.
    is_between: bool,
}

impl<'s> Reader<'s> {
    pub(super) fn new(spots: &'s [Spot]) -> Self {
        Self {
            spots,
            used: vec![false; spots.len()],
            done: Vec::new(),
            current: Partial::default(),
            link: Link::None,
            is_adjacent: false,
            bound: None,
            is_between: false,
            moves: spots.iter().any(|spot| spot.term == Term::Change),
        }
    }

    /// The dates of the text, as far as they are said.
    pub(super) fn read(mut self) -> Vec<Partial> {
        let mut at = 0;
        while at < self.spots.len() {
            at = if self.term(at) == Term::Every {
                self.end_here();
                self.after_habit(at + 1)
            } else if let Some((fill, used)) = self.phrase(at) {
                let used = used.max(1);
                for mark in self.used.iter_mut().skip(at).take(used) {
                    *mark = true;
                }
                self.place(fill, at);
                at + used
            } else {
                self.pass(at);
                at + 1
            };
        }
        self.close();
        let names_day = |partial: &Partial| partial.has_days() && !partial.is_supposed;
        if self.done.iter().any(names_day) {
            for partial in self.done.iter_mut().filter(|partial| partial.is_supposed) {
                partial.relative = None;
            }
        }
        self.done
    }

    /// Whether the text wants to move something.
    pub(super) fn moves(&self) -> bool {
        self.moves
    }

    pub(super) fn is_linked_to(&self) -> bool {
        self.link == Link::To
    }

    pub(super) fn term(&self, at: usize) -> Term {
        self.spots.get(at).map_or(Term::End, |spot| spot.term)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.spots.get(at).map_or("", |spot| spot.word.as_str())
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.spots.get(at).is_some_and(|spot| spot.is_glued)
    }

    pub(super) fn is_used(&self, at: usize) -> bool {
        self.used.get(at).copied().unwrap_or(false)
    }

    pub(super) fn spots(&self) -> &[Spot] {
        self.spots
    }

    pub(super) fn current(&self) -> &Partial {
        &self.current
    }

    /// The date before the one that is being filled.
    pub(super) fn last(&self) -> Option<&Partial> {
        self.done.last()
    }

    /// Whether a word like *sampai* stands right between them.
    pub(super) fn is_linked(&self) -> bool {
        self.link != Link::None && (self.is_adjacent || self.link == Link::To)
    }

    fn place(&mut self, fill: Fill, at: usize) {
        if fill == Fill::Nothing {
            self.end_here();
            return;
        }
        if !self.current.fill(fill) {
            self.close();
            self.current.fill(fill);
        }
        if self.link != Link::None || self.is_adjacent {
            self.current.link = std::mem::take(&mut self.link);
            self.current.is_adjacent = std::mem::take(&mut self.is_adjacent);
        }
        if let Some(bound) = self.bound.take() {
            self.current.bound = Some(bound);
        }
        let looked_at = at.saturating_sub(BIRTH_WORDS_MAX)..at;
        self.current.is_birth |= looked_at.into_iter().any(|place| self.term(place) == Term::Birth);
    }

    /// A word that fills nothing: it links two dates, does no harm, or parts them.
    fn pass(&mut self, at: usize) {
        let link = match self.term(at) {
            Term::From => Link::From,
            Term::To => Link::To,
            Term::English if self.moves => Link::To,
            Term::English | Term::Until => Link::Until,
            Term::Or
                if self.is_between
                    && matches!(
                        self.word(at),
                        "dan" | "and" | "dn" | "sama" | "sm" | "karo" | "sareng" | "jeung"
                    ) =>
            {
                Link::Until
            }
            Term::Or | Term::Mark('&' | '/') => Link::Or,
            Term::Mark('-') if self.current.edge.is_some() && !self.is_open() => return,
            Term::Next if self.current.relative.is_some() => return,
            Term::Mark('-') if self.is_open() => Link::Until,
            Term::Mark('>' | '→') => Link::To,
            Term::After | Term::Before => {
                self.close();
                // *Habis* is also what happens to a passport on a day.
                let is_vague = matches!(self.word(at), "habis" | "abis" | "hbs" | "bis" | "ba");
                self.bound = match self.term(at) {
                    Term::After if !is_vague => Some(Bound::After),
                    Term::Before => Some(Bound::Before),
                    _ => None,
                };
                return;
            }
            Term::Filler
            | Term::Unit(Unit::Day)
            | Term::DayWord
            | Term::At
            | Term::In
            | Term::Around
            | Term::This
            | Term::Mark(',' | '.' | '(' | ')' | '"' | '*' | ':') => return,
            _ => {
                self.end_here();
                return;
            }
        };
        self.is_between = match link {
            Link::From => matches!(self.word(at), "antara" | "between"),
            _ => false,
        };
        self.close();
        // *Sampai ke* and *dugi ka* are one link.
        if !(self.link == Link::Until && link == Link::To) {
            self.link = link;
        }
    }

    fn is_open(&self) -> bool {
        !self.current.is_empty()
    }

    fn end_here(&mut self) {
        self.close();
        self.link = Link::None;
        self.is_adjacent = false;
        self.bound = None;
        self.is_between = false;
    }

    /// Puts the date away that is being filled, if it says anything.
    fn close(&mut self) {
        let finished = std::mem::take(&mut self.current);
        if !finished.is_empty() {
            self.done.push(finished);
            self.is_adjacent = true;
        }
    }

    /// The place after *setiap hari senin sampai jumat*: a habit is no day.
    fn after_habit(&self, at: usize) -> usize {
        let mut at = at;
        while matches!(
            self.term(at),
            Term::Unit(_)
                | Term::Weekday(_)
                | Term::SundayOrWeek
                | Term::Until
                | Term::Or
                | Term::Filler
                | Term::Weekend
        ) {
            at += 1;
        }
        at
    }
}
