//! Calls about bookings, quotas, claims and standings.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::booking::{BookingCode, BookingState, Identity, Visitor};
use sigap_core::ids::{BookingId, OfficeId, PersonId};

use super::op::{self, Kind, plain, revealed};
use super::space::{PERSONS, Space};
use crate::fault::Fault;
use crate::records::{
    BookingContent, BookingIdentity, BookingRow, IdentityKey, ReturnedPlaces, Standing, StandingChange,
};
use crate::tx::Tx;

const QUOTAS: [&str; 3] = ["a 2026-12-05T08:00", "a 2026-12-05T09:00", "b 2026-12-05"];
pub(super) const SERVICES: [&str; 2] = ["a", "b"];
/// Identities that bookings are for.
const WHO: std::ops::RangeInclusive<u8> = 1..=4;
/// Few, so that what is expected is often there.
const STATES: [BookingState; 3] = [BookingState::Held, BookingState::Booked, BookingState::Waiting];
const LISTED: usize = 40;

#[derive(Debug, Clone)]
pub(super) enum Call {
    TakePlaces {
        quota: &'static str,
        cap: u16,
        places: u16,
    },
    GiveBackPlaces {
        quota: &'static str,
        places: u16,
    },
    StopQuota {
        quota: &'static str,
        reason: Option<&'static str>,
    },
    ListQuotas {
        limit: usize,
    },
    InsertBooking {
        id: i64,
        code: u8,
        service: &'static str,
        state: BookingState,
        at: Option<Timestamp>,
    },
    FindBooking {
        id: i64,
    },
    FindBookingByCode {
        code: u8,
    },
    ReplaceBooking {
        id: i64,
        expected: BookingState,
        state: BookingState,
        at: Option<Timestamp>,
        text: &'static str,
    },
    ListBookings {
        person: PersonId,
        limit: usize,
    },
    ListDay {
        service: &'static str,
        state: BookingState,
        after: i64,
        limit: usize,
    },
    CountDay {
        service: &'static str,
        state: BookingState,
    },
    SumPlaces {
        service: &'static str,
        at: Timestamp,
    },
    InsertReturned {
        id: i64,
        service: &'static str,
        at: Timestamp,
    },
    TakeReturned {
        id: i64,
    },
    IdentityKey {
        name: &'static str,
    },
    ClaimIdentity {
        who: u8,
        service: &'static str,
        booking: i64,
    },
    ReleaseIdentity {
        who: u8,
        service: &'static str,
        booking: i64,
    },
    SaveIdentities {
        booking: i64,
        position: u8,
        who: u8,
        is_nik: bool,
    },
    ListIdentities {
        booking: i64,
    },
    CountContactsAlike {
        who: u8,
    },
    CountPeopleOf {
        person: PersonId,
    },
    FindStanding {
        who: u8,
        service: &'static str,
    },
    ChangeStanding {
        who: u8,
        service: &'static str,
        change: StandingChange,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::may_write("take_places", 8, |s| {
        Call::TakePlaces {
            quota: s.chance.pick(&QUOTAS),
            cap: small(s, 0, 6),
            places: small(s, 1, 3),
        }
        .into()
    }),
    Kind::may_write("give_back_places", 8, |s| {
        Call::GiveBackPlaces {
            quota: s.chance.pick(&QUOTAS),
            places: small(s, 1, 2),
        }
        .into()
    }),
    Kind::writes("stop_quota", 2, |s| {
        Call::StopQuota {
            quota: s.chance.pick(&QUOTAS),
            reason: s.chance.one_in(3).then_some("rapat"),
        }
        .into()
    }),
    Kind::reads("list_quotas", 1, |s| Call::ListQuotas { limit: s.limit() }.into()),
    Kind::may_write("insert_booking", 8, |s| {
        Call::InsertBooking {
            id: s.id(),
            code: code(s),
            service: s.chance.pick(&SERVICES),
            state: s.chance.pick(&STATES),
            at: hour(s),
        }
        .into()
    }),
    Kind::reads("find_booking", 2, |s| Call::FindBooking { id: s.id() }.into()),
    Kind::reads("find_booking_by_code", 1, |s| {
        Call::FindBookingByCode { code: code(s) }.into()
    }),
    Kind::may_write("replace_booking", 8, |s| {
        Call::ReplaceBooking {
            id: s.id(),
            expected: s.chance.pick(&STATES),
            state: s.chance.pick(&STATES),
            at: hour(s),
            text: s.text(),
        }
        .into()
    }),
    Kind::reads("list_bookings", 1, |s| {
        Call::ListBookings {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_day", 1, |s| {
        Call::ListDay {
            service: s.chance.pick(&SERVICES),
            state: s.chance.pick(&STATES),
            after: s.id() - 4,
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("count_day", 1, |s| {
        Call::CountDay {
            service: s.chance.pick(&SERVICES),
            state: s.chance.pick(&STATES),
        }
        .into()
    }),
    Kind::reads("sum_places", 1, |s| {
        Call::SumPlaces {
            service: s.chance.pick(&SERVICES),
            at: super::space::second(s.chance.within(0, 1)),
        }
        .into()
    }),
    Kind::writes("insert_returned", 3, |s| {
        Call::InsertReturned {
            id: s.id(),
            service: s.chance.pick(&SERVICES),
            at: super::space::second(s.chance.within(0, 1)),
        }
        .into()
    }),
    Kind::may_write("take_returned", 3, |s| Call::TakeReturned { id: s.id() }.into()),
    Kind::reads("identity_key", 1, |s| Call::IdentityKey { name: s.text() }.into()),
    Kind::may_write("claim_identity", 6, |s| {
        Call::ClaimIdentity {
            who: who(s),
            service: s.chance.pick(&SERVICES),
            booking: s.id(),
        }
        .into()
    })
    .of_the_nation(),
    Kind::may_write("release_identity", 4, |s| {
        Call::ReleaseIdentity {
            who: who(s),
            service: s.chance.pick(&SERVICES),
            booking: s.id(),
        }
        .into()
    })
    .of_the_nation(),
    Kind::writes("save_identities", 4, |s| {
        Call::SaveIdentities {
            booking: s.id(),
            position: u8::try_from(s.chance.below(2)).unwrap(),
            who: who(s),
            is_nik: s.chance.one_in(2),
        }
        .into()
    }),
    Kind::reads("list_identities", 1, |s| {
        Call::ListIdentities { booking: s.id() }.into()
    }),
    Kind::reads("count_contacts_alike", 1, |s| {
        Call::CountContactsAlike { who: who(s) }.into()
    }),
    Kind::reads("count_people_of", 1, |s| {
        Call::CountPeopleOf { person: s.person() }.into()
    }),
    Kind::reads("find_standing", 1, |s| {
        Call::FindStanding {
            who: who(s),
            service: s.chance.pick(&SERVICES),
        }
        .into()
    })
    .of_the_nation(),
    Kind::may_write("change_standing", 4, |s| {
        let changes = [
            StandingChange::Lost,
            StandingChange::Won,
            StandingChange::Missed(s.now()),
            StandingChange::Excused,
        ];
        Call::ChangeStanding {
            who: who(s),
            service: s.chance.pick(&SERVICES),
            change: s.chance.pick(&changes),
        }
        .into()
    })
    .of_the_nation(),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Bookings(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::TakePlaces { quota, cap, places } => tx.take_places(office, quota, cap, places).map(plain),
            Self::GiveBackPlaces { quota, places } => tx.give_back_places(office, quota, places).map(plain),
            Self::StopQuota { quota, reason } => tx.stop_quota(office, quota, reason).map(plain),
            Self::ListQuotas { limit } => tx.list_quotas(office, "a", "c", limit).map(plain),
            Self::InsertBooking {
                id,
                code,
                service,
                state,
                at,
            } => tx
                .insert_booking(office, &row(id, code, service, state, at, "halo"))
                .map(plain),
            Self::FindBooking { id } => tx
                .find_booking(office, BookingId(id))
                .map(|row| row.map(shown))
                .map(plain),
            Self::FindBookingByCode { code } => tx.find_booking_by_code(office, &booking_code(code)).map(plain),
            Self::ReplaceBooking {
                id,
                expected,
                state,
                at,
                text,
            } => tx
                .replace_booking(office, expected, &row(id, 0, "", state, at, text))
                .map(plain),
            Self::ListBookings { person, limit } => tx.list_bookings(office, person, limit).map(all_shown),
            Self::ListDay {
                service,
                state,
                after,
                limit,
            } => tx
                .list_day(office, service, day(), state, BookingId(after), limit)
                .map(all_shown),
            Self::CountDay { service, state } => tx.count_day(office, service, day(), state).map(plain),
            Self::SumPlaces { service, at } => tx.sum_places(office, service, day(), at).map(plain),
            Self::InsertReturned { id, service, at } => {
                let returned = ReturnedPlaces {
                    id,
                    service: service.into(),
                    day: day(),
                    starts_at: at,
                    places: 2,
                };
                tx.insert_returned(office, &returned).map(plain)
            }
            Self::TakeReturned { id } => tx.take_returned(office, id).map(plain),
            Self::IdentityKey { name } => {
                let identity = Identity::Alike(visitor(name));
                tx.identity_key(&identity).map(|key| plain(key.0))
            }
            Self::ClaimIdentity { who, service, booking } => tx
                .claim_identity(key(who), service, office, BookingId(booking))
                .map(plain),
            Self::ReleaseIdentity { who, service, booking } => tx
                .release_identity(key(who), service, office, BookingId(booking))
                .map(plain),
            Self::SaveIdentities {
                booking,
                position,
                who,
                is_nik,
            } => {
                let identity = BookingIdentity {
                    position,
                    key: key(who),
                    alike: key(who),
                    is_nik,
                };
                tx.save_identities(office, BookingId(booking), owner(booking), &[identity])
                    .map(plain)
            }
            Self::ListIdentities { booking } => tx.list_identities(office, BookingId(booking)).map(|identities| {
                plain(
                    identities
                        .into_iter()
                        .map(|it| (it.position, it.key.0, it.alike.0, it.is_nik))
                        .collect::<Vec<_>>(),
                )
            }),
            Self::CountContactsAlike { who } => tx.count_contacts_alike(office, key(who)).map(plain),
            Self::CountPeopleOf { person } => tx.count_people_of(office, person).map(plain),
            Self::FindStanding { who, service } => tx
                .find_standing(key(who), service)
                .map(|Standing { lost, missed_at }| plain((lost, missed_at))),
            Self::ChangeStanding { who, service, change } => tx.change_standing(key(who), service, change).map(plain),
        }
    }
}

fn small(s: &mut Space, least: i64, most: i64) -> u16 {
    u16::try_from(s.chance.within(least, most)).unwrap()
}

pub(super) fn who(s: &mut Space) -> u8 {
    u8::try_from(s.chance.within(i64::from(*WHO.start()), i64::from(*WHO.end()))).unwrap()
}

fn code(s: &mut Space) -> u8 {
    u8::try_from(s.id() % 200).unwrap()
}

fn hour(s: &mut Space) -> Option<Timestamp> {
    let hour = s.chance.within(0, 2);
    (hour < 2).then(|| super::space::second(hour))
}

pub(super) fn key(who: u8) -> IdentityKey {
    IdentityKey([who; 16])
}

fn day() -> Date {
    jiff::civil::date(2026, 12, 5)
}

fn booking_code(code: u8) -> BookingCode {
    let mut random = [0; 16];
    random[15] = code;
    BookingCode::from_random(random)
}

/// Whose a booking is never changes: it follows from its number.
fn owner(id: i64) -> PersonId {
    PersonId(PERSONS.start() + id % PERSONS.end())
}

fn visitor(name: &str) -> Visitor {
    Visitor {
        name: name.into(),
        born_on: jiff::civil::date(1990, 2, 28),
    }
}

fn row(id: i64, code: u8, service: &str, state: BookingState, starts_at: Option<Timestamp>, text: &str) -> BookingRow {
    BookingRow {
        id: BookingId(id),
        code: booking_code(code),
        person: owner(id),
        service: service.into(),
        day: day(),
        starts_at,
        places: 2,
        state,
        moves: 1,
        until: starts_at,
        created_at: super::space::second(id),
        content: BookingContent {
            people: vec![visitor(text)],
            needs_nik: id % 2 == 0,
            approval: None,
            token: Some(text.into()),
            number: "1".into(),
            booked_by: None,
        },
    }
}

/// With its content, which `Debug` would not show.
fn shown(row: BookingRow) -> String {
    format!("{} {}", revealed(&row.content), plain(&row))
}

fn all_shown(rows: Vec<BookingRow>) -> String {
    plain(rows.into_iter().map(shown).collect::<Vec<_>>())
}

/// Quotas, bookings of everybody and of the day, who they are for, claims by what is remembered.
pub(super) fn questions(ids: impl Iterator<Item = i64> + Clone) -> Vec<op::Call> {
    let bookings = ids.flat_map(|id| [Call::FindBooking { id }, Call::ListIdentities { booking: id }]);
    let people = PERSONS.map(PersonId).flat_map(|person| {
        [
            Call::ListBookings { person, limit: LISTED },
            Call::CountPeopleOf { person },
        ]
    });
    let services = SERVICES.into_iter().flat_map(|service| {
        let states = STATES.map(move |state| Call::CountDay { service, state });
        let standings = WHO.map(move |who| Call::FindStanding { who, service });
        let sums = [0, 1].map(move |hour| Call::SumPlaces {
            service,
            at: super::space::second(hour),
        });
        states.into_iter().chain(standings).chain(sums)
    });
    let alike = WHO.map(|who| Call::CountContactsAlike { who });
    [Call::ListQuotas { limit: LISTED }]
        .into_iter()
        .chain(bookings)
        .chain(people)
        .chain(services)
        .chain(alike)
        .map(Into::into)
        .collect()
}

/// Who has each claim, by claiming it for a booking that nobody has; what was given back, by taking it.
pub(super) fn probes(ids: impl Iterator<Item = i64>) -> Vec<op::Call> {
    let claims = SERVICES.into_iter().flat_map(|service| {
        WHO.map(move |who| Call::ClaimIdentity {
            who,
            service,
            booking: i64::MAX,
        })
    });
    let returned = ids.map(|id| Call::TakeReturned { id });
    claims.chain(returned).map(Into::into).collect()
}
