//! How soon a cancelled place has somebody again. Soon is not good: seconds mean that a bot took it.

use super::super::assumptions::{HOUR, MINUTE};
use super::super::figures::{Figures, duration, modes};
use super::canvas::{Anchor, BLUE, Canvas, Dash, FAINT};

const LEFT: f64 = 170.0;
const WIDTH: f64 = 690.0;
const TOP: f64 = 110.0;
const ROW: f64 = 48.0;

pub(super) fn draw(figures: &Figures) -> String {
    let mut canvas = Canvas::new(
        930,
        350,
        "From a cancellation to the next person",
        "Line: from one place in ten to nine in ten. Dot: half of them. Seconds mean that a bot took it.",
    );
    let bottom = TOP + 4.0 * ROW;
    for seconds in [1, 10, MINUTE, 10 * MINUTE, HOUR, 10 * HOUR] {
        let x = place(seconds);
        canvas.line((x, TOP - 20.0), (x, bottom), FAINT, 1.0, Dash::No);
        let words = match seconds {
            MINUTE => "1 min".to_owned(),
            HOUR => "1 h".to_owned(),
            other => duration(other).replace(".0", ""),
        };
        canvas.label(x, bottom + 20.0, Anchor::Middle, &words);
    }
    let mut y = TOP + 8.0;
    for (name, outcome) in modes(&figures.runs) {
        canvas.label(LEFT - 14.0, y + 5.0, Anchor::End, name);
        let within = [100, 500, 900].map(|permille| outcome.returns.refilled_within(permille));
        if let [Some(soon), Some(half), Some(late)] = within {
            canvas.line((place(soon), y), (place(late), y), BLUE, 5.0, Dash::No);
            canvas.dot((place(half), y), BLUE);
            canvas.label(place(half), y - 13.0, Anchor::Middle, &duration(half));
        }
        y += ROW;
    }
    canvas.finish()
}

/// Seconds on a scale on which each tenfold has the same width.
#[expect(clippy::cast_precision_loss, reason = "a week has far fewer seconds than 2^52")]
fn place(seconds: i64) -> f64 {
    let decades = (seconds.max(1) as f64).log10();
    LEFT + WIDTH * decades / (36_000_f64).log10()
}
