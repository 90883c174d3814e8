//! Bookings, counted quotas, claims and standings.

use sigap_core::booking::slots::QuotaUse;
use sigap_core::booking::{BookingCode, BookingState, Identity, Visitor};
use sigap_core::ids::{BookingId, OfficeId, PersonId};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at, booking, code, day};
use super::{Case, Part, Subject};
use crate::fault::Fault;
use crate::records::{BookingIdentity, BookingRow, IdentityKey, ReturnedPlaces, Standing, StandingChange};

const HOUR: &str = "simpatik 2026-12-05T08:00";

pub(super) const CASES: &[Case] = &[
    Case {
        name: "places are taken up to the quota and never beyond",
        covers: &["take_places", "list_quotas"],
        run: |s| {
            assert!(take(s, HERE, HOUR, 3, 2));
            assert!(!take(s, HERE, HOUR, 3, 2));
            assert!(take(s, HERE, HOUR, 3, 1));
            assert!(!take(s, HERE, HOUR, 3, 1));
            assert_eq!(taken(s, HERE, HOUR), 3);
            // Another office has a quota of its own under the same name.
            assert!(take(s, ELSEWHERE, HOUR, 3, 3));
            assert!(!take(s, HERE, "simpatik 2026-12-05T09:00", 1, 2));
            assert_eq!(taken(s, HERE, "simpatik 2026-12-05T09:00"), 0);
        },
    },
    Case {
        name: "a quota that is lowered below what is taken gives nothing and loses nothing",
        covers: &["take_places", "give_back_places"],
        run: |s| {
            assert!(take(s, HERE, HOUR, 5, 4));
            assert!(!take(s, HERE, HOUR, 3, 1));
            assert_eq!(taken(s, HERE, HOUR), 4);
            give_back(s, HERE, HOUR, 2).unwrap();
            assert!(take(s, HERE, HOUR, 3, 1));
            assert!(!take(s, HERE, HOUR, 3, 1));
            // Raised again.
            assert!(take(s, HERE, HOUR, 4, 1));
        },
    },
    Case {
        name: "more places than were taken cannot be given back",
        covers: &["give_back_places"],
        run: |s| {
            assert!(matches!(give_back(s, HERE, HOUR, 1), Err(Fault::Broken(_))));
            assert!(take(s, HERE, HOUR, 3, 2));
            assert!(matches!(give_back(s, HERE, HOUR, 3), Err(Fault::Broken(_))));
            give_back(s, HERE, HOUR, 2).unwrap();
            assert_eq!(taken(s, HERE, HOUR), 0);
        },
    },
    Case {
        name: "the last place goes to one of many who ask together",
        covers: &["take_places"],
        run: |s| {
            assert!(take(s, HERE, HOUR, 10, 9));
            let asked = (0..16).map(|_| {
                let part: Part<bool> = Box::new(|tx| tx.take_places(HERE, HOUR, 10, 1));
                (HERE, part)
            });
            let got = s.write_together(asked.collect());
            assert_eq!(got.iter().filter(|got| **got == Ok(true)).count(), 1);
            assert_eq!(taken(s, HERE, HOUR), 10);
        },
    },
    Case {
        name: "a work that fails gives back the places it took",
        covers: &["take_places"],
        run: |s| {
            let failed = s.write(HERE, |tx| {
                assert!(tx.take_places(HERE, HOUR, 3, 3)?);
                Err::<(), _>(Fault::Broken("on purpose".into()))
            });
            assert!(failed.is_err());
            assert!(take(s, HERE, HOUR, 3, 3));
        },
    },
    Case {
        name: "a stopped quota gives nothing until it is opened, whatever is left",
        covers: &["stop_quota", "list_quotas"],
        run: |s| {
            let stop =
                |reason: Option<&'static str>| s.write(HERE, move |tx| tx.stop_quota(HERE, HOUR, reason)).unwrap();
            stop(Some("loket sakit"));
            assert!(!take(s, HERE, HOUR, 3, 1));
            let listed = s
                .read(|tx| tx.list_quotas(HERE, "simpatik 2026-12-05", "simpatik 2026-12-06", 9))
                .unwrap();
            let stopped = QuotaUse {
                taken: 0,
                stopped: Some("loket sakit".into()),
            };
            assert_eq!(listed, [(HOUR.to_owned(), stopped)]);
            stop(None);
            assert!(take(s, HERE, HOUR, 3, 1));
            stop(Some("listrik"));
            give_back(s, HERE, HOUR, 1).unwrap();
            assert!(!take(s, HERE, HOUR, 3, 1));
        },
    },
    Case {
        name: "quotas are listed by name from one to before another",
        covers: &["list_quotas"],
        run: |s| {
            for name in [
                "pickup 2026-12-05T08:00",
                "simpatik 2026-12-05",
                HOUR,
                "simpatik 2026-12-06T08:00",
            ] {
                assert!(take(s, HERE, name, 3, 1));
            }
            let names = |from: &'static str, to: &'static str, most| {
                let listed = s.read(move |tx| tx.list_quotas(HERE, from, to, most)).unwrap();
                listed.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
            };
            assert_eq!(
                names("simpatik 2026-12-05", "simpatik 2026-12-06", 9),
                ["simpatik 2026-12-05", HOUR]
            );
            assert_eq!(names("pickup", "simpatik 2026-12-07", 2).len(), 2);
        },
    },
    Case {
        name: "a booking is kept as it is and found by number and code",
        covers: &["insert_booking", "find_booking", "find_booking_by_code"],
        run: |s| {
            let row = booking(1, ANI);
            assert!(insert(s, HERE, &row));
            assert_eq!(find(s, HERE, 1), Some(row.clone()));
            assert_eq!(find(s, ELSEWHERE, 1), None);
            assert_eq!(find(s, HERE, 2), None);
            let by_code = |office, code: BookingCode| s.read(move |tx| tx.find_booking_by_code(office, &code)).unwrap();
            assert_eq!(by_code(HERE, code(1)), Some(BookingId(1)));
            assert_eq!(by_code(HERE, code(2)), None);
            assert_eq!(by_code(ELSEWHERE, code(1)), None);
        },
    },
    Case {
        name: "a code in use at the office is refused, elsewhere it is free",
        covers: &["insert_booking"],
        run: |s| {
            assert!(insert(s, HERE, &booking(1, ANI)));
            let other = BookingRow {
                code: code(1),
                ..booking(2, BUDI)
            };
            assert!(!insert(s, HERE, &other));
            assert_eq!(find(s, HERE, 2), None);
            assert!(insert(s, ELSEWHERE, &other));
        },
    },
    Case {
        name: "a booking changes only from the state that was expected",
        covers: &["replace_booking"],
        run: |s| {
            let held = booking(1, ANI);
            insert(s, HERE, &held);
            let booked = BookingRow {
                state: BookingState::Booked,
                until: None,
                moves: 1,
                starts_at: Some(at(900)),
                ..held.clone()
            };
            assert!(!replace(s, BookingState::Offered, &booked));
            assert_eq!(find(s, HERE, 1), Some(held.clone()));
            assert!(replace(s, BookingState::Held, &booked));
            assert_eq!(find(s, HERE, 1), Some(booked.clone()));
            // Whoever comes second finds it changed.
            assert!(!replace(s, BookingState::Held, &booked));
            let mut gone = booked.clone();
            gone.id = BookingId(7);
            assert!(!replace(s, BookingState::Booked, &gone));
        },
    },
    Case {
        name: "two who change a booking at the same time: one of them does",
        covers: &["replace_booking", "find_booking"],
        run: |s| {
            insert(s, HERE, &booking(1, ANI));
            let parts = [BookingState::Booked, BookingState::Cancelled].map(|state| {
                let part: Part<bool> = Box::new(move |tx| {
                    let row = tx.find_booking(HERE, BookingId(1))?.unwrap();
                    let changed = BookingRow { state, ..row };
                    tx.replace_booking(HERE, BookingState::Held, &changed)
                });
                (HERE, part)
            });
            let changed = s.write_together(parts.into());
            assert_eq!(changed.iter().filter(|changed| **changed == Ok(true)).count(), 1);
        },
    },
    Case {
        name: "bookings of a contact come newest first, at most so many",
        covers: &["list_bookings"],
        run: |s| {
            for id in 1..=3 {
                insert(s, HERE, &booking(id, ANI));
            }
            insert(s, HERE, &booking(4, BUDI));
            let ids = |person, most| {
                let rows = s.read(move |tx| tx.list_bookings(HERE, person, most)).unwrap();
                rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>()
            };
            assert_eq!(ids(ANI, 9), [3, 2, 1]);
            assert_eq!(ids(ANI, 2), [3, 2]);
            assert_eq!(ids(BUDI, 9), [4]);
            assert_eq!(ids(PersonId(99), 9), [] as [i64; 0]);
        },
    },
    Case {
        name: "bookings of a day are listed by number in one state, page by page, and counted with their people",
        covers: &["list_day", "count_day"],
        run: |s| {
            for id in 1..=4 {
                insert(s, HERE, &booking(id, ANI));
            }
            let other_day = BookingRow {
                day: day(6),
                ..booking(5, ANI)
            };
            insert(s, HERE, &other_day);
            let other_state = BookingRow {
                state: BookingState::Waiting,
                ..booking(6, ANI)
            };
            insert(s, HERE, &other_state);
            let ids = |after: i64, most| {
                let rows = s
                    .read(move |tx| tx.list_day(HERE, "simpatik", day(5), BookingState::Held, BookingId(after), most))
                    .unwrap();
                rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>()
            };
            assert_eq!(ids(i64::MIN, 3), [1, 2, 3]);
            assert_eq!(ids(3, 3), [4]);
            let count = |state| s.read(move |tx| tx.count_day(HERE, "simpatik", day(5), state)).unwrap();
            assert_eq!(count(BookingState::Held), (4, 8));
            assert_eq!(count(BookingState::Waiting), (1, 2));
            assert_eq!(count(BookingState::Booked), (0, 0));
        },
    },
    Case {
        name: "the places of an hour are those of its bookings and of places given back",
        covers: &["sum_places", "insert_returned", "take_returned"],
        run: |s| {
            let sum = || s.read(|tx| tx.sum_places(HERE, "simpatik", day(5), at(800))).unwrap();
            assert_eq!(sum(), 0);
            insert(s, HERE, &booking(1, ANI));
            let cancelled = BookingRow {
                state: BookingState::Cancelled,
                ..booking(2, ANI)
            };
            insert(s, HERE, &cancelled);
            assert_eq!(sum(), 2);
            let returned = ReturnedPlaces {
                id: 5,
                service: "simpatik".into(),
                day: day(5),
                starts_at: at(800),
                places: 3,
            };
            let kept = returned.clone();
            s.write(HERE, move |tx| tx.insert_returned(HERE, &kept)).unwrap();
            assert_eq!(sum(), 5);
            let take = |office, id| s.write(office, move |tx| tx.take_returned(office, id)).unwrap();
            assert_eq!(take(ELSEWHERE, 5), None);
            assert_eq!(take(HERE, 5), Some(returned));
            assert_eq!(take(HERE, 5), None);
            assert_eq!(sum(), 2);
        },
    },
    Case {
        name: "the same identity has the same key, another one another",
        covers: &["identity_key"],
        run: |s| {
            let key = |name: &str, contact: &str| {
                let identity = Identity::Named {
                    visitor: visitor(name),
                    contact: contact.into(),
                };
                s.read(move |tx| tx.identity_key(&identity)).unwrap()
            };
            let alike = |name: &str| {
                let identity = Identity::Alike(visitor(name));
                s.read(move |tx| tx.identity_key(&identity)).unwrap()
            };
            assert_eq!(key("Ani", "62811"), key("ANI.", "62811"));
            assert_ne!(key("Ani", "62811"), key("Ani", "62812"));
            assert_ne!(key("Ani", "62811"), key("Budi", "62811"));
            assert_ne!(key("Ani", "62811"), alike("Ani"));
            assert_eq!(alike("Ani"), alike("ani"));
        },
    },
    Case {
        name: "a person is claimed for one booking of a service in the whole nation",
        covers: &["claim_identity", "release_identity"],
        run: |s| {
            assert_eq!(claim(s, 1, "simpatik", HERE, 1), None);
            // Again by the same booking: nothing new.
            assert_eq!(claim(s, 1, "simpatik", HERE, 1), None);
            assert_eq!(claim(s, 1, "simpatik", HERE, 2), Some((HERE, BookingId(1))));
            assert_eq!(claim(s, 1, "simpatik", ELSEWHERE, 1), Some((HERE, BookingId(1))));
            assert_eq!(claim(s, 1, "pickup", ELSEWHERE, 1), None);
            assert_eq!(claim(s, 2, "simpatik", ELSEWHERE, 1), None);
            release(s, 1, "simpatik", ELSEWHERE, 1);
            release(s, 1, "simpatik", HERE, 2);
            assert_eq!(claim(s, 1, "simpatik", ELSEWHERE, 9), Some((HERE, BookingId(1))));
            release(s, 1, "simpatik", HERE, 1);
            assert_eq!(claim(s, 1, "simpatik", ELSEWHERE, 9), None);
        },
    },
    Case {
        name: "of many claims of one person at the same time one holds",
        covers: &["claim_identity"],
        run: |s| {
            let asked = (1..=8).map(|number| {
                let office = if number % 2 == 0 { HERE } else { ELSEWHERE };
                let part: Part<bool> = Box::new(move |tx| {
                    let held = tx.claim_identity(key(1), "simpatik", office, BookingId(number))?;
                    Ok(held.is_none())
                });
                (office, part)
            });
            let got = s.write_together(asked.collect());
            assert_eq!(got.iter().filter(|got| **got == Ok(true)).count(), 1, "{got:?}");
        },
    },
    Case {
        name: "who a booking is for is kept by position, replaced in part, and counted over contacts and people",
        covers: &[
            "save_identities",
            "list_identities",
            "count_contacts_alike",
            "count_people_of",
        ],
        run: |s| {
            let identity = |position, who, alike| BookingIdentity {
                position,
                key: key(who),
                alike: key(alike),
                is_nik: false,
            };
            save(s, 1, ANI, vec![identity(0, 1, 101), identity(1, 2, 102)]);
            save(s, 2, BUDI, vec![identity(0, 3, 101)]);
            let list = |booking| s.read(move |tx| tx.list_identities(HERE, BookingId(booking))).unwrap();
            assert_eq!(list(1), [identity(0, 1, 101), identity(1, 2, 102)]);
            let by_nik = BookingIdentity {
                is_nik: true,
                ..identity(1, 9, 103)
            };
            save(s, 1, ANI, vec![by_nik.clone()]);
            assert_eq!(list(1), [identity(0, 1, 101), by_nik]);
            assert_eq!(list(3), []);
            let contacts = |alike| s.read(move |tx| tx.count_contacts_alike(HERE, key(alike))).unwrap();
            assert_eq!((contacts(101), contacts(102), contacts(103)), (2, 0, 1));
            let people = |person| s.read(move |tx| tx.count_people_of(HERE, person)).unwrap();
            assert_eq!((people(ANI), people(BUDI), people(PersonId(99))), (2, 1, 0));
        },
    },
    Case {
        name: "losses and missed visits are remembered by person and service",
        covers: &["find_standing", "change_standing"],
        run: |s| {
            let find = |service: &'static str| s.read(move |tx| tx.find_standing(key(1), service)).unwrap();
            let change = |change| {
                s.write(HERE, move |tx| tx.change_standing(key(1), "simpatik", change))
                    .unwrap()
            };
            assert_eq!(find("simpatik"), Standing::default());
            change(StandingChange::Won);
            change(StandingChange::Excused);
            assert_eq!(find("simpatik"), Standing::default());
            change(StandingChange::Lost);
            change(StandingChange::Lost);
            change(StandingChange::Missed(at(5)));
            assert_eq!(
                find("simpatik"),
                Standing {
                    lost: 2,
                    missed_at: Some(at(5))
                }
            );
            assert_eq!(find("pickup"), Standing::default());
            change(StandingChange::Won);
            change(StandingChange::Excused);
            assert_eq!(find("simpatik"), Standing::default());
        },
    },
];

fn take(s: &Subject<'_>, office: OfficeId, quota: &'static str, cap: u16, places: u16) -> bool {
    s.write(office, move |tx| tx.take_places(office, quota, cap, places))
        .unwrap()
}

fn give_back(s: &Subject<'_>, office: OfficeId, quota: &'static str, places: u16) -> Result<(), Fault> {
    s.write(office, move |tx| tx.give_back_places(office, quota, places))
}

fn taken(s: &Subject<'_>, office: OfficeId, quota: &'static str) -> u32 {
    let listed = s.read(move |tx| tx.list_quotas(office, "", "zzz", 99)).unwrap();
    let found = listed.into_iter().find(|(name, _)| name == quota);
    found.map_or(0, |(_, used)| used.taken)
}

fn insert(s: &Subject<'_>, office: OfficeId, row: &BookingRow) -> bool {
    let row = row.clone();
    s.write(office, move |tx| tx.insert_booking(office, &row)).unwrap()
}

fn find(s: &Subject<'_>, office: OfficeId, id: i64) -> Option<BookingRow> {
    s.read(move |tx| tx.find_booking(office, BookingId(id))).unwrap()
}

fn replace(s: &Subject<'_>, expected: BookingState, row: &BookingRow) -> bool {
    let row = row.clone();
    s.write(HERE, move |tx| tx.replace_booking(HERE, expected, &row))
        .unwrap()
}

fn key(number: u8) -> IdentityKey {
    IdentityKey([number; 16])
}

fn visitor(name: &str) -> Visitor {
    Visitor {
        name: name.into(),
        born_on: day(1),
    }
}

fn claim(
    s: &Subject<'_>,
    who: u8,
    service: &'static str,
    office: OfficeId,
    booking: i64,
) -> Option<(OfficeId, BookingId)> {
    s.write(office, move |tx| {
        tx.claim_identity(key(who), service, office, BookingId(booking))
    })
    .unwrap()
}

fn release(s: &Subject<'_>, who: u8, service: &'static str, office: OfficeId, booking: i64) {
    s.write(office, move |tx| {
        tx.release_identity(key(who), service, office, BookingId(booking))
    })
    .unwrap();
}

fn save(s: &Subject<'_>, booking: i64, person: PersonId, identities: Vec<BookingIdentity>) {
    s.write(HERE, move |tx| {
        tx.save_identities(HERE, BookingId(booking), person, &identities)
    })
    .unwrap();
}
