//! An uploaded report in the middle of being applied: part by part, each once, whoever carries on.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use sigap_actions::authority::find_officer;
use sigap_actions::context::Context;
use sigap_actions::run_jobs::run_job;
use sigap_actions::upload_report::{UploadCounts, UploadState, apply_upload, drop_upload, view_reports};
use sigap_content::sample;
use sigap_core::application::{ReportKind, ReportRow};
use sigap_core::ids::{ApplicationNumber, StaffId, UploadId};
use sigap_core::staff::{Role, Scope};
use sigap_store::records::{Job, JobKind, SessionRow, StaffContent, StaffRow, UploadContent, UploadRow};
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{Desk, content};

const ID: UploadId = UploadId(7);

struct Office {
    desk: Desk,
    now: Timestamp,
}

fn row(last: u64) -> ReportRow {
    ReportRow {
        number: ApplicationNumber::parse(&format!("{:016}", 1_179_000_000_000_000 + last)).unwrap(),
        report: ReportKind::Interview,
        stage_on: Some(date(2026, 11, 20)),
        name: None,
        kind: None,
        applied_on: None,
        born_on: None,
    }
}

impl Office {
    /// With a head who is signed in and a report of three parts, three rows each.
    fn new() -> Self {
        let now: Timestamp = "2026-11-30T02:00:00Z".parse().unwrap();
        let id = content(date(2026, 11, 30)).office_by_slug(sample::OFFICE).unwrap().id;
        let mut office = Self {
            desk: Desk::new(id, date(2026, 11, 30), now),
            now,
        };
        office.run(|tx, ctx| {
            let here = ctx.office.id;
            let staff = StaffRow {
                id: StaffId(1),
                roles: vec![Role::Head],
                is_active: true,
                failed: 0,
                locked_until: None,
                created_at: ctx.now,
                content: StaffContent {
                    email: "kepala@contoh.go.id".into(),
                    name: "Kepala (contoh)".into(),
                    ..StaffContent::default()
                },
            };
            tx.insert_staff(here, &staff)?;
            let session = SessionRow {
                id: 1,
                staff: StaffId(1),
                scope: Scope::Person,
                counter: None,
                created_at: ctx.now,
                seen_at: ctx.now,
                ends_at: ctx.now + SignedDuration::from_hours(9),
                device: String::new(),
            };
            tx.insert_session(here, "session", &session)?;
            let upload = UploadRow {
                id: ID,
                staff: StaffId(1),
                state: UploadState::Waiting,
                made_at: ctx.now,
                ends_at: ctx.now + SignedDuration::from_hours(24),
                parts: 3,
                done: 0,
                content: UploadContent {
                    file: "laporan.csv".into(),
                    report: ReportKind::Interview,
                    newest_on: Some(date(2026, 11, 20)),
                    fingerprint: "5a".into(),
                    rows: 9,
                    unreadable: 2,
                    preview: UploadCounts::default(),
                    counts: UploadCounts::default(),
                    refused: Vec::new(),
                },
            };
            tx.insert_upload(here, &upload)?;
            for part in 0..3 {
                let rows = (0..3).map(|n| (part * 3 + n, row(u64::from(part * 3 + n)))).collect();
                tx.insert_upload_part(here, ID, part, &rows)?;
            }
            Ok(())
        });
        office
    }

    fn run<T: Send + 'static>(
        &mut self,
        act: impl FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.run(self.now, act)
    }

    fn apply(&mut self) {
        let applied = self.run(|tx, ctx| {
            let head = find_officer(tx, ctx, "session")?.expect("signed in");
            apply_upload(tx, ctx, &head, ID)
        });
        assert_eq!(applied, Ok(()));
    }

    fn jobs(&mut self) -> Vec<Job> {
        let mut jobs = self.run(|tx, ctx| tx.list_due_jobs(ctx.office.id, ctx.now, 9));
        jobs.retain(|job| job.kind == JobKind::Apply);
        jobs
    }

    fn step(&mut self, job: &Job) -> bool {
        let job = job.clone();
        self.run(move |tx, ctx| run_job(tx, ctx, &job))
    }

    fn seen(&mut self) -> (UploadState, u32, u64, usize) {
        self.run(|tx, ctx| {
            let here = ctx.office.id;
            let upload = tx.find_upload(here, ID)?.expect("kept");
            Ok((
                upload.state,
                upload.done,
                tx.count_applications(here)?,
                tx.list_imports(here, 9)?.len(),
            ))
        })
    }
}

#[test]
fn each_part_is_merged_once_and_the_last_one_ends_the_import() {
    let mut office = Office::new();
    office.apply();
    office.apply();
    let jobs = office.jobs();
    assert_eq!(jobs.len(), 1, "two taps of one moment are one job");
    assert!(office.step(&jobs[0]));
    assert_eq!(office.seen(), (UploadState::Applying, 1, 3, 0));
    // A process died here. The job is still there, and somebody taps again meanwhile.
    office.now += SignedDuration::from_mins(5);
    office.apply();
    let jobs = office.jobs();
    assert_eq!(jobs.len(), 2);
    assert!(office.step(&jobs[1]));
    assert!(!office.step(&jobs[0]), "the last part ends it");
    assert!(!office.step(&jobs[1]), "what is done stays so");
    assert_eq!(office.seen(), (UploadState::Applied, 3, 9, 1));
    assert!(office.jobs().is_empty());
    let (counts, acts) = office.run(|tx, ctx| {
        let upload = tx.find_upload(ctx.office.id, ID)?.expect("kept");
        Ok((upload.content.counts, tx.list_acts(ctx.office.id, 1, 9)?))
    });
    assert_eq!((counts.new, counts.refused), (9, 2));
    assert_eq!(acts.len(), 1);
    assert_eq!(
        acts[0].0.subject,
        "wawancara: 9 new, 0 moved on, 0 unchanged, 2 refused"
    );
    // Said once more it changes nothing.
    office.apply();
    assert!(office.jobs().is_empty());
    assert_eq!(office.seen(), (UploadState::Applied, 3, 9, 1));
}

#[test]
fn a_report_that_is_being_applied_is_neither_thrown_away_nor_forgotten() {
    let mut office = Office::new();
    office.apply();
    let dropped = office.run(|tx, ctx| {
        let head = find_officer(tx, ctx, "session")?.expect("signed in");
        let forget = Job {
            due_at: ctx.now,
            kind: JobKind::Forget,
            subject: ID.to_string(),
        };
        tx.schedule(ctx.office.id, &forget)?;
        run_job(tx, ctx, &forget)?;
        drop_upload(tx, ctx, &head, ID)
    });
    assert_eq!(dropped, Ok(()));
    assert_eq!(office.seen().0, UploadState::Applying);
    for job in office.jobs() {
        while office.step(&job) {}
    }
    assert_eq!(office.seen(), (UploadState::Applied, 3, 9, 1));
    let who = office.run(|tx, ctx| {
        let head = find_officer(tx, ctx, "session")?.expect("signed in");
        let view = view_reports(tx, ctx, &head)?.expect("may");
        Ok(view.imports.into_iter().map(|import| import.name).collect::<Vec<_>>())
    });
    assert_eq!(who, ["Kepala (contoh)"]);
}
