//! People: who is recognised by what, and that two persons are never merged.

use sigap_core::ids::PersonId;
use sigap_core::person::Contact;

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at, by_bsuid, by_parent, by_phone, contact, number};
use super::{Case, Subject};
use crate::records::ConversationRow;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a stranger is kept once and found by every identifier",
        covers: &["find_person", "ensure_person", "find_contact"],
        run: |s| {
            let all = Contact {
                bsuid: Some("ID.1".into()),
                parent_bsuid: Some("P.1".into()),
                phone: Some("6281".into()),
                name: Some("Ani".into()),
                username: Some("ani".into()),
            };
            assert_eq!(find(s, &all), None);
            assert_eq!(ensure(s, &all, ANI), ANI);
            assert_eq!(ensure(s, &all, BUDI), ANI, "the second id is not used");
            for known in [by_bsuid("ID.1"), by_parent("P.1"), by_phone("6281")] {
                assert_eq!(find(s, &known), Some(ANI));
            }
            assert_eq!(known(s, ANI), Some(all));
            assert_eq!(known(s, BUDI), None);
        },
    },
    Case {
        name: "a value of one kind is not a value of another kind",
        covers: &["find_person"],
        run: |s| {
            ensure(s, &by_bsuid("123"), ANI);
            assert_eq!(find(s, &by_phone("123")), None);
            assert_eq!(find(s, &by_parent("123")), None);
            assert_eq!(find(s, &Contact::default()), None);
        },
    },
    Case {
        name: "the user id is believed before the parent id, the parent id before the phone",
        covers: &["find_person", "ensure_person"],
        run: |s| {
            ensure(s, &by_bsuid("ID.1"), ANI);
            ensure(s, &by_parent("P.2"), BUDI);
            let third = PersonId(13);
            ensure(s, &by_phone("6283"), third);
            let mixed = Contact {
                parent_bsuid: Some("P.2".into()),
                ..contact("ID.1", "6283")
            };
            assert_eq!(find(s, &mixed), Some(ANI));
            assert_eq!(
                find(
                    s,
                    &Contact {
                        bsuid: Some("ID.new".into()),
                        ..mixed.clone()
                    }
                ),
                Some(BUDI)
            );
            assert_eq!(
                find(
                    s,
                    &Contact {
                        bsuid: None,
                        parent_bsuid: None,
                        ..mixed
                    }
                ),
                Some(third)
            );
        },
    },
    Case {
        name: "a phone that appears later belongs to the user id, and one withheld later is remembered",
        covers: &["ensure_person", "find_contact"],
        run: |s| {
            assert_eq!(ensure(s, &by_bsuid("ID.1"), ANI), ANI);
            assert_eq!(ensure(s, &contact("ID.1", "6281"), BUDI), ANI);
            assert_eq!(find(s, &by_phone("6281")), Some(ANI));
            assert_eq!(ensure(s, &by_bsuid("ID.1"), BUDI), ANI);
            assert_eq!(known(s, ANI), Some(contact("ID.1", "6281")));
        },
    },
    Case {
        name: "another user id on a known phone number does not inherit the bindings, a phone without user id keeps them",
        covers: &["ensure_person", "bind_person", "find_bound", "is_bound"],
        run: |s| {
            let bind = || {
                s.write(HERE, |tx| tx.bind_person(HERE, ANI, &number(1), at(0)))
                    .unwrap()
            };
            let is_bound = || s.read(|tx| tx.is_bound(HERE, ANI, &number(1))).unwrap();
            ensure(s, &by_phone("6281"), ANI);
            bind();
            assert_eq!(ensure(s, &contact("ID.1", "6281"), BUDI), ANI);
            assert!(
                is_bound(),
                "the first user id of a phone number says no more than who it was"
            );
            for same in [by_phone("6281"), by_bsuid("ID.1"), contact("ID.1", "6282")] {
                assert_eq!(ensure(s, &same, BUDI), ANI);
                assert!(is_bound());
            }
            assert_eq!(ensure(s, &contact("ID.new", "6281"), BUDI), ANI);
            assert!(!is_bound());
            assert_eq!(s.read(|tx| tx.find_bound(HERE, ANI)).unwrap(), None);
            bind();
            ensure(s, &contact("ID.new", "6281"), BUDI);
            assert!(is_bound(), "the new hand has proved itself");
        },
    },
    Case {
        name: "a newer name replaces the older one",
        covers: &["ensure_person", "find_contact"],
        run: |s| {
            for name in ["Ani", "Ani Baru"] {
                ensure(
                    s,
                    &Contact {
                        name: Some(name.into()),
                        ..by_bsuid("ID.1")
                    },
                    ANI,
                );
            }
            assert_eq!(known(s, ANI).unwrap().name.as_deref(), Some("Ani Baru"));
        },
    },
    Case {
        name: "an identifier of somebody else stays there",
        covers: &["ensure_person", "find_person"],
        run: |s| {
            ensure(s, &contact("ID.1", "6281"), ANI);
            ensure(s, &contact("ID.2", "6282"), BUDI);
            assert_eq!(ensure(s, &contact("ID.2", "6281"), BUDI), BUDI);
            assert_eq!(find(s, &by_phone("6281")), Some(ANI));
            assert_eq!(find(s, &by_phone("6282")), Some(BUDI));
            assert_eq!(known(s, ANI), Some(contact("ID.1", "6281")));
        },
    },
    Case {
        name: "offices know people apart even by the same identifiers",
        covers: &[
            "find_person",
            "ensure_person",
            "find_contact",
            "set_opt_out",
            "has_opted_out",
            "move_person",
        ],
        run: |s| {
            ensure(s, &by_bsuid("ID.1"), ANI);
            let there = |run: fn(&mut dyn crate::Tx) -> Result<Option<PersonId>, crate::Fault>| {
                s.write(ELSEWHERE, run).unwrap()
            };
            assert_eq!(there(|tx| tx.find_person(ELSEWHERE, &by_bsuid("ID.1"))), None);
            assert_eq!(
                there(|tx| tx.move_person(ELSEWHERE, &by_bsuid("ID.1"), &by_bsuid("X"), at(0))),
                None
            );
            assert_eq!(
                there(|tx| tx.ensure_person(ELSEWHERE, &by_bsuid("ID.1"), BUDI, at(0)).map(Some)),
                Some(BUDI)
            );
            s.write(ELSEWHERE, |tx| {
                tx.ensure_person(ELSEWHERE, &by_phone("6281"), ANI, at(0))
            })
            .unwrap();
            s.write(ELSEWHERE, |tx| tx.set_opt_out(ELSEWHERE, ANI, true)).unwrap();
            assert!(!opted_out(s));
            assert_eq!(known(s, ANI), Some(by_bsuid("ID.1")));
            assert_eq!(find(s, &by_bsuid("ID.1")), Some(ANI));
        },
    },
    Case {
        name: "a move takes the person along and ends the bindings",
        covers: &["move_person", "find_bound", "is_bound", "bind_person", "find_contact"],
        run: |s| {
            ensure(s, &contact("ID.1", "6281"), ANI);
            ensure(s, &by_bsuid("ID.2"), BUDI);
            s.write(HERE, |tx| {
                tx.bind_person(HERE, ANI, &number(1), at(0))?;
                tx.bind_person(HERE, BUDI, &number(1), at(0))
            })
            .unwrap();
            let moved = relocate(s, &contact("ID.1", "6281"), &contact("ID.9", "6289"));
            assert_eq!(moved, Some(ANI));
            for gone in [by_bsuid("ID.1"), by_phone("6281")] {
                assert_eq!(find(s, &gone), None);
            }
            for new in [by_bsuid("ID.9"), by_phone("6289")] {
                assert_eq!(find(s, &new), Some(ANI));
            }
            assert_eq!(known(s, ANI), Some(contact("ID.9", "6289")));
            let bound = s
                .read(|tx| {
                    Ok((
                        tx.is_bound(HERE, ANI, &number(1))?,
                        tx.find_bound(HERE, ANI)?,
                        tx.is_bound(HERE, BUDI, &number(1))?,
                    ))
                })
                .unwrap();
            assert_eq!(bound, (false, None, true));
        },
    },
    Case {
        name: "a move keeps what was not given up, and does not take what is somebody else's",
        covers: &["move_person"],
        run: |s| {
            ensure(s, &contact("ID.1", "6281"), ANI);
            ensure(s, &by_phone("6282"), BUDI);
            assert_eq!(relocate(s, &by_bsuid("ID.1"), &contact("ID.9", "6282")), Some(ANI));
            assert_eq!(find(s, &by_phone("6281")), Some(ANI));
            assert_eq!(find(s, &by_phone("6282")), Some(BUDI));
            assert_eq!(find(s, &by_bsuid("ID.9")), Some(ANI));
        },
    },
    Case {
        name: "a move of nobody is nobody",
        covers: &["move_person"],
        run: |s| {
            assert_eq!(relocate(s, &by_bsuid("ID.1"), &by_bsuid("ID.2")), None);
            assert_eq!(find(s, &by_bsuid("ID.2")), None);
        },
    },
    Case {
        name: "a person is held by one transaction at a time, and a stranger by none",
        covers: &["hold_person", "find_conversation", "save_conversation"],
        run: |s| {
            assert!(!s.write(HERE, |tx| tx.hold_person(HERE, ANI)).unwrap());
            ensure(s, &by_bsuid("ID.1"), ANI);
            assert!(!s.write(ELSEWHERE, |tx| tx.hold_person(ELSEWHERE, ANI)).unwrap());
            let parts = (0..16).map(|_| -> (_, super::Part<()>) {
                let grow = |tx: &mut dyn crate::Tx| {
                    assert!(tx.hold_person(HERE, ANI)?);
                    let mut dialogue = tx.find_conversation(HERE, ANI)?.unwrap_or(ConversationRow {
                        state: String::new(),
                        last_inbound_at: at(0),
                    });
                    dialogue.state.push('x');
                    tx.save_conversation(HERE, ANI, &dialogue)
                };
                (HERE, Box::new(grow))
            });
            assert!(s.write_together(parts.collect()).iter().all(Result::is_ok));
            let dialogue = s.read(|tx| tx.find_conversation(HERE, ANI)).unwrap().unwrap();
            assert_eq!(dialogue.state.len(), 16, "nobody wrote over what another had written");
        },
    },
    Case {
        name: "no notices any more, and again",
        covers: &["set_opt_out", "has_opted_out"],
        run: |s| {
            assert!(!opted_out(s), "a stranger");
            ensure(s, &by_bsuid("ID.1"), ANI);
            ensure(s, &by_bsuid("ID.2"), BUDI);
            assert!(!opted_out(s));
            for wish in [true, true, false] {
                s.write(HERE, move |tx| tx.set_opt_out(HERE, ANI, wish)).unwrap();
                assert_eq!(opted_out(s), wish);
                assert!(!s.read(|tx| tx.has_opted_out(HERE, BUDI)).unwrap());
            }
        },
    },
];

fn find(s: &Subject<'_>, contact: &Contact) -> Option<PersonId> {
    let contact = contact.clone();
    s.read(move |tx| tx.find_person(HERE, &contact)).unwrap()
}

fn ensure(s: &Subject<'_>, contact: &Contact, new_id: PersonId) -> PersonId {
    let contact = contact.clone();
    s.write(HERE, move |tx| tx.ensure_person(HERE, &contact, new_id, at(0)))
        .unwrap()
}

fn relocate(s: &Subject<'_>, previous: &Contact, current: &Contact) -> Option<PersonId> {
    let (previous, current) = (previous.clone(), current.clone());
    s.write(HERE, move |tx| tx.move_person(HERE, &previous, &current, at(9)))
        .unwrap()
}

fn known(s: &Subject<'_>, person: PersonId) -> Option<Contact> {
    s.read(move |tx| tx.find_contact(HERE, person)).unwrap()
}

fn opted_out(s: &Subject<'_>) -> bool {
    s.read(|tx| tx.has_opted_out(HERE, ANI)).unwrap()
}
