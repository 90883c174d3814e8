//! What can be seen of a store: questions over the small spaces, and probes for what no read shows.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use sigap_core::ids::OfficeId;

use super::op::{Aggregate, Call, Op};
use super::plan::{Ending, Step, Transaction};
use super::space::{OFFICES, Space};
use super::{
    api_keys, applications, bookings, browsers, cases, contents, conversations, figures, files, follows, hall, hooks,
    inbox, intakes, jobs, notices, office, openings, outbox, own_data, passports, people, processes, reports, staff,
    surveys, unclear,
};

/// Days back from which guesses are summed.
const GUESS_DAYS: i32 = 2;

/// Questions about what a step may have changed: the aggregates it called at the offices it named.
pub(super) fn touched(step: &Step, space: &mut Space) -> Vec<Op> {
    let mut places = BTreeSet::new();
    for op in step.ops() {
        places.insert((op.office, op.call.aggregate()));
        if op.call.aggregate() == Aggregate::People {
            // Bindings and wishes end when identifiers change.
            places.insert((op.office, Aggregate::Applications));
            places.insert((op.office, Aggregate::Follows));
        }
        if op.call.aggregate() == Aggregate::OwnData {
            // An erasure goes through everything.
            places.extend(Aggregate::ALL.map(|aggregate| (op.office, aggregate)));
        }
    }
    let ids = space.window();
    ask(places, &ids, space)
}

/// Questions about everything that this run may have written.
pub(super) fn everything(space: &mut Space) -> Vec<Op> {
    let places = OFFICES
        .into_iter()
        .flat_map(|office| Aggregate::ALL.map(|aggregate| (office, aggregate)));
    ask(places, &all_ids(space), space)
}

/// Writes that tell more than reads do, one transaction an office, each of them undone.
pub(super) fn probes(space: &mut Space) -> Vec<Transaction> {
    let (ids, clock) = (all_ids(space), space.clock());
    let calls = [
        outbox::probes(ids.clone(), clock),
        applications::probes(ids.clone(), clock),
        bookings::probes(ids.clone()),
        reports::probes(ids),
        notices::probes(clock),
        office::probes(),
    ]
    .concat();
    OFFICES
        .map(|office| Transaction {
            office,
            ops: calls.iter().map(|call| question(office, call.clone())).collect(),
            ending: Ending::Fault,
            takes_faults_in: false,
        })
        .into()
}

fn ask(
    places: impl IntoIterator<Item = (OfficeId, Aggregate)>,
    ids: &RangeInclusive<i64>,
    space: &mut Space,
) -> Vec<Op> {
    let (clock, since) = (space.clock(), space.day() - GUESS_DAYS);
    let mut ops = vec![question(OFFICES[0], office::Call::FindBacklog.into())];
    for (office, aggregate) in places {
        let calls = match aggregate {
            Aggregate::People => people::questions(),
            Aggregate::Inbox => inbox::questions(ids.clone()),
            Aggregate::Conversations => conversations::questions(),
            Aggregate::Outbox => outbox::questions(ids.clone(), clock),
            Aggregate::Applications => applications::questions(since),
            Aggregate::Office => office::questions(),
            Aggregate::Processes => processes::questions(),
            Aggregate::Bookings => bookings::questions(ids.clone()),
            Aggregate::Browsers => browsers::questions(),
            Aggregate::Files => files::questions(),
            Aggregate::Intakes => intakes::questions(),
            Aggregate::Openings => openings::questions(),
            Aggregate::Jobs => jobs::questions(ids.clone()),
            Aggregate::Hall => hall::questions(ids.clone()),
            Aggregate::Staff => staff::questions(ids.clone()),
            Aggregate::Passports => passports::questions(),
            Aggregate::Cases => cases::questions(),
            Aggregate::Surveys => surveys::questions(),
            Aggregate::Unclear => unclear::questions(),
            Aggregate::Contents => contents::questions(),
            Aggregate::Reports => reports::questions(),
            Aggregate::Follows => follows::questions(),
            Aggregate::Figures => figures::questions(ids.clone()),
            Aggregate::ApiKeys => api_keys::questions(ids.clone()),
            Aggregate::Hooks => hooks::questions(),
            Aggregate::Notices => notices::questions(),
            Aggregate::OwnData => own_data::questions(),
        };
        ops.extend(calls.into_iter().map(|call| question(office, call)));
    }
    ops
}

fn question(office: OfficeId, call: Call) -> Op {
    Op {
        method: "",
        office,
        call,
    }
}

fn all_ids(space: &Space) -> RangeInclusive<i64> {
    0..=*space.window().end()
}
