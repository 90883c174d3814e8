//! A WhatsApp Cloud API with memory for demos, tests and load: it accepts, refuses, prices and reports as Meta does.
//!
//! It is a witness: it uses no crate of ours, holds Meta's limits in words of its own, and knows nothing of what
//! an office answers. It keeps no file; when the process ends, everything is forgotten.
//!
//! Start at [`Emulator`]: [`Emulator::router`] is Meta's side of the wire, [`Emulator::person_says`] is a citizen's
//! thumb, [`Emulator::run`] carries the webhooks, [`Emulator::phone_router`] is the page to look at.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bubble;
mod bucket;
mod chance;
mod chats;
mod check;
mod config;
mod deliver;
mod emulator;
mod exchange;
mod faults;
mod flow_json;
mod flows;
mod form_envelope;
mod graph;
mod limits;
mod lock;
mod media;
mod person;
mod phone;
mod said;
mod samples;
mod send;
mod signature;
mod statuses;
mod templates;
mod totals;
mod webhook;
mod wire_log;

pub use bubble::{Bubble, BubbleContent, ChoiceItem, ChoiceSection, FlowUse, Side, Tick};
pub use config::{Clock, Config, EmulatedNumber, Record, Rules, Statuses, Template, Timing};
pub use emulator::Emulator;
pub use exchange::{FormNext, FormStep};
pub use faults::{Fault, FaultKind, Faults, StatusWord};
pub use form_envelope::{FormPhones, FormRequest};
pub use person::{Person, demo_persons};
pub use said::{Said, SayRefusal};
pub use send::Accepted;
pub use templates::TemplateVerdict;
pub use totals::Totals;

#[cfg(test)]
mod tests;
