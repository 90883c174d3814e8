//! What is done in which order: steps drawn from the seed beforehand, whatever stores answer, so that both get the same.

use std::collections::BTreeMap;

use sigap_core::ids::{OfficeId, PersonId};

use super::op::{Aggregate, Effect, Kind, Op};
use super::space::{OFFICES, PERSONS, Reach, Space};

/// Operations of one transaction at most.
const OPERATIONS_MAX: i64 = 5;
/// What a transaction may be about, so that its operations meet in the same rows. What has more to say comes more often.
const THEMES: [&[Aggregate]; 43] = [
    &[Aggregate::People],
    &[Aggregate::Inbox],
    &[Aggregate::Inbox],
    &[Aggregate::Outbox],
    &[Aggregate::Outbox],
    &[Aggregate::Outbox],
    &[Aggregate::Outbox],
    &[Aggregate::Applications],
    &[Aggregate::Applications],
    &[Aggregate::Office],
    &[Aggregate::Bookings],
    &[Aggregate::Bookings],
    &[Aggregate::Openings],
    &[Aggregate::Openings],
    &[Aggregate::Bookings, Aggregate::Jobs],
    &[Aggregate::Jobs],
    &[Aggregate::Jobs],
    &[Aggregate::Office],
    &[Aggregate::Hall],
    &[Aggregate::Hall],
    &[Aggregate::Staff],
    &[Aggregate::Passports],
    &[Aggregate::Cases],
    &[Aggregate::Cases],
    &[Aggregate::Surveys],
    &[Aggregate::Unclear],
    &[Aggregate::Contents],
    &[Aggregate::Cases],
    &[Aggregate::Cases],
    &[Aggregate::Applications, Aggregate::Passports],
    &[Aggregate::Reports],
    &[Aggregate::People, Aggregate::Follows],
    &[Aggregate::ApiKeys],
    &[Aggregate::Hooks],
    &[Aggregate::Figures],
    &[Aggregate::Cases, Aggregate::Hall, Aggregate::Figures],
    &[Aggregate::Notices],
    &[Aggregate::Browsers],
    &[Aggregate::Files, Aggregate::Intakes],
    &[Aggregate::Cases],
    // Somebody is erased in the middle of all that.
    &[
        Aggregate::People,
        Aggregate::OwnData,
        Aggregate::Inbox,
        Aggregate::Outbox,
    ],
    // As a turn does.
    &[Aggregate::People, Aggregate::Conversations, Aggregate::Outbox],
    &[Aggregate::People, Aggregate::Conversations, Aggregate::Inbox],
];
/// Persons whose transactions are handed in together.
const PERSONS_TOGETHER: usize = 4;

/// What is done before the states are compared.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Transactions handed in together. When there are several, they touch no row in common.
    Write(Vec<Transaction>),
    /// Operations on a snapshot; when `tries_to_write`, the last one must be refused.
    Read { ops: Vec<Op>, tries_to_write: bool },
}

impl Step {
    /// All operations in it.
    pub(super) fn ops(&self) -> Vec<&Op> {
        match self {
            Self::Write(transactions) => transactions.iter().flat_map(|each| &each.ops).collect(),
            Self::Read { ops, .. } => ops.iter().collect(),
        }
    }
}

/// Operations that happen together or not at all.
#[derive(Debug, Clone)]
pub(super) struct Transaction {
    /// Whose line it stands in.
    pub(super) office: OfficeId,
    pub(super) ops: Vec<Op>,
    pub(super) ending: Ending,
    /// Goes on after a fault: by a call that is `Broken` nothing has happened, by one that is `Refused` nothing will.
    pub(super) takes_faults_in: bool,
}

/// How a transaction ends when nothing was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Commit,
    /// With an error of its own.
    Fault,
    /// In the middle of a rule, as a bug would.
    Panic,
}

/// Draws steps.
pub(super) struct Plan {
    pub(super) space: Space,
    /// How often each method was drawn.
    drawn: BTreeMap<&'static str, usize>,
}

impl Plan {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            space: Space::new(seed),
            drawn: BTreeMap::new(),
        }
    }

    pub(super) fn next_step(&mut self) -> Step {
        self.space.next_step();
        self.space.turn();
        match self.space.chance.below(20) {
            0..4 => self.read(),
            4 => self.together(Reach::Office),
            5 => self.together(Reach::Person),
            _ => Step::Write(vec![self.transaction(Reach::Nation)]),
        }
    }

    fn read(&mut self) -> Step {
        let theme = self.theme(Reach::Nation);
        let mut ops = self.ops(theme, Reach::Nation, |kind| kind.effect == Effect::Reads);
        let tries_to_write = self.space.chance.one_in(3);
        if tries_to_write {
            ops.push(self.op(&Aggregate::ALL, Reach::Nation, |kind| kind.effect == Effect::Writes));
        }
        Step::Read { ops, tries_to_write }
    }

    /// Several transactions whose order cannot matter: each at an office of its own, or each about a person of their own.
    fn together(&mut self, reach: Reach) -> Step {
        let focus = self.space.focus();
        let places: Vec<(OfficeId, PersonId)> = if reach == Reach::Office {
            OFFICES.map(|office| (office, focus.person)).into()
        } else {
            let first = usize::try_from(self.space.chance.within(*PERSONS.start(), *PERSONS.end())).unwrap();
            let people = PERSONS
                .map(PersonId)
                .collect::<Vec<_>>()
                .into_iter()
                .cycle()
                .skip(first);
            people
                .take(PERSONS_TOGETHER)
                .map(|person| (focus.office, person))
                .collect()
        };
        let transactions = places.into_iter().map(|(office, person)| {
            self.space.turn_to(office, person);
            self.transaction(reach)
        });
        Step::Write(transactions.collect())
    }

    fn transaction(&mut self, reach: Reach) -> Transaction {
        let theme = self.theme(reach);
        let ops = self.ops(theme, reach, |_| true);
        let ending = match self.space.chance.below(25) {
            0 | 1 => Ending::Fault,
            2 => Ending::Panic,
            _ => Ending::Commit,
        };
        Transaction {
            office: self.space.focus().office,
            ops,
            ending,
            takes_faults_in: self.space.chance.one_in(2),
        }
    }

    /// What a transaction is about. Rows of one person are few; there it is anything.
    fn theme(&mut self, reach: Reach) -> &'static [Aggregate] {
        if reach == Reach::Person || self.space.chance.one_in(3) {
            return &Aggregate::ALL;
        }
        self.space.chance.pick(&THEMES)
    }

    fn ops(&mut self, theme: &[Aggregate], reach: Reach, is_wanted: impl Fn(&Kind) -> bool) -> Vec<Op> {
        let count = self.space.chance.within(1, OPERATIONS_MAX);
        (0..count).map(|_| self.op(theme, reach, &is_wanted)).collect()
    }

    fn op(&mut self, theme: &[Aggregate], reach: Reach, is_wanted: impl Fn(&Kind) -> bool) -> Op {
        self.space.reach = reach;
        let kinds = theme.iter().flat_map(|aggregate| aggregate.kinds());
        let wanted: Vec<&Kind> = kinds.filter(|kind| kind.reach <= reach && is_wanted(kind)).collect();
        // Now and then whatever was left out so far: chance alone forgets a method in one seed or another.
        let kind = if theme.len() == Aggregate::ALL.len() && self.space.chance.one_in(4) {
            let times = |kind: &&Kind| self.drawn.get(kind.method).copied();
            wanted.into_iter().min_by_key(times).unwrap()
        } else {
            self.by_weight(&wanted)
        };
        *self.drawn.entry(kind.method).or_default() += 1;
        let office = self.space.office();
        Op {
            method: kind.method,
            office,
            call: (kind.draw)(&mut self.space),
        }
    }

    fn by_weight<'k>(&mut self, wanted: &[&'k Kind]) -> &'k Kind {
        let mut mark = self.space.chance.below(wanted.iter().map(|kind| kind.weight).sum());
        for kind in wanted {
            if mark < kind.weight {
                return kind;
            }
            mark -= kind.weight;
        }
        wanted[0]
    }
}
