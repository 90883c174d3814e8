//! The last exchanges over the wire, for the page's "what really travelled". Bodies only, never headers: no secrets.

use std::collections::VecDeque;
use std::sync::Mutex;

use jiff::Timestamp;
use serde::Serialize;

use crate::limits::EXCHANGES_KEPT_MAX;
use crate::lock::lock;

/// A request and its answer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Exchange {
    /// `api` towards Meta, `webhook` from Meta.
    pub(crate) direction: &'static str,
    pub(crate) at: Timestamp,
    pub(crate) request: String,
    pub(crate) status: u16,
    pub(crate) response: String,
}

/// The last few exchanges.
#[derive(Default)]
pub(crate) struct WireLog(Mutex<VecDeque<Exchange>>);

impl WireLog {
    pub(crate) fn push(&self, exchange: Exchange) {
        let mut kept = lock(&self.0);
        if kept.len() >= EXCHANGES_KEPT_MAX {
            kept.pop_front();
        }
        kept.push_back(exchange);
    }

    pub(crate) fn last(&self, direction: &str) -> Option<Exchange> {
        lock(&self.0)
            .iter()
            .rev()
            .find(|exchange| exchange.direction == direction)
            .cloned()
    }
}
