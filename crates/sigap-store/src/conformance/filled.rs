//! A database that was in use before a migration: rows for every table, and what must still work over them.

use sigap_core::booking::BookingState;
use sigap_core::ids::{OutboxId, PersonId, StaffId, UploadId, VisitId};
use sigap_core::notices::template::TemplateState;

use super::Subject;
use super::samples::{ANI, ELSEWHERE, HERE, ME, NUMBER, OTHER, at, by_bsuid, counter, day, number, owed, received};
use crate::records::AuditEntry;

/// The rows, by the name of the migration after which they are put in. Bytes are written as PostgreSQL reads them
/// (`'\x00aa'`); an engine that keeps them as text turns them into bytes after it.
#[must_use]
pub fn migration_data() -> &'static [(&'static str, &'static str)] {
    &[
        ("0001_the_line", include_str!("../../migration_data/0001_the_line.sql")),
        (
            "0002_processes",
            include_str!("../../migration_data/0002_processes.sql"),
        ),
        ("0003_bookings", include_str!("../../migration_data/0003_bookings.sql")),
        ("0004_hall", include_str!("../../migration_data/0004_hall.sql")),
        ("0005_staff", include_str!("../../migration_data/0005_staff.sql")),
        (
            "0006_passports",
            include_str!("../../migration_data/0006_passports.sql"),
        ),
        ("0007_cases", include_str!("../../migration_data/0007_cases.sql")),
        (
            "0008_sign_in_questions",
            include_str!("../../migration_data/0008_sign_in_questions.sql"),
        ),
        ("0009_reports", include_str!("../../migration_data/0009_reports.sql")),
        ("0010_surveys", include_str!("../../migration_data/0010_surveys.sql")),
        ("0011_programs", include_str!("../../migration_data/0011_programs.sql")),
        (
            "0012_people_and_praise",
            include_str!("../../migration_data/0012_people_and_praise.sql"),
        ),
        ("0013_figures", include_str!("../../migration_data/0013_figures.sql")),
        ("0014_notices", include_str!("../../migration_data/0014_notices.sql")),
        ("0015_contents", include_str!("../../migration_data/0015_contents.sql")),
        ("0016_browsers", include_str!("../../migration_data/0016_browsers.sql")),
        ("0017_unclear", include_str!("../../migration_data/0017_unclear.sql")),
        (
            "0018_files_and_intakes",
            include_str!("../../migration_data/0018_files_and_intakes.sql"),
        ),
    ]
}

/// Checks that a store over a database filled with all of `migration_data` reads, counts on from and adds to what is
/// there; panics when it does not. The sealed values in it belong to nobody's key: they are passed over, not opened.
pub fn check_filled(s: &Subject<'_>) {
    let counts = s
        .write(HERE, |tx| {
            Ok([
                tx.next_count(HERE, "turns")?,
                tx.count_delivered(HERE, NUMBER, "2026-09", "service")?,
                tx.sum_delivered(HERE, NUMBER, "2026-10", "service")?,
                tx.count_applications(HERE)?,
                tx.count_raw(HERE, "unknown_field")?,
            ])
        })
        .unwrap();
    assert_eq!(counts, [42, 3, 1, 2, 1]);

    let backlog = s.read(|tx| tx.find_backlog()).unwrap();
    assert_eq!((backlog.owed, backlog.unsent), (2, 6));
    assert_eq!(s.read(|tx| tx.list_offices_with_due()).unwrap(), [HERE, ELSEWHERE]);
    assert_eq!(s.read(|tx| tx.list_processes(9)).unwrap(), [(ME, 120), (OTHER, 3)]);
    assert_eq!(s.write(HERE, |tx| tx.take_over(HERE, ME, at(60))).unwrap(), 1);
    assert!(s.read(|tx| tx.has_opted_out(HERE, PersonId(102))).unwrap());

    let used = s.write(HERE, |tx| {
        let is_full = !tx.take_places(HERE, "simpatik 2026-12-05T09:00", 20, 1)?;
        let is_taken = tx.take_places(HERE, "simpatik 2026-12-05T08:00", 20, 1)?;
        Ok((
            is_full,
            is_taken,
            tx.count_day(HERE, "simpatik", day(5), BookingState::Waiting)?,
        ))
    });
    assert_eq!(used, Ok((true, true, (1, 1))));
    assert_eq!(s.read(|tx| tx.list_due_jobs(HERE, at(9), 9)).unwrap().len(), 1);
    assert_eq!(s.read(|tx| tx.find_room(HERE, "simpatik", day(5))).unwrap().serving, 20);

    let hall = s.write(HERE, |tx| {
        let called = tx.call_next(HERE, day(5), &["passport", "bap"], counter(3), at(3))?;
        let next = tx.call_next(HERE, day(5), &["passport", "bap"], counter(3), at(3))?;
        Ok((
            called,
            next,
            tx.count_visits(HERE, day(5))?.len(),
            tx.list_service_times(HERE, "passport", 9, 9)?,
            tx.use_tap(HERE, day(5), "tap-1")?,
            tx.list_desks(HERE, day(5))?.len(),
        ))
    });
    assert_eq!(hall, Ok((Some(VisitId(51)), Some(VisitId(52)), 3, vec![540], false, 1)));
    let told = s.read(|tx| tx.list_bound_lines(HERE, &number(99), 9));
    assert_eq!(told, Ok(Vec::new()));
    let imports = s.read(|tx| tx.list_imports(HERE, 9)).unwrap();
    let newest: Vec<_> = imports.iter().map(|run| (run.id, run.counts, run.newest_on)).collect();
    let from = Some(jiff::civil::date(2026, 11, 20));
    assert_eq!(newest, [(2, [0, 1, 1, 0], from), (1, [2, 0, 0, 1], from)]);
    let kept = s.write(HERE, |tx| {
        Ok((
            tx.list_api_keys(HERE, 9)?.len(),
            tx.delete_upload(HERE, UploadId(700))?,
            tx.list_uploads(HERE, 9)?.len(),
        ))
    });
    assert_eq!(kept, Ok((2, true, 0)));
    let praised = s.read(|tx| {
        let praises = tx.list_praises(HERE, StaffId(7), 9)?.len();
        Ok((tx.list_same(HERE, PersonId(102), 9)?, praises))
    });
    assert_eq!(praised, Ok((vec![PersonId(101)], 1)));
    let called = s.write(HERE, |tx| {
        let due = tx.claim_hook_calls(HERE, at(9), at(20), 9)?;
        Ok(due.iter().map(|call| (call.id, call.attempts)).collect::<Vec<_>>())
    });
    assert_eq!(called, Ok(vec![(811, 3)]));
    let places = s.write(HERE, |tx| {
        let place = tx.insert_act(HERE, StaffId(70), at(3), "signed_out", "")?;
        Ok((place, tx.count_acts(HERE)?, tx.list_acts(HERE, 2, 9)?.len()))
    });
    assert_eq!(places, Ok((2, 2, 1)));
    let contents = s.read(|tx| {
        Ok((
            tx.find_content_edition(HERE)?,
            tx.find_content_pending(HERE)?.map(|row| row.head.id.0),
            tx.list_content_scripts(HERE, 9)?.len(),
        ))
    });
    assert_eq!(contents, Ok((Some(1), Some(1102), 1)));

    let notices = s.write(HERE, |tx| {
        let templates = tx.list_templates(HERE, 9)?;
        let state = templates.first().map(|row| (row.revision, row.facts.state));
        let budget = tx.find_notice_plan(HERE)?.and_then(|row| row.plan.budget_rupiah);
        // What nobody can open any more is thrown away.
        let held = tx.take_held_notices(HERE, at(9), 9)?.len();
        Ok((state, budget, tx.count_notice(HERE, "2026-11", "ready", "paid")?, held))
    });
    assert_eq!(notices, Ok((Some((1, TemplateState::Approved)), Some(500_000), 13, 0)));

    let line = AuditEntry {
        id: 3,
        at: at(1),
        actor: "command".into(),
        act: "migrated".into(),
        subject: "1".into(),
    };
    let added = line.clone();
    s.write(HERE, move |tx| tx.insert_audit(HERE, &added)).unwrap();
    let lines = s.read(|tx| tx.list_audit(HERE, 9)).unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines.first(), Some(&line));

    let turn = s.write(HERE, |tx| {
        let person = tx.ensure_person(HERE, &by_bsuid("ID.1"), ANI, at(0))?;
        let is_new = tx.insert_received(HERE, &received(ANI, "wamid.1", 0, "halo"))?;
        tx.insert_owed(HERE, &owed(100, ANI, 0))?;
        tx.place_application(&number(1), HERE)?;
        Ok((person, is_new, tx.find_place(&number(1))?))
    });
    assert_eq!(turn.unwrap(), (ANI, true, Some(HERE)));
    let (waiting, answer) = s
        .read(|tx| Ok((tx.list_owed(HERE, 9)?, tx.find_owed(HERE, OutboxId(100))?)))
        .unwrap();
    assert_eq!(waiting, [received(ANI, "wamid.1", 0, "halo")]);
    assert_eq!(answer, Some(owed(100, ANI, 0)));
}
