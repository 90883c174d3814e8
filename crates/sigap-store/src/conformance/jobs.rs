//! Jobs by time, links that were sent, signals for people to look at.

use sigap_core::ids::{BookingId, OfficeId};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at};
use super::{Case, Part, Subject};
use crate::records::{Job, JobKind, LinkKind, LinkRow, Signal, SignalKind};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "jobs come due by time and are done once",
        covers: &["schedule", "list_due_jobs", "finish_job"],
        run: |s| {
            for job in [
                job(5, JobKind::Remind, "2"),
                job(5, JobKind::Lapse, "1"),
                job(3, JobKind::Miss, "3"),
                job(9, JobKind::Open, "4"),
            ] {
                schedule(s, HERE, &job);
            }
            schedule(s, HERE, &job(3, JobKind::Miss, "3"));
            schedule(s, ELSEWHERE, &job(1, JobKind::Reveal, "5"));
            let due = |second, most| s.read(move |tx| tx.list_due_jobs(HERE, at(second), most)).unwrap();
            assert_eq!(due(2, 9), []);
            assert_eq!(
                due(5, 9),
                [
                    job(3, JobKind::Miss, "3"),
                    job(5, JobKind::Lapse, "1"),
                    job(5, JobKind::Remind, "2")
                ]
            );
            assert_eq!(due(9, 1), [job(3, JobKind::Miss, "3")]);
            assert!(finish(s, HERE, &job(5, JobKind::Lapse, "1")));
            assert!(!finish(s, HERE, &job(5, JobKind::Lapse, "1")));
            assert!(!finish(s, HERE, &job(4, JobKind::Miss, "3")));
            assert_eq!(due(5, 9).len(), 2);
        },
    },
    Case {
        name: "of two who finish a job at the same time one did it",
        covers: &["finish_job"],
        run: |s| {
            schedule(s, HERE, &job(1, JobKind::Lapse, "1"));
            let parts = (0..4).map(|_| {
                let part: Part<bool> = Box::new(|tx| tx.finish_job(HERE, &job(1, JobKind::Lapse, "1")));
                (HERE, part)
            });
            let done = s.write_together(parts.collect());
            assert_eq!(done.iter().filter(|done| **done == Ok(true)).count(), 1);
        },
    },
    Case {
        name: "a link is found by its token and used up once, in its time",
        covers: &["insert_link", "find_link", "use_link"],
        run: |s| {
            let link = LinkRow {
                person: ANI,
                booking: BookingId(7),
                kind: LinkKind::Identity,
                expires_at: at(60),
                used_at: None,
            };
            for (office, token) in [(HERE, "rahasia"), (HERE, "lain"), (ELSEWHERE, "rahasia")] {
                let link = link.clone();
                s.write(office, move |tx| tx.insert_link(office, token, &link)).unwrap();
            }
            let find = |token: &'static str| s.read(move |tx| tx.find_link(HERE, token)).unwrap();
            let uses =
                |token: &'static str, second| s.write(HERE, move |tx| tx.use_link(HERE, token, at(second))).unwrap();
            assert_eq!(find("rahasia"), Some(link.clone()));
            assert_eq!(find("tidak ada"), None);
            assert!(!uses("tidak ada", 1));
            assert!(!uses("lain", 60));
            assert!(uses("rahasia", 59));
            assert!(!uses("rahasia", 59));
            let used = LinkRow {
                used_at: Some(at(59)),
                ..link
            };
            assert_eq!(find("rahasia"), Some(used));
        },
    },
    Case {
        name: "a signal of a day is one row that keeps the larger count",
        covers: &["insert_signal", "list_signals"],
        run: |s| {
            let signal = |id, kind, person, day, count, second| Signal {
                id,
                kind,
                person,
                day,
                at: at(second),
                count,
            };
            let kinds = [SignalKind::ManyPeople, SignalKind::CancelRebook];
            for known in [
                signal(1, kinds[0], ANI, 20, 11, 1),
                signal(2, kinds[0], ANI, 20, 14, 9),
                signal(3, kinds[0], ANI, 20, 12, 5),
                signal(4, kinds[1], ANI, 20, 1, 2),
                signal(5, kinds[0], BUDI, 19, 1, 2),
                signal(6, kinds[0], BUDI, 18, 1, 2),
            ] {
                s.write(HERE, move |tx| tx.insert_signal(HERE, &known)).unwrap();
            }
            let list = |since, most| s.read(move |tx| tx.list_signals(HERE, since, most)).unwrap();
            assert_eq!(
                list(19, 9),
                [
                    signal(4, kinds[1], ANI, 20, 1, 2),
                    signal(1, kinds[0], ANI, 20, 14, 9),
                    signal(5, kinds[0], BUDI, 19, 1, 2)
                ]
            );
            assert_eq!(list(0, 1).len(), 1);
        },
    },
];

fn job(second: i64, kind: JobKind, subject: &str) -> Job {
    Job {
        due_at: at(second),
        kind,
        subject: subject.into(),
    }
}

fn schedule(s: &Subject<'_>, office: OfficeId, job: &Job) {
    let job = job.clone();
    s.write(office, move |tx| tx.schedule(office, &job)).unwrap();
}

fn finish(s: &Subject<'_>, office: OfficeId, job: &Job) -> bool {
    let job = job.clone();
    s.write(office, move |tx| tx.finish_job(office, &job)).unwrap()
}
