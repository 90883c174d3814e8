//! What the emulator remembers of each chat: window, pace, bubbles, and what waits for a phone that is off.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use jiff::Timestamp;

use crate::bubble::{Bubble, Side, Tick};
use crate::bucket::Bucket;
use crate::limits::{BUBBLES_PER_CHAT_MAX, PAIR_BURST, PAIR_PER_SECOND, WINDOW_SECONDS};
use crate::lock::lock;
use crate::statuses::StatusUpdate;
use crate::totals::shard_of;

const SHARDS: usize = 64;

/// One person (its id, or a stranger's address) and one number (its place in the configuration).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ChatKey {
    pub(crate) person: String,
    pub(crate) number: usize,
}

/// One chat.
pub(crate) struct Chat {
    pub(crate) last_inbound: Option<Timestamp>,
    pub(crate) pair: Bucket,
    pub(crate) bubbles: VecDeque<Bubble>,
    pub(crate) typing_until: Option<Timestamp>,
    pub(crate) held: Vec<StatusUpdate>,
}

impl Chat {
    fn new(now: Timestamp) -> Self {
        Self {
            last_inbound: None,
            pair: Bucket::new(PAIR_BURST, PAIR_PER_SECOND, now),
            bubbles: VecDeque::new(),
            typing_until: None,
            held: Vec::new(),
        }
    }

    /// Whether a message without template may be sent.
    pub(crate) fn window_is_open(&self, now: Timestamp) -> bool {
        self.last_inbound
            .is_some_and(|last| now.as_second() - last.as_second() < WINDOW_SECONDS)
    }

    /// A real message came at this time; late ones do not close a window that is open longer.
    pub(crate) fn open_window(&mut self, sent_at: Timestamp) {
        self.last_inbound = self.last_inbound.max(Some(sent_at));
    }

    pub(crate) fn push(&mut self, bubble: Bubble) {
        if self.bubbles.len() >= BUBBLES_PER_CHAT_MAX {
            self.bubbles.pop_front();
        }
        self.bubbles.push_back(bubble);
    }

    pub(crate) fn bubble(&mut self, id: &str) -> Option<&mut Bubble> {
        self.bubbles.iter_mut().rev().find(|bubble| bubble.id == id)
    }

    /// The office has seen this message of the person, and so all before it. Returns what changed.
    pub(crate) fn mark_read(&mut self, id: &str) -> Option<Vec<Bubble>> {
        let place = self
            .bubbles
            .iter()
            .rposition(|b| b.id == id && b.side == Side::Person)?;
        let changed = self
            .bubbles
            .iter_mut()
            .take(place + 1)
            .filter(|b| b.side == Side::Person && b.tick != Tick::Read)
            .map(|bubble| {
                bubble.tick = Tick::Read;
                bubble.clone()
            })
            .collect();
        Some(changed)
    }

    /// Moves a tick upwards; returns the bubble when it moved.
    pub(crate) fn raise(&mut self, id: &str, tick: Tick) -> Option<Bubble> {
        let bubble = self.bubble(id)?;
        if bubble.tick >= tick {
            return None;
        }
        bubble.tick = tick;
        Some(bubble.clone())
    }
}

/// All chats, spread over shards so that a flood of senders does not wait in one line.
pub(crate) struct Chats {
    shards: Vec<Mutex<HashMap<ChatKey, Chat>>>,
}

impl Default for Chats {
    fn default() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }
}

impl Chats {
    /// Works on one chat under its lock, making it when it is new.
    pub(crate) fn with<T>(&self, key: &ChatKey, now: Timestamp, work: impl FnOnce(&mut Chat) -> T) -> T {
        let mut shard = lock(&self.shards[shard_of(&key.person, SHARDS)]);
        // Looked up first: `entry` would copy the key for every message of a chat that is long known.
        if let Some(chat) = shard.get_mut(key) {
            return work(chat);
        }
        work(shard.entry(key.clone()).or_insert_with(|| Chat::new(now)))
    }

    /// The chat that holds this bubble. Walks all chats; only for demos and tests, where there are few.
    pub(crate) fn holding(&self, bubble_id: &str, number: usize) -> Option<ChatKey> {
        self.shards.iter().find_map(|shard| {
            lock(shard)
                .iter()
                .find(|(key, chat)| key.number == number && chat.bubbles.iter().any(|b| b.id == bubble_id))
                .map(|(key, _)| key.clone())
        })
    }
}
