//! A citizen sends where they are: which office is the nearest, told no more exactly than it is known.
//!
//! Offices are points of their towns on the map, and a citizen's place is rounded to a kilometre. So this line's own office is
//! also named when another is hardly nearer, and a distance is a round number in a straight line, or none within a town.

use crate::limits::{NEAREST_KM_MAX, NEAREST_MARGIN_KM, NEAREST_OFFICES_MAX, NEAREST_SPREAD_KM, NEAREST_TOWN_KM};
use crate::office::{Office, PointOf};
use crate::point::Point;

use super::choice::*;
use super::hours::address_caution;
use super::messages::*;
use super::other_office::told;
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

/// Within so many kilometres of a door no distance is told: both places are rounded to about one.
const DOOR_KM: f64 = 2.0;

/// What is near a place, seen from one office.
#[derive(Debug, PartialEq)]
enum Nearest<'a> {
    /// That office, or none that is clearly nearer.
    Own,
    /// Others, the nearest first, with kilometres; at least one.
    Others(Vec<(&'a Office, f64)>),
    /// No office of the country.
    Nothing,
}

/// Names the nearest offices, or this one.
pub(super) fn answer(turn: &Turn<'_>, place: Point) -> Reply {
    let own = turn.world.office;
    match find(place, own, turn.world.offices) {
        Nearest::Own => at_own(turn, WORDLESS_LOCATION_HERE.say(own_choices())),
        Nearest::Nothing => at_own(turn, WORDLESS_LOCATION_FAR.say(own_choices())),
        Nearest::Others(offices) => {
            let is_certain = offices
                .iter()
                .all(|(office, _)| office.is_address_confirmed || office.address.is_none());
            let mut reply = WORDLESS_LOCATION_NEAR
                .say(Choices::Buttons(vec![HOURS, MENU, OFFICER]))
                .with("own", Arg::Office(own.id));
            for (name, (office, km)) in ["first", "second", "third"].into_iter().zip(offices) {
                reply = reply.with(name, near_office(office, km));
            }
            let caution = if is_certain {
                Arg::Empty
            } else {
                WORDLESS_CAUTION.words()
            };
            reply.with("caution", caution)
        }
    }
}

/// This office with its address, under words of the message.
pub(super) fn at_own(turn: &Turn<'_>, reply: Reply) -> Reply {
    let office = turn.world.office;
    reply
        .with("office", Arg::Office(office.id))
        .with("address", told(office.address.as_ref()))
        .with("address_caution", address_caution(office))
}

pub(super) fn own_choices() -> Choices {
    Choices::Buttons(vec![HOURS, MENU])
}

fn find<'a>(place: Point, own: &Office, offices: &'a [Office]) -> Nearest<'a> {
    let mut near: Vec<(&Office, f64)> = offices
        .iter()
        .filter_map(|office| Some((office, place.km_to(office.point?.at))))
        .collect();
    near.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let Some(&(_, nearest_km)) = near.first().filter(|(_, km)| *km <= NEAREST_KM_MAX) else {
        return Nearest::Nothing;
    };
    let own_km = own.point.map(|point| place.km_to(point.at));
    if own_km.is_some_and(|km| km <= nearest_km + NEAREST_MARGIN_KM) {
        return Nearest::Own;
    }
    near.retain(|(_, km)| *km <= nearest_km + NEAREST_SPREAD_KM);
    near.truncate(NEAREST_OFFICES_MAX);
    Nearest::Others(near)
}

fn near_office(office: &Office, km: f64) -> Arg {
    WORDLESS_NEAR_OFFICE.phrase(vec![
        ("office", Arg::Office(office.id)),
        ("city", Arg::Text(office.city.clone())),
        ("distance", distance(office, km)),
        ("address", told(office.address.as_ref())),
        ("whatsapp", told(office.whatsapp.as_ref())),
        ("phone", told(office.phone.as_ref())),
    ])
}

fn distance(office: &Office, km: f64) -> Arg {
    let untold_km = match office.point.map(|point| point.of) {
        Some(PointOf::Building) => DOOR_KM,
        Some(PointOf::City | PointOf::District) | None => NEAREST_TOWN_KM,
    };
    if km < untold_km {
        WORDLESS_NEAR_TOWN.words()
    } else {
        WORDLESS_NEAR_KM.phrase(vec![("km", Arg::Number(round(km)))])
    }
}

/// Kilometres as people say them: by fives, by tens, by fifties. The places are those of towns.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no two places on earth are 20,100 km apart"
)]
fn round(km: f64) -> i64 {
    let step = if km < 50.0 {
        5.0
    } else if km < 200.0 {
        10.0
    } else {
        50.0
    };
    ((km / step).round() * step) as i64
}

#[cfg(test)]
mod tests;
