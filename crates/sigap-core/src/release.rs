//! Fair release of scarce places: being faster, richer or better known brings nothing.
//!
//! Four ways, one setting an opening: first come, shuffled opening (`shuffle`), draw (`draw` with its public `transcript`)
//! and waiting list (`waiting_list`; what is cancelled stays `hidden` for a while). All of it is a function of its
//! arguments: random bytes are handed in, so that each draw and each room can be replayed bit for bit.

pub mod hash;
pub mod merkle;
pub mod draw;
pub mod inclusion;
pub mod transcript;
pub mod shuffle;
pub mod room;
pub mod waiting_list;
pub mod hidden;
