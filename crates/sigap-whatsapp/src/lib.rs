//! The WhatsApp Business Cloud API as of late 2026: webhooks in, messages out, and what may go wrong on the way.
//!
//! It translates and talks outward, nothing else: no rules of the service, no storage, no decision when to send.
//!
//! - A webhook: [`signature`] on the raw bytes, then [`inbound::parse`], then one event at a time.
//! - A form that asks us: [`endpoint::envelope`] opens the request, [`endpoint::Answer`] says what may follow.
//! - A reply: [`outbound::to_wire`], [`client::Client::send`], and [`errors::action_for`] when Meta refuses.
//!
//! To add a kind of inbound message: put a payload into `samples/webhooks`, read it in `inbound/said.rs`,
//! and name what it means to the dialogue in `sigap_core::inbound::Said`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

// Webhooks in.
pub mod inbound;
pub mod routing;
pub mod signature;

// Forms while they are filled in.
pub mod endpoint;

// Messages out.
pub mod client;
pub mod errors;
pub mod flow;
pub mod limits;
pub mod media;
pub mod outbound;
pub mod template;

// When a message may leave, and what it costs.
pub mod buckets;
pub mod pricing;

mod mac;
mod wire;
