//! Everything of one person: listed, erased, and gone for good, while others lose nothing.

use sigap_core::ids::{BookingId, CaseId, OutboxId, PersonId, VisitId};
use sigap_core::person::Contact;
use sigap_core::queue::VisitState;

use super::notices::held;
use super::samples::{
    ANI, BUDI, ELSEWHERE, HERE, ME, NUMBER, at, booking, by_phone, case, contact, day, follow, number, owed, received,
    visit,
};
use super::{Case, Subject};
use crate::fault::Fault;
use crate::records::{
    BookingContent, BookingIdentity, CaseEvent, CaseEventKind, ConversationRow, DeliveryStatus, ErasedRows, GuessKind,
    IdentityKey, InboxState, LinkKind, LinkRow, MessageSpan, OutboxState, Signal, SignalKind, StandingChange,
    VisitContent, VisitRow,
};
use crate::tx::Tx;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "everything of a person is listed, the newest first, and nothing of anybody else",
        covers: &[
            "list_bound",
            "list_visits_of",
            "list_received_of",
            "list_owed_to",
            "find_met_at",
        ],
        run: |s| {
            fill(s);
            s.write(HERE, |tx| {
                tx.bind_person(HERE, ANI, &number(2), at(9))?;
                tx.insert_visit(HERE, &of_person(5, ANI))?;
                tx.insert_received(HERE, &received(ANI, "later", 20, "lagi"))?;
                tx.insert_owed(HERE, &owed(9, ANI, 20))
            })
            .unwrap();
            s.read(|tx| {
                let bound = tx.list_bound(HERE, ANI, 9)?;
                assert_eq!(bound, [(number(2), at(9)), (number(1), at(0))]);
                assert_eq!(tx.list_bound(HERE, ANI, 1)?.len(), 1);
                let visits = tx.list_visits_of(HERE, ANI, 9)?;
                assert_eq!(visits, [of_person(5, ANI), of_person(1, ANI)]);
                let texts: Vec<_> = tx
                    .list_received_of(HERE, ANI, at(0), 9)?
                    .into_iter()
                    .map(|(at, content)| (at, content.message.message_id))
                    .collect();
                let all = [(20, "later"), (11, "ani owed"), (1, "ani")];
                assert_eq!(texts, all.map(|(second, id)| (at(second), id.to_owned())));
                assert_eq!(tx.list_received_of(HERE, ANI, at(2), 9)?.len(), 2);
                let sent = tx.list_owed_to(HERE, ANI, OutboxId(0), 9)?;
                assert_eq!(sent.iter().map(|row| row.id.0).collect::<Vec<_>>(), [9, 3, 1]);
                assert_eq!(sent[2].message.body, "answer 1");
                assert_eq!(tx.list_owed_to(HERE, ANI, OutboxId(4), 9)?.len(), 1);
                assert_eq!(tx.list_owed_to(ELSEWHERE, ANI, OutboxId(0), 9)?, []);
                assert_eq!(tx.find_met_at(HERE, ANI)?, Some(at(0)));
                assert_eq!(tx.find_met_at(HERE, PersonId(99))?, None);
                Ok(())
            })
            .unwrap();
        },
    },
    Case {
        name: "an erased person is found by nothing, and the rows that are counted stay without content",
        covers: &["erase_person", "destroy_key", "erase_messages"],
        run: |s| {
            fill(s);
            let erased = s.write(HERE, |tx| tx.erase_person(HERE, ANI, at(50))).unwrap();
            assert_eq!(
                erased,
                ErasedRows {
                    identifiers: 2,
                    bindings: 1,
                    follows: 1,
                    conversations: 1,
                    waiting: 3,
                    bookings: 1,
                    identities: 1,
                    cases: 1,
                    case_lines: 1,
                    visits: 1,
                    files: 0,
                    intakes: 0,
                    links: 2,
                    tickets: 1,
                    signals: 1,
                    ties: 1,
                }
            );
            check_erased(s);
            s.write(HERE, |tx| tx.destroy_key(HERE, ANI)).unwrap();
            check_erased(s);
            let all = MessageSpan {
                from: at(0),
                until: at(99),
                first: OutboxId(0),
                end: OutboxId(99),
            };
            assert_eq!(s.write(HERE, move |tx| tx.erase_messages(HERE, ANI, all)), Ok(2));
            assert_eq!(s.write(HERE, move |tx| tx.erase_messages(HERE, ANI, all)), Ok(0));
            check_erased(s);
            // Again, as after a broken connection: nothing is left to do.
            assert_eq!(
                s.write(HERE, |tx| {
                    tx.destroy_key(HERE, ANI)?;
                    tx.erase_person(HERE, ANI, at(51)).map(|rows| rows.identifiers)
                }),
                Ok(0)
            );
            check_erased(s);
        },
    },
    Case {
        name: "nothing of an erasure touches anybody else",
        covers: &["erase_person", "destroy_key", "erase_messages"],
        run: |s| {
            fill(s);
            let before = s.read(theirs).unwrap();
            s.write(HERE, |tx| tx.erase_person(HERE, ANI, at(50)).map(|_| ()))
                .unwrap();
            s.write(HERE, |tx| tx.destroy_key(HERE, ANI)).unwrap();
            assert_eq!(s.read(theirs).unwrap(), before);
            assert_eq!(
                s.read(|tx| tx.list_same(HERE, BUDI, 9)).unwrap(),
                [],
                "the tie to who is gone is cut from the other side too"
            );
        },
    },
    Case {
        name: "the same phone is a stranger afterwards, with a key and a history of its own",
        covers: &["erase_person", "destroy_key", "ensure_person"],
        run: |s| {
            fill(s);
            s.write(HERE, |tx| tx.erase_person(HERE, ANI, at(50)).map(|_| ()))
                .unwrap();
            s.write(HERE, |tx| tx.destroy_key(HERE, ANI)).unwrap();
            let again = PersonId(77);
            let met = s
                .write(HERE, move |tx| {
                    let met = tx.ensure_person(HERE, &contact("ID.1", "6281"), again, at(60))?;
                    tx.insert_received(HERE, &received(met, "new", 61, "halo"))?;
                    Ok(met)
                })
                .unwrap();
            assert_eq!(met, again);
            s.read(move |tx| {
                assert_eq!(tx.find_contact(HERE, again)?, Some(contact("ID.1", "6281")));
                assert_eq!(tx.list_received_of(HERE, again, at(0), 9)?.len(), 1);
                assert_eq!(tx.list_bookings(HERE, again, 9)?, []);
                assert_eq!(tx.list_cases(HERE, again, 9)?, []);
                Ok(())
            })
            .unwrap();
        },
    },
    Case {
        name: "what is written for somebody whose key is gone is kept without content, and is no fault",
        covers: &["destroy_key"],
        run: |s| {
            fill(s);
            s.write(HERE, |tx| tx.erase_person(HERE, ANI, at(50)).map(|_| ()))
                .unwrap();
            s.write(HERE, |tx| tx.destroy_key(HERE, ANI)).unwrap();
            s.write(HERE, |tx| {
                tx.insert_case_event(HERE, &line(7, 1, "terlambat"))?;
                tx.insert_received(HERE, &received(ANI, "late", 70, "terlambat"))?;
                tx.insert_owed(HERE, &owed(70, ANI, 70))?;
                tx.insert_held_notice(HERE, &held(70, ANI, 1))
            })
            .unwrap();
            let claimed = s.write(HERE, |tx| tx.claim_due(HERE, at(80), at(99), ME, 9)).unwrap();
            assert!(
                claimed.iter().all(|claimed| claimed.row.person != ANI),
                "nothing is sent to somebody who is gone"
            );
            s.write(HERE, |tx| {
                assert_eq!(tx.list_case_events(HERE, CaseId(1), 9)?.len(), 2);
                assert!(
                    tx.list_case_events(HERE, CaseId(1), 9)?
                        .iter()
                        .all(|it| it.words.is_empty())
                );
                assert!(tx.list_owed(HERE, 9)?.iter().all(|row| row.person != ANI));
                assert!(tx.take_held_notices(HERE, at(90), 9)?.iter().all(|it| it.person != ANI));
                Ok(())
            })
            .unwrap();
        },
    },
    Case {
        name: "a message under way to somebody whose key is gone is passed over by a read, and ended by a write",
        covers: &["list_unsettled", "destroy_key"],
        run: |s| {
            fill(s);
            let claimed = s.write(HERE, |tx| tx.claim_due(HERE, at(80), at(99), ME, 9)).unwrap();
            assert!(claimed.iter().any(|claimed| claimed.row.person == ANI));
            s.write(HERE, |tx| tx.destroy_key(HERE, ANI)).unwrap();
            let read = s.read(|tx| tx.list_unsettled(HERE, at(200), 9)).unwrap();
            assert!(!read.is_empty() && read.iter().all(|row| row.person == BUDI));
            let written = s.write(HERE, |tx| tx.list_unsettled(HERE, at(200), 9)).unwrap();
            assert_eq!(written, read);
            let again = s.write(HERE, |tx| tx.take_over(HERE, ME, at(300))).unwrap();
            assert_eq!(again, read.len(), "nothing of theirs is under way any more");
        },
    },
    Case {
        name: "a database that was put back from before an erasure is erased again by the next message",
        covers: &["destroy_key", "ensure_person", "move_person"],
        run: |s| {
            fill(s);
            // As after a restore: the rows are there again, the key is not.
            s.write(HERE, |tx| tx.destroy_key(HERE, ANI)).unwrap();
            s.read(|tx| {
                assert_eq!(tx.find_contact(HERE, ANI)?, None);
                assert_eq!(tx.find_conversation(HERE, ANI)?, None);
                assert_eq!(tx.find_bound(HERE, ANI)?, None);
                assert_eq!(tx.list_follows(HERE, ANI, 9)?, []);
                assert!(tx.list_moved(HERE, 9)?.iter().all(|row| row.person == BUDI));
                check_contents(tx)
            })
            .unwrap();
            let again = PersonId(77);
            let met = s
                .write(HERE, move |tx| {
                    let met = tx.ensure_person(HERE, &by_phone("6281"), again, at(60))?;
                    tx.insert_received(HERE, &received(met, "new", 61, "halo"))?;
                    Ok(met)
                })
                .unwrap();
            assert_eq!(met, again);
            check_erased_but_for(s, Some(again));
        },
    },
    Case {
        name: "what fails in the same transaction spares the key",
        covers: &["destroy_key"],
        run: |s| {
            fill(s);
            let failed = s.write(HERE, |tx| {
                tx.destroy_key(HERE, ANI)?;
                assert_eq!(tx.find_contact(HERE, ANI)?, None);
                Err::<(), _>(Fault::Unreadable("on purpose"))
            });
            assert!(failed.is_err());
            assert_eq!(
                s.read(|tx| tx.find_contact(HERE, ANI)).unwrap(),
                Some(contact("ID.1", "6281"))
            );
            let together = s.write_together::<()>(vec![
                (HERE, Box::new(|tx| tx.set_opt_out(HERE, BUDI, true))),
                (
                    HERE,
                    Box::new(|tx| {
                        tx.destroy_key(HERE, ANI)?;
                        Err(Fault::Unreadable("on purpose"))
                    }),
                ),
            ]);
            assert!(together[0].is_ok() && together[1].is_err());
            s.read(|tx| {
                assert!(tx.has_opted_out(HERE, BUDI)?);
                assert!(tx.find_contact(HERE, ANI)?.is_some());
                Ok(())
            })
            .unwrap();
            assert!(
                s.read(|tx| tx.destroy_key(HERE, ANI)).is_err(),
                "a read destroys nothing"
            );
            assert!(s.read(|tx| tx.find_contact(HERE, ANI)).unwrap().is_some());
        },
    },
    Case {
        name: "a missed visit is forgotten when nothing hangs on it any more, and not before",
        covers: &["forget_standing", "find_standing"],
        run: |s| {
            let (missed, lost) = (IdentityKey([1; 16]), IdentityKey([2; 16]));
            s.write(HERE, move |tx| {
                tx.change_standing(missed, "a", StandingChange::Missed(at(10)))?;
                tx.change_standing(missed, "b", StandingChange::Missed(at(10)))?;
                tx.change_standing(lost, "a", StandingChange::Lost)
            })
            .unwrap();
            s.write(HERE, move |tx| {
                assert!(!tx.forget_standing(missed, "a", at(9))?);
                assert!(tx.forget_standing(missed, "a", at(10))?);
                assert!(!tx.forget_standing(missed, "a", at(10))?);
                assert!(tx.forget_standing(lost, "a", at(0))?);
                assert_eq!(tx.find_standing(missed, "a")?.missed_at, None);
                assert_eq!(tx.find_standing(missed, "b")?.missed_at, Some(at(10)));
                assert_eq!(tx.find_standing(lost, "a")?.lost, 0);
                Ok(())
            })
            .unwrap();
        },
    },
    Case {
        name: "guesses of days that are over are forgotten by kind",
        covers: &["forget_guesses"],
        run: |s| {
            s.write(HERE, |tx| {
                for day in [8, 9, 10] {
                    tx.count_guess(HERE, GuessKind::LookUp, "ani", "x", day)?;
                    tx.count_guess(HERE, GuessKind::WrongProof, "ani", "x", day)?;
                    tx.count_guess(ELSEWHERE, GuessKind::LookUp, "ani", "x", day)?;
                }
                assert_eq!(tx.forget_guesses(HERE, GuessKind::LookUp, 10)?, 2);
                assert_eq!(tx.forget_guesses(HERE, GuessKind::LookUp, 10)?, 0);
                let sums = [
                    tx.sum_guesses(HERE, GuessKind::LookUp, "ani", 0)?,
                    tx.sum_guesses(HERE, GuessKind::WrongProof, "ani", 0)?,
                    tx.sum_guesses(ELSEWHERE, GuessKind::LookUp, "ani", 0)?,
                ];
                assert_eq!(sums, [(1, 1), (1, 3), (1, 3)]);
                Ok(())
            })
            .unwrap();
        },
    },
];

fn of_person(id: i64, person: PersonId) -> VisitRow {
    let mut row = visit(id, 0);
    row.visit.person = Some(person);
    row.visit.state = VisitState::Done;
    row
}

fn line(id: i64, case: i64, words: &str) -> CaseEvent {
    CaseEvent {
        id,
        case: CaseId(case),
        at: at(id),
        kind: CaseEventKind::Note,
        staff: None,
        outbox: None,
        words: words.into(),
    }
}

/// Two people with everything.
fn fill(s: &Subject<'_>) {
    s.write(HERE, |tx| {
        fill_one(tx, ANI, 1, &contact("ID.1", "6281"), "ani")?;
        fill_one(tx, BUDI, 2, &contact("ID.2", "6282"), "budi")?;
        tx.ensure_same(HERE, ANI, BUDI)
    })
    .unwrap();
}

fn fill_one(tx: &mut dyn Tx, person: PersonId, n: i64, who: &Contact, name: &str) -> Result<(), Fault> {
    tx.ensure_person(HERE, who, person, at(0))?;
    tx.bind_person(HERE, person, &number(1), at(0))?;
    let mut wish = follow(person, 1);
    wish.moved_at = Some(at(3));
    tx.save_follow(HERE, &wish)?;
    let state = ConversationRow {
        state: format!("{{\"{name}\":1}}"),
        last_inbound_at: at(1),
    };
    tx.save_conversation(HERE, person, &state)?;
    let mut answered = received(person, name, n, name);
    answered.state = InboxState::Answered;
    tx.insert_received(HERE, &answered)?;
    tx.insert_received(HERE, &received(person, &format!("{name} owed"), 10 + n, name))?;
    // One that was delivered, one that waits.
    tx.insert_owed(HERE, &owed(n, person, n))?;
    tx.apply_status(
        HERE,
        &DeliveryStatus {
            id: OutboxId(n),
            state: OutboxState::Delivered,
            at: at(5),
            error_code: None,
        },
    )?;
    tx.insert_owed(HERE, &owed(2 + n, person, n))?;
    tx.insert_held_notice(HERE, &held(n, person, 900))?;
    tx.insert_booking(HERE, &booking(n, person))?;
    let key = IdentityKey([u8::try_from(n).unwrap(); 16]);
    let identity = BookingIdentity {
        position: 0,
        key,
        alike: key,
        is_nik: true,
    };
    tx.save_identities(HERE, BookingId(n), person, &[identity])?;
    let link = LinkRow {
        person,
        booking: BookingId(n),
        kind: LinkKind::Ticket,
        expires_at: at(900),
        used_at: None,
    };
    tx.insert_link(HERE, name, &link)?;
    tx.insert_case(HERE, &case(n, person))?;
    tx.insert_case_event(HERE, &line(n, n, name))?;
    tx.insert_visit(HERE, &of_person(n, person))?;
    if n == 1 {
        tx.insert_opening(HERE, &super::samples::opening(5))?;
    }
    tx.take_ticket(HERE, "simpatik", day(5), person, NUMBER, true)?;
    let signal = Signal {
        id: n,
        kind: SignalKind::ManyPeople,
        person,
        day: 9,
        at: at(n),
        count: 3,
    };
    tx.insert_signal(HERE, &signal)
}

/// What is left of Ani: rows to be counted.
fn check_erased(s: &Subject<'_>) {
    check_erased_but_for(s, None);
}

/// As above; the phone number may belong to somebody by now.
fn check_erased_but_for(s: &Subject<'_>, now: Option<PersonId>) {
    s.read(move |tx| {
        assert_eq!(tx.find_person(HERE, &by_phone("6281"))?, now);
        assert_eq!(tx.find_contact(HERE, ANI)?, None);
        assert_eq!(tx.find_met_at(HERE, ANI)?, None);
        assert_eq!(tx.find_conversation(HERE, ANI)?, None);
        assert_eq!(tx.find_bound(HERE, ANI)?, None);
        assert!(!tx.is_bound(HERE, ANI, &number(1))?);
        assert_eq!(tx.list_follows(HERE, ANI, 9)?, []);
        assert_eq!(tx.list_same(HERE, ANI, 9)?, []);
        assert_eq!(tx.find_link(HERE, "ani")?, None);
        assert_eq!(tx.find_visit_by_token(HERE, "visit 1")?, None);
        assert_eq!(tx.list_identities(HERE, BookingId(1))?, []);
        assert_eq!(tx.count_people_of(HERE, ANI)?, 0);
        assert_eq!(tx.find_talk(HERE, ANI)?, None);
        assert_eq!(tx.list_mergeable(HERE, ANI, 9)?, []);
        assert_eq!(tx.find_guest(HERE, "simpatik", day(5), 0, true)?, None);
        assert!(tx.list_signals(HERE, 0, 9)?.iter().all(|signal| signal.person != ANI));
        assert!(tx.list_owed(HERE, 9)?.iter().all(|row| row.person != ANI));
        assert_eq!(tx.find_owed(HERE, OutboxId(3))?.unwrap().state, OutboxState::Expired);
        // Who was owed an answer is owed none.
        assert!(tx.has_received(HERE, &received(ANI, "ani owed", 11, "ani").key)?);
        let kept = tx.find_received(HERE, NUMBER, "ani owed", at(0))?.unwrap();
        assert_eq!((kept.state, kept.content), (InboxState::Silent, None));
        assert!(tx.list_cases(HERE, ANI, 9)?.iter().all(|row| row.case.line.is_empty()));
        assert_eq!(tx.find_room(HERE, "simpatik", day(5))?.before, 2);
        check_contents(tx)
    })
    .unwrap();
}

/// Rows stay, and read as erased: bookings, cases, visits, messages.
fn check_contents(tx: &mut dyn Tx) -> Result<(), Fault> {
    let booked = tx.find_booking(HERE, BookingId(1))?.unwrap();
    assert_eq!(booked.content, BookingContent::default());
    assert_eq!((booked.places, booked.day), (2, day(5)));
    assert_eq!(tx.list_bookings(HERE, ANI, 9)?, [booked]);
    let told = tx.find_case(HERE, CaseId(1))?.unwrap();
    assert!(told.is_erased && told.text.is_empty());
    assert_eq!(told.case.number, "JP-2611-0001");
    assert_eq!(tx.list_open_cases(HERE, 9)?.len(), 2);
    assert_eq!(tx.list_case_events(HERE, CaseId(1), 9)?[0].words, "");
    let seen = tx.find_visit(HERE, VisitId(1))?.unwrap();
    assert_eq!((seen.content, seen.token.as_str()), (VisitContent::default(), ""));
    assert_eq!(tx.list_visits(HERE, day(5), VisitState::Done, 9)?.len(), 2);
    let said = tx.find_received(HERE, NUMBER, "ani", at(0))?.unwrap();
    assert_eq!(said.state, InboxState::Answered);
    let sent = tx.find_owed(HERE, OutboxId(1))?.unwrap();
    assert_eq!(sent.state, OutboxState::Delivered);
    Ok(())
}

/// All of Budi.
fn theirs(tx: &mut dyn Tx) -> Result<String, Fault> {
    let contact = tx.find_contact(HERE, BUDI)?.unwrap();
    assert_eq!(contact.phone.as_deref(), Some("6282"));
    let case = tx.find_case(HERE, CaseId(2))?.unwrap();
    assert!(!case.is_erased);
    Ok(format!(
        "{:?} {:?} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?}",
        tx.find_person(HERE, &by_phone("6282"))?,
        tx.find_conversation(HERE, BUDI)?,
        tx.list_follows(HERE, BUDI, 9)?,
        tx.list_bookings(HERE, BUDI, 9)?,
        case.text,
        tx.list_case_events(HERE, CaseId(2), 9)?[0].words,
        tx.list_visits_of(HERE, BUDI, 9)?[0].content.names,
        tx.list_owed_to(HERE, BUDI, OutboxId(0), 9)?,
        tx.list_received_of(HERE, BUDI, at(0), 9)?.len(),
        tx.find_link(HERE, "budi")?,
        tx.list_bound(HERE, BUDI, 9)?,
    ))
}
