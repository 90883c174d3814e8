//! Where the seats go, and how many of them would be the brokers' clients' by their number.

use super::super::figures::{Figures, fraction, modes};
use super::canvas::{Anchor, BLUE, Canvas, Dash, GREEN, GREY, INK, ORANGE, VERMILION, percent};

const LEFT: f64 = 170.0;
const WIDTH: f64 = 700.0;
const TOP: f64 = 120.0;
const ROW: f64 = 56.0;

pub(super) fn draw(figures: &Figures) -> String {
    let mut canvas = Canvas::new(
        930,
        360,
        "Who has the seats on the morning of the visit",
        "The mark under a bar: the share that brokers' clients would have by their number.",
    );
    let kinds = [
        ("by themselves", BLUE),
        ("brokers' clients", VERMILION),
        ("bought from brokers", ORANGE),
        ("kept empty by brokers", GREY),
        ("at the door", GREEN),
    ];
    let mut x = 24.0;
    for ((name, fill), width) in kinds.iter().zip([150.0, 160.0, 195.0, 205.0, 130.0]) {
        canvas.bar((x, TOP - 45.0), (13.0, 13.0), fill);
        canvas.label(x + 19.0, TOP - 33.0, Anchor::Start, name);
        x += width;
    }
    let mut y = TOP;
    for (name, outcome) in modes(&figures.runs) {
        let seats = &outcome.seats;
        let parts = [seats.own, seats.clients, seats.bought, seats.straw, seats.walk_in];
        canvas.label(LEFT - 14.0, y + 21.0, Anchor::End, name);
        let mut x = LEFT;
        for (part, (_, fill)) in parts.into_iter().zip(kinds) {
            let width = WIDTH * fraction(part, seats.all);
            canvas.bar((x, y), (width, 32.0), fill);
            if width > 40.0 {
                // White on each colour but orange has contrast enough; a box makes all alike.
                canvas.bar((x + 4.0, y + 6.0), (46.0_f64.min(width - 8.0), 20.0), "#ffffff");
                canvas.label(x + 8.0, y + 21.0, Anchor::Start, &percent(fraction(part, seats.all)));
            }
            x += width;
        }
        let people = outcome.own.people + outcome.clients.people;
        let fair = WIDTH * (fraction(seats.own, seats.all) + fraction(outcome.clients.people, people));
        let from = LEFT + WIDTH * fraction(seats.own, seats.all);
        canvas.line((from, y + 37.0), (LEFT + fair, y + 37.0), INK, 3.0, Dash::No);
        y += ROW;
    }
    canvas.finish()
}
