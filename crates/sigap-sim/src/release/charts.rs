//! The pictures of docs/fairness.md as SVG: light ground, labels on the marks, colours that colour-blind people tell apart
//! (Okabe and Ito, 2008), and never by colour alone.

use super::figures::Figures;

mod arrival;
mod broker;
mod canvas;
mod identities;
mod refill;
mod seats;

/// A picture: the name of its file and its text.
pub type Picture = (&'static str, String);

/// All pictures.
#[must_use]
pub fn draw(figures: &Figures) -> Vec<Picture> {
    vec![
        ("fairness-arrival.svg", arrival::draw(figures)),
        ("fairness-broker.svg", broker::draw(figures)),
        ("fairness-seats.svg", seats::draw(figures)),
        ("fairness-refill.svg", refill::draw(figures)),
        ("fairness-identities.svg", identities::draw(figures)),
    ]
}

#[cfg(test)]
mod tests;
