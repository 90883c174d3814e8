//! Collecting the passport: how the pick-up queue works, who may collect with which papers, how many days there are.

use super::choice::*;
use super::messages::*;
use super::payment::{caution, source_words};
use super::reply::{Arg, Choice, Choices, Reply};
use super::requirements::{named, named_all};
use super::state::Place;
use super::turn::Turn;
use crate::catalogue;

pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    turn.wait_for(Place::Pickup);
    let rows = vec![PICKUP_SELF, PICKUP_FAMILY, PICKUP_OTHER, PICKUP_CHILD, STATUS, MENU];
    PICKUP_HOW
        .say(Choices::List {
            button: "pickup",
            sections: vec![(None, rows)],
        })
        .with("days", Arg::Number(i64::from(turn.world.catalogue.pickup.days_kept)))
}

/// The papers of whoever collects.
pub(super) fn papers(turn: &mut Turn<'_>, who: Choice) -> Reply {
    let pickup = &turn.world.catalogue.pickup;
    let id = match who {
        PICKUP_SELF => "pemohon",
        PICKUP_FAMILY => "satu_kk",
        PICKUP_OTHER => "orang_lain",
        _ => "anak",
    };
    let Some(by) = pickup.by.iter().find(|by| by.id == id) else {
        return PICKUP_ASK_OFFICE.say(Choices::Buttons(vec![OFFICER, MENU]));
    };
    let is_confirmed = catalogue::is_confirmed(&by.source, by.confidence);
    PICKUP_PAPERS
        .say(Choices::Buttons(vec![PICKUP, HOURS, MENU]))
        .with("who", named("pickup_by.", id))
        .with("papers", Arg::Lines(named_all("document.", &by.bring)))
        .with("days", Arg::Number(i64::from(pickup.days_kept)))
        .with("caution", caution(is_confirmed, false))
        .with("source", source_words(&by.source))
}
