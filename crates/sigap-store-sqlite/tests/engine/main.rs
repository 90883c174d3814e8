//! The engine on real files: reopening, sealing, a killed process, copies.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

mod backup;
mod crash;
mod moving;
mod reopen;
mod sealing;

use std::path::Path;

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, OutboxId, PersonId};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::person::Contact;
use sigap_store::records::{InboxContent, InboxRow, InboxState, MessageKey, OutboxRow, OutboxState};
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store::{Fault, Store, Tx};
use sigap_store_sqlite::{Places, SqliteStore};

const HERE: OfficeId = OfficeId(1);
const NUMBER: &str = "100000000000001";

fn sealer(byte: &str) -> Sealer {
    Sealer::new(MasterKey::from_hex(&byte.repeat(32)).unwrap(), system_random)
}

fn places(folder: &Path) -> Places {
    Places {
        database: folder.join("sigap.db"),
        keys: folder.join("sigap.keys.db"),
    }
}

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(&places(folder), &sealer("5a")).unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn write<T: Send + 'static>(
    store: &dyn Store,
    run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    wait(sigap_store::write(store, HERE, run))
}

fn read<T: Send + 'static>(
    store: &dyn Store,
    run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    wait(sigap_store::read(store, run))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// The `n`th message, from a person of its own.
fn received(n: i64) -> InboxRow {
    let message = InboundMessage {
        number: NUMBER.into(),
        message_id: format!("wamid.{n}"),
        sent_at: at(n),
        from: Contact {
            bsuid: Some(format!("ID.{n}")),
            ..Contact::default()
        },
        said: Said::Text(format!("message {n}")),
    };
    InboxRow {
        person: PersonId(n),
        key: MessageKey::from(&message),
        state: InboxState::Owed,
        attempts: 0,
        received_at: at(n),
        content: Some(InboxContent { message, raw: None }),
    }
}

fn owed(n: i64) -> OutboxRow {
    OutboxRow {
        id: OutboxId(n),
        person: PersonId(n),
        number: NUMBER.into(),
        state: OutboxState::Queued,
        attempts: 0,
        created_at: at(n),
        expires_at: at(n + 86_400),
        message: OutboundMessage {
            body: format!("answer {n}"),
            form: Form::Text,
            fill: None,
        },
    }
}

/// What a turn writes: the message, its answer, and one count.
fn turn(n: i64) -> impl FnMut(&mut dyn Tx) -> Result<(), Fault> + Send + 'static {
    move |tx| {
        let row = received(n);
        tx.ensure_person(HERE, &row.content.as_ref().unwrap().message.from, PersonId(n), at(n))?;
        assert!(tx.insert_received(HERE, &row)?);
        tx.insert_owed(HERE, &owed(n))?;
        tx.next_count(HERE, "turns").map(|_| ())
    }
}
