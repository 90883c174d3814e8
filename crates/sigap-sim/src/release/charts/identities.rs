//! What identities that brokers make up, and that pass the check, do to a draw: the limit of all of this.

use super::super::figures::{Figures, fraction};
use super::canvas::{Anchor, BLUE, Canvas, Dash, FAINT, INK, VERMILION, percent};

const LEFT: f64 = 80.0;
const WIDTH: f64 = 560.0;
const TOP: f64 = 100.0;
const BOTTOM: f64 = 320.0;
/// The top of the scale.
const SHARE_MAX: f64 = 0.5;

pub(super) fn draw(figures: &Figures) -> String {
    let mut canvas = Canvas::new(
        930,
        400,
        "The limit: identities that are made up and pass the check",
        "They win nothing for brokers, as a place cannot change hands. They take from everybody all the same.",
    );
    let height = |share: f64| BOTTOM - (BOTTOM - TOP) * share / SHARE_MAX;
    for step in 0..=5 {
        let share = 0.1 * f64::from(step);
        canvas.line(
            (LEFT, height(share)),
            (LEFT + WIDTH, height(share)),
            FAINT,
            1.0,
            Dash::No,
        );
        canvas.label(LEFT - 10.0, height(share) + 5.0, Anchor::End, &percent(share));
    }
    let most = figures
        .made_up
        .iter()
        .map(|(count, _)| *count)
        .max()
        .unwrap_or(1)
        .max(1);
    let x = |count: u32| LEFT + WIDTH * f64::from(count) / f64::from(most);
    let mut before: Option<[(f64, f64); 2]> = None;
    for (count, outcome) in &figures.made_up {
        let tries = outcome.own.tries + outcome.clients.tries;
        let chance = fraction(outcome.own.released + outcome.clients.released, tries);
        let empty = fraction(outcome.seats.wasted(), outcome.seats.all);
        let points = [(x(*count), height(chance)), (x(*count), height(empty))];
        if let Some([chance_before, empty_before]) = before {
            canvas.line(chance_before, points[0], BLUE, 2.5, Dash::No);
            canvas.line(empty_before, points[1], VERMILION, 2.5, Dash::No);
        }
        canvas.dot(points[0], BLUE);
        canvas.square(points[1], VERMILION);
        canvas.label(x(*count), BOTTOM + 22.0, Anchor::Middle, &count.to_string());
        before = Some(points);
        if *count == most {
            canvas.label(
                points[0].0 + 16.0,
                points[0].1 + 5.0,
                Anchor::Start,
                &format!("a true entry is drawn: {}", percent(chance)),
            );
            canvas.label(
                points[1].0 + 16.0,
                points[1].1 + 5.0,
                Anchor::Start,
                &format!("empty seats: {}", percent(empty)),
            );
        }
    }
    canvas.line((LEFT, BOTTOM), (LEFT + WIDTH, BOTTOM), INK, 1.5, Dash::No);
    let true_entries = figures.made_up.first().map_or(0, |(_, outcome)| {
        (outcome.own.tries + outcome.clients.tries) / outcome.weeks.max(1)
    });
    let words = format!("Made-up entries in each draw, beside {true_entries} true ones.");
    canvas.label(LEFT, BOTTOM + 50.0, Anchor::Start, &words);
    canvas.finish()
}
