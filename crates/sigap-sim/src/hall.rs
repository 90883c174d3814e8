//! A hall with counters and people who come by chance, under the rules of `sigap_core::queue`: checked against what theory says,
//! and the announced waiting times against what people then waited.

pub mod score;
pub mod trace;
pub mod vectors;
