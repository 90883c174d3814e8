//! Who may come without booking (*ramah HAM*): the groups of this office, with their ages.

use crate::office::PriorityGroup;

use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    let groups: Vec<Arg> = turn.world.office.priority.iter().filter_map(words).collect();
    if groups.is_empty() || turn.world.office.is_priority_stale {
        return PRIORITY_ASK_OFFICE.say(Choices::Buttons(vec![OFFICER, HELPDESK, MENU]));
    }
    PRIORITY_INFO
        .say(Choices::Buttons(vec![REQUIREMENTS, HOURS, MENU]))
        .with("groups", Arg::Lines(groups))
}

fn words(group: &PriorityGroup) -> Option<Arg> {
    let spec = match group.id.as_str() {
        "lansia" => PRIORITY_LANSIA,
        "disabilitas" => PRIORITY_DISABILITAS,
        "hamil" => PRIORITY_HAMIL,
        "menyusui" => PRIORITY_MENYUSUI,
        "balita" => PRIORITY_BALITA,
        "sakit" => PRIORITY_SAKIT,
        // A group without words cannot be told; the content check names it.
        _ => return None,
    };
    let age = group
        .age_from
        .or(group.age_below)
        .map_or(Arg::Empty, |age| Arg::Number(i64::from(age)));
    Some(spec.phrase(vec![("age", age)]))
}
