//! Nothing personal can be read in any file the engine writes: not as it is, not in base64, not in hex.

use std::collections::HashMap;
use std::path::Path;

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use sigap_core::application::{Application, Stage};
use sigap_core::cases::{Case, CaseKind};
use sigap_core::ids::{ApplicationNumber, CaseId, PersonId};
use sigap_core::inbound::Said;
use sigap_core::person::Contact;
use sigap_store::records::{
    CaseEvent, CaseEventKind, CaseRow, ConversationRow, GuessKind, InboxContent, InboxState, MessageKey,
};
use sigap_store::{Fault, Tx};
use sigap_store_sqlite::copy_to;

use super::{HERE, NUMBER, at, open, owed, places, received, write};

/// Personal strings per person in `Secrets`.
const STRINGS: usize = 10;
const PEOPLE: i64 = 20;
/// What the scan compares first; every form of every string is longer.
const PREFIX: usize = 8;

#[test]
fn no_personal_string_stands_in_any_file() {
    let (folder, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let people: Vec<_> = (1..=PEOPLE).map(Secrets::new).collect();
    let strings: Vec<String> = people.iter().flat_map(Secrets::all).collect();
    assert_eq!(strings.len(), 200);
    let forms: Vec<Vec<u8>> = strings.iter().flat_map(|text| forms(text)).collect();

    let store = open(folder.path());
    for secrets in people {
        write(&store, move |tx| secrets.write(tx)).unwrap();
    }
    copy_to(&places(folder.path()), copies.path()).unwrap();
    // While it is open, the logs are full and the files are not yet.
    let names = ["sigap.db", "sigap.db-wal", "sigap.keys.db", "sigap.keys.db-wal"];
    assert_clean(folder.path(), &names, &forms);
    assert_clean(copies.path(), &["sigap.db", "sigap.keys.db"], &forms);
    drop(store);
    assert_clean(folder.path(), &["sigap.db", "sigap.keys.db"], &forms);

    // The scan itself works: the business number is nobody's secret and stands there as it is.
    let bytes = std::fs::read(folder.path().join("sigap.db")).unwrap();
    assert!(found(&bytes, &[NUMBER.as_bytes().to_vec()]));
    assert!(!found(&bytes, &[b"no such number".to_vec()]));
}

#[test]
fn every_form_of_a_string_is_looked_for() {
    let text = "Siti Contoh 6281234567890";
    for hidden in [
        text.to_owned(),
        BASE64.encode(text.as_bytes()),
        BASE64.encode(format!("x{text}y").as_bytes()),
        BASE64URL.encode(format!("xx{text}yy").as_bytes()),
        HEXLOWER.encode(text.as_bytes()),
        HEXUPPER.encode(text.as_bytes()),
    ] {
        assert!(
            found(format!("before {hidden} after").as_bytes(), &forms(text)),
            "{hidden}"
        );
    }
}

/// What one made-up person would not want to be read.
struct Secrets {
    n: i64,
    name: String,
    username: String,
    bsuid: String,
    phone: String,
    said: String,
    state: String,
    answer: String,
    complaint: String,
    application: String,
    billing: String,
}

impl Secrets {
    fn new(n: i64) -> Self {
        let mut seed = u64::try_from(n).unwrap() ^ 0x5eed_5eed;
        let mut draw = |alphabet: &str, length: usize| -> String {
            let letters: Vec<char> = alphabet.chars().collect();
            (0..length)
                .map(|_| {
                    // Knuth's MMIX generator; the high bits are the good ones.
                    seed = seed
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    letters[usize::try_from(seed >> 33).unwrap() % letters.len()]
                })
                .collect()
        };
        let (letters, digits) = ("abcdefghijklmnopqrstuvwxyz", "0123456789");
        Self {
            n,
            name: draw(letters, 14),
            username: draw(letters, 15),
            bsuid: format!("ID.{}", draw(letters, 20)),
            phone: format!("62{}", draw(digits, 13)),
            said: draw(letters, 40),
            state: draw(letters, 30),
            answer: draw(letters, 25),
            complaint: draw(letters, 35),
            application: draw(digits, ApplicationNumber::DIGITS),
            billing: draw(digits, 15),
        }
    }

    fn all(&self) -> [String; STRINGS] {
        [
            &self.name,
            &self.username,
            &self.bsuid,
            &self.phone,
            &self.said,
            &self.state,
            &self.answer,
            &self.complaint,
            &self.application,
            &self.billing,
        ]
        .map(Clone::clone)
    }

    /// Everything the traits can keep about a person.
    fn write(&self, tx: &mut dyn Tx) -> Result<(), Fault> {
        let (n, person) = (self.n, PersonId(self.n));
        let number = ApplicationNumber::parse(&self.application).unwrap();
        let contact = Contact {
            bsuid: Some(self.bsuid.clone()),
            parent_bsuid: Some(format!("parent {}", self.bsuid)),
            phone: Some(self.phone.clone()),
            name: Some(self.name.clone()),
            username: Some(self.username.clone()),
        };
        tx.ensure_person(HERE, &contact, person, at(n))?;
        // A real message id holds the sender's phone number in base64.
        let mut row = received(n);
        row.key.message_id = format!("wamid.{}", BASE64.encode(format!("\x19{}", self.phone).as_bytes()));
        let mut message = row.content.take().unwrap().message;
        message.message_id.clone_from(&row.key.message_id);
        message.from = contact.clone();
        message.said = Said::Text(self.said.clone());
        row.content = Some(InboxContent {
            message: message.clone(),
            raw: None,
        });
        tx.insert_received(HERE, &row)?;
        let raw = format!("{{\"from\":\"{}\",\"text\":\"{}\"}}", self.phone, self.said);
        let content = InboxContent {
            message,
            raw: Some(raw.clone()),
        };
        tx.replace_content(HERE, &MessageKey::from(&content.message), Some(&content))?;
        tx.settle_received(HERE, &row.key, InboxState::Answered, 1)?;
        tx.keep_raw(HERE, n, "unknown", &raw, at(n))?;
        let state = ConversationRow {
            state: self.state.clone(),
            last_inbound_at: at(n),
        };
        tx.save_conversation(HERE, person, &state)?;
        let mut reply = owed(n);
        reply.message.body.clone_from(&self.answer);
        tx.insert_owed(HERE, &reply)?;
        tx.mark_accepted(HERE, reply.id, &row.key.message_id, at(n))?;
        let number_of_case = format!("JP-2611-{n:04}");
        let opened = CaseRow {
            case: Case::new(CaseId(n), number_of_case, CaseKind::Complaint, person, at(n)),
            text: self.complaint.clone(),
            is_erased: false,
            tags: Vec::new(),
            version: 0,
        };
        tx.insert_case(HERE, &opened)?;
        let story = CaseEvent {
            id: n,
            case: CaseId(n),
            at: at(n),
            kind: CaseEventKind::Heard,
            staff: None,
            outbox: None,
            words: self.complaint.clone(),
        };
        tx.insert_case_event(HERE, &story)?;
        let application = Application {
            number: number.clone(),
            office: HERE,
            stage: Stage::Ready,
            name: Some(self.name.clone()),
            kind: None,
            applied_on: None,
            born_on: None,
            proved: Vec::new(),
            issued_on: None,
            billing_code: Some(self.billing.clone()),
            updated_at: at(n),
        };
        tx.save_application(&application, PersonId(1_000 + n))?;
        tx.place_application(&number, HERE)?;
        tx.insert_slip_code(HERE, &self.username, &number, at(n + 60))?;
        tx.use_slip_code(HERE, &self.username, person, at(n))?;
        tx.bind_person(HERE, person, &number, at(n))?;
        for kind in [
            GuessKind::LookUp,
            GuessKind::WrongProof,
            GuessKind::BirthDate,
            GuessKind::SlipCode,
        ] {
            tx.count_guess(HERE, kind, &self.phone, &self.application, 20_000)?;
        }
        let moved = Contact {
            bsuid: Some(format!("{}{}", self.bsuid, self.name)),
            ..contact.clone()
        };
        tx.move_person(HERE, &contact, &moved, at(n))?;
        Ok(())
    }
}

/// A string as it is, in both hexes, and in base64 at each of the three ways it can stand between other bytes.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![
        text.to_owned(),
        HEXLOWER.encode(text.as_bytes()),
        HEXUPPER.encode(text.as_bytes()),
    ];
    for skipped in 0..3 {
        // Whole groups of three bytes only: what comes before and after cannot change their letters.
        let whole = &text.as_bytes()[skipped..];
        let whole = &whole[..whole.len() / 3 * 3];
        forms.extend([BASE64.encode(whole), BASE64URL.encode(whole)]);
    }
    forms.into_iter().map(String::into_bytes).collect()
}

fn assert_clean(folder: &Path, names: &[&str], forms: &[Vec<u8>]) {
    for name in names {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert!(!bytes.is_empty(), "{name} is empty, there is nothing to look at");
        assert!(!found(&bytes, forms), "something personal can be read in {name}");
    }
}

fn found(bytes: &[u8], forms: &[Vec<u8>]) -> bool {
    let mut by_prefix: HashMap<&[u8], Vec<&[u8]>> = HashMap::new();
    for form in forms {
        by_prefix.entry(&form[..PREFIX]).or_default().push(form);
    }
    bytes.windows(PREFIX).enumerate().any(|(start, window)| {
        by_prefix
            .get(window)
            .is_some_and(|forms| forms.iter().any(|form| bytes[start..].starts_with(form)))
    })
}
