//! Small made-up records for the cases. No value belongs to anybody.

use jiff::Timestamp;
use sigap_core::application::{Application, Stage};
use sigap_core::ids::{ApplicationNumber, OfficeId, OutboxId, PersonId, ProcessId};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::person::Contact;

use crate::records::{InboxContent, InboxRow, InboxState, MessageKey, OutboxRow, OutboxState};

pub(super) const HERE: OfficeId = OfficeId(1);
pub(super) const ELSEWHERE: OfficeId = OfficeId(2);
pub(super) const NUMBER: &str = "100000000000001";
pub(super) const ANI: PersonId = PersonId(11);
pub(super) const BUDI: PersonId = PersonId(12);
pub(super) const ME: ProcessId = ProcessId(1);
pub(super) const OTHER: ProcessId = ProcessId(2);

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub(super) fn by_bsuid(bsuid: &str) -> Contact {
    Contact {
        bsuid: Some(bsuid.into()),
        ..Contact::default()
    }
}

pub(super) fn by_parent(parent: &str) -> Contact {
    Contact {
        parent_bsuid: Some(parent.into()),
        ..Contact::default()
    }
}

pub(super) fn by_phone(phone: &str) -> Contact {
    Contact {
        phone: Some(phone.into()),
        ..Contact::default()
    }
}

pub(super) fn contact(bsuid: &str, phone: &str) -> Contact {
    Contact {
        phone: Some(phone.into()),
        ..by_bsuid(bsuid)
    }
}

pub(super) fn received(person: PersonId, message_id: &str, second: i64, text: &str) -> InboxRow {
    let message = InboundMessage {
        number: NUMBER.into(),
        message_id: message_id.into(),
        sent_at: at(second),
        from: by_bsuid("ID.1"),
        said: Said::Text(text.into()),
    };
    InboxRow {
        person,
        key: MessageKey::from(&message),
        state: InboxState::Owed,
        attempts: 0,
        received_at: at(second + 1),
        content: Some(InboxContent { message, raw: None }),
    }
}

pub(super) fn words(text: &str) -> OutboundMessage {
    OutboundMessage {
        body: text.into(),
        form: Form::Text,
    }
}

pub(super) fn owed(id: i64, person: PersonId, second: i64) -> OutboxRow {
    OutboxRow {
        id: OutboxId(id),
        person,
        number: NUMBER.into(),
        state: OutboxState::Queued,
        attempts: 0,
        created_at: at(second),
        expires_at: at(second + 86_400),
        message: words(&format!("answer {id}")),
    }
}

pub(super) fn number(last: u32) -> ApplicationNumber {
    ApplicationNumber::parse(&format!("{last:016}")).unwrap()
}

pub(super) fn application(office: OfficeId, last: u32, stage: Stage) -> Application {
    Application {
        number: number(last),
        office,
        stage,
        name: Some("CONTOH NAMA".into()),
        kind: Some("PASPOR BIASA".into()),
        applied_on: "2026-11-02".parse().ok(),
        born_on: "1990-02-28".parse().ok(),
        proved: vec![(Stage::Submitted, "2026-11-02".parse().unwrap())],
        issued_on: None,
        billing_code: Some("820000000000001".into()),
        updated_at: at(0),
    }
}
