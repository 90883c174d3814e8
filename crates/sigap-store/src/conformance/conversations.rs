//! Dialogues: one a person and office, and the last message's time never goes back.

use sigap_core::ids::{OfficeId, PersonId};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at};
use super::{Case, Subject};
use crate::records::ConversationRow;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a dialogue is saved, replaced and found",
        covers: &["find_conversation", "save_conversation"],
        run: |s| {
            assert_eq!(find(s, HERE, ANI), None);
            for (second, state) in [(0, "{}"), (5, "{\"topic\":\"status\"}"), (9, "")] {
                save(s, HERE, state, second);
                assert_eq!(find(s, HERE, ANI), Some(dialogue(state, second)));
            }
        },
    },
    Case {
        name: "a dialogue belongs to one person at one office",
        covers: &["find_conversation", "save_conversation"],
        run: |s| {
            save(s, HERE, "here", 0);
            assert_eq!(find(s, HERE, BUDI), None);
            assert_eq!(find(s, ELSEWHERE, ANI), None);
            save(s, ELSEWHERE, "there", 7);
            assert_eq!(find(s, HERE, ANI), Some(dialogue("here", 0)));
            assert_eq!(find(s, ELSEWHERE, ANI), Some(dialogue("there", 7)));
        },
    },
    Case {
        name: "a message that comes late does not put the window back",
        covers: &["save_conversation", "find_conversation"],
        run: |s| {
            save(s, HERE, "new", 100);
            save(s, HERE, "late", 50);
            assert_eq!(find(s, HERE, ANI), Some(dialogue("late", 100)));
        },
    },
];

fn dialogue(state: &str, second: i64) -> ConversationRow {
    ConversationRow {
        state: state.into(),
        last_inbound_at: at(second),
    }
}

fn save(s: &Subject<'_>, office: OfficeId, state: &str, second: i64) {
    let row = dialogue(state, second);
    s.write(office, move |tx| tx.save_conversation(office, ANI, &row))
        .unwrap();
}

fn find(s: &Subject<'_>, office: OfficeId, person: PersonId) -> Option<ConversationRow> {
    s.read(move |tx| tx.find_conversation(office, person)).unwrap()
}
