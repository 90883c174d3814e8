//! The chance with and without a broker, when places come out and in the end.

use super::super::figures::{Figures, fraction, modes};
use super::canvas::{Anchor, BLUE, Canvas, Dash, FAINT, INK, VERMILION, percent};

const LEFT: f64 = 270.0;
const WIDTH: f64 = 590.0;
const TOP: f64 = 120.0;
const ROW: f64 = 34.0;

pub(super) fn draw(figures: &Figures) -> String {
    let mut canvas = Canvas::new(
        930,
        470,
        "The chance of one try, with and without a broker",
        "At once: when places come out. In the end: with what came back. Marks on each other: a broker has nothing to sell.",
    );
    let bottom = TOP + 9.0 * ROW;
    for step in 0..=4 {
        let share = 0.25 * f64::from(step);
        let x = LEFT + WIDTH * share;
        canvas.line((x, TOP - 14.0), (x, bottom), FAINT, 1.0, Dash::No);
        canvas.label(x, bottom + 20.0, Anchor::Middle, &percent(share));
    }
    canvas.dot((LEFT, TOP - 34.0), BLUE);
    canvas.label(LEFT + 14.0, TOP - 29.0, Anchor::Start, "without a broker");
    canvas.square((LEFT + 160.0, TOP - 34.0), VERMILION);
    canvas.label(LEFT + 174.0, TOP - 29.0, Anchor::Start, "with one");
    let mut y = TOP + 4.0;
    for (name, outcome) in modes(&figures.runs) {
        let (own, clients) = (&outcome.own, &outcome.clients);
        let rows = [
            ("at once", own.released, clients.released),
            ("in the end", own.placed, clients.placed),
        ];
        canvas.label(24.0, y + 5.0, Anchor::Start, name);
        for (when, of_own, of_clients) in rows {
            let (without, with) = (fraction(of_own, own.tries), fraction(of_clients, clients.tries));
            let at = |share: f64| (LEFT + WIDTH * share, y);
            canvas.label(LEFT - 14.0, y + 5.0, Anchor::End, when);
            canvas.line(at(without), at(with), INK, 2.0, Dash::No);
            canvas.square(at(with), VERMILION);
            canvas.dot(at(without), BLUE);
            let right = without.max(with);
            let words = format!("{} without, {} with", percent(without), percent(with));
            if right < 0.6 {
                canvas.label(at(right).0 + 16.0, y + 5.0, Anchor::Start, &words);
            } else {
                canvas.label(at(f64::midpoint(without, with)).0, y - 7.0, Anchor::Middle, &words);
            }
            y += ROW;
        }
        y += ROW / 4.0;
    }
    canvas.finish()
}
