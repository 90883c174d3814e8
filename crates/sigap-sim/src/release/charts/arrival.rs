//! The chance by time of coming: one small chart for each mode, all on one scale.

use super::super::figures::{Figures, fraction, modes, share};
use super::canvas::{Anchor, BLUE, Canvas, Dash, FAINT, INK, percent};

const TOP: f64 = 110.0;
const BOTTOM: f64 = 310.0;
const LEFT: f64 = 70.0;
const PANEL: f64 = 190.0;
const GAP: f64 = 22.0;

pub(super) fn draw(figures: &Figures) -> String {
    let mut canvas = Canvas::new(
        930,
        390,
        "The chance to get a place when places come out, by time of coming",
        "Ten bars: the tenth of the people who came first, to the tenth who came last. Flat is fair.",
    );
    let height = |share: f64| (BOTTOM - TOP) * share;
    for step in 0..=4 {
        let share = 0.25 * f64::from(step);
        let y = BOTTOM - height(share);
        canvas.line(
            (LEFT - 6.0, y),
            (LEFT + 4.0 * PANEL + 3.0 * GAP, y),
            FAINT,
            1.0,
            Dash::No,
        );
        canvas.label(LEFT - 12.0, y + 5.0, Anchor::End, &percent(share));
    }
    let mut left = LEFT;
    for (name, outcome) in modes(&figures.runs) {
        let width = PANEL / 10.0;
        let mut x = left;
        for group in &outcome.deciles {
            let height = height(share(group));
            canvas.bar((x + 1.5, BOTTOM - height), (width - 3.0, height), BLUE);
            x += width;
        }
        let (all, released) = outcome.deciles.iter().fold((0, 0), |(all, released), group| {
            (all + group.tries, released + group.released)
        });
        let mean = BOTTOM - height(fraction(released, all));
        canvas.line((left, mean), (left + PANEL, mean), INK, 1.5, Dash::Yes);
        canvas.line((left, BOTTOM), (left + PANEL, BOTTOM), INK, 1.5, Dash::No);
        canvas.label(left + PANEL / 2.0, TOP - 14.0, Anchor::Middle, name);
        let ends = [outcome.deciles.first(), outcome.deciles.last()].map(|group| group.map_or(0.0, share));
        canvas.label(
            left,
            BOTTOM + 20.0,
            Anchor::Start,
            &format!("first: {}", percent(ends[0])),
        );
        canvas.label(
            left + PANEL,
            BOTTOM + 20.0,
            Anchor::End,
            &format!("last: {}", percent(ends[1])),
        );
        left += PANEL + GAP;
    }
    canvas.label(
        LEFT,
        BOTTOM + 52.0,
        Anchor::Start,
        "Dashed: the chance of all together.",
    );
    canvas.finish()
}
