//! Counters: totals always, per callback data and per recipient when the emulator is told to remember.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use crate::lock::lock;

const SHARDS: usize = 16;

/// A snapshot of the counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Messages accepted.
    pub accepted: u64,
    /// Requests refused with an error.
    pub refused: u64,
    /// Webhooks answered with 200.
    pub webhooks_delivered: u64,
    /// Tries of webhooks that were not.
    pub webhooks_failed: u64,
    /// Webhooks that were dropped because too many waited or seven days were over.
    pub webhooks_dropped: u64,
    /// Messages of persons that were answered with 200.
    pub person_messages_delivered: u64,
}

#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) accepted: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) webhooks_delivered: AtomicU64,
    pub(crate) webhooks_failed: AtomicU64,
    pub(crate) webhooks_dropped: AtomicU64,
    pub(crate) person_messages_delivered: AtomicU64,
    by_callback: [Mutex<HashMap<String, u32>>; SHARDS],
    by_recipient: [Mutex<HashMap<String, u32>>; SHARDS],
}

impl Counters {
    pub(crate) fn snapshot(&self) -> Totals {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Totals {
            accepted: get(&self.accepted),
            refused: get(&self.refused),
            webhooks_delivered: get(&self.webhooks_delivered),
            webhooks_failed: get(&self.webhooks_failed),
            webhooks_dropped: get(&self.webhooks_dropped),
            person_messages_delivered: get(&self.person_messages_delivered),
        }
    }

    pub(crate) fn count_accepted(&self, callback: Option<&str>, recipient: &str) {
        if let Some(callback) = callback {
            *lock(&self.by_callback[shard(callback)])
                .entry(callback.to_owned())
                .or_default() += 1;
        }
        *lock(&self.by_recipient[shard(recipient)])
            .entry(recipient.to_owned())
            .or_default() += 1;
    }

    pub(crate) fn by_callback(&self) -> HashMap<String, u32> {
        gathered(&self.by_callback)
    }

    pub(crate) fn by_recipient(&self) -> HashMap<String, u32> {
        gathered(&self.by_recipient)
    }
}

fn gathered(shards: &[Mutex<HashMap<String, u32>>]) -> HashMap<String, u32> {
    shards
        .iter()
        .flat_map(|shard| lock(shard).iter().map(|(k, v)| (k.clone(), *v)).collect::<Vec<_>>())
        .collect()
}

/// The shard of a key: FNV-1a is plenty for spreading and needs no state.
pub(crate) fn shard_of(key: &str, shards: usize) -> usize {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) as usize % shards
}

fn shard(key: &str) -> usize {
    shard_of(key, SHARDS)
}
