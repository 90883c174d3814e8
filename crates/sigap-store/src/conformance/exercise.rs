//! Every storage method called once, for those who want to look at what an engine does with each: its plans, its costs.
//! What the methods return is not looked at here; the cases do that.

use sigap_core::application::Stage;
use sigap_core::booking::{BookingState, Identity, Visitor};
use sigap_core::figures::Part;
use sigap_core::files::FileState;
use sigap_core::ids::{
    ApiKeyId, BookingId, CaseId, ContentVersionId, FileId, HookId, IntakeId, OutboxId, StaffId, UploadId, VisitId,
};
use sigap_core::queue::VisitState;

use super::samples::{
    ANI, BUDI, HERE, ME, NUMBER, api_key, application, at, booking, browser, by_bsuid, case, code, contact, counter,
    day, file, follow, hook, hook_call, intake, number, opening, owed, part, passport, question, received, said,
    session, staff, upload, visit,
};
use crate::fault::Fault;
use crate::records::{
    AuditEntry, BookingIdentity, CaseEvent, CaseEventKind, DeliveryStatus, DeskRow, GuessKind, IdentityKey, ImportRun,
    InboxState, Job, JobKind, LinkKind, LinkRow, MessageKey, MessageSpan, OpeningPhase, OutboxState, PassportState,
    Praise, ReturnedPlaces, Signal, SignalKind, StandingChange, UploadState, VersionState, VisitEvent,
};
use crate::tx::Tx;

/// Calls everything that a transaction can do, reads and writes.
///
/// # Errors
/// As the methods.
pub fn exercise_all(tx: &mut dyn Tx) -> Result<(), Fault> {
    people(tx)?;
    inbox(tx)?;
    outbox(tx)?;
    applications(tx)?;
    office(tx)?;
    bookings(tx)?;
    openings(tx)?;
    jobs(tx)?;
    hall(tx)?;
    employees(tx)?;
    passports(tx)?;
    reports(tx)?;
    hooks(tx)?;
    browsers(tx)?;
    files(tx)?;
    exercise_reads(tx)
}

/// Calls what a read can do.
///
/// # Errors
/// As the methods.
pub fn exercise_reads(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.find_person(HERE, &contact("ID.1", "6281"))?;
    tx.find_contact(HERE, ANI)?;
    tx.list_bound(HERE, ANI, 9)?;
    tx.list_visits_of(HERE, ANI, 9)?;
    tx.list_received_of(HERE, ANI, at(0), 9)?;
    tx.list_owed_to(HERE, ANI, OutboxId(0), 9)?;
    tx.find_met_at(HERE, ANI)?;
    tx.has_opted_out(HERE, ANI)?;
    tx.find_conversation(HERE, ANI)?;
    tx.has_received(HERE, &key())?;
    tx.find_received(HERE, NUMBER, "wamid.1", at(0))?;
    tx.list_owed(HERE, 10)?;
    tx.list_mergeable(HERE, ANI, 8)?;
    tx.list_offices_with_due()?;
    tx.list_unsettled(HERE, at(99), 10)?;
    tx.find_owed(HERE, OutboxId(1))?;
    tx.find_application(HERE, &number(1))?;
    tx.find_place(&number(1))?;
    tx.count_applications(HERE)?;
    tx.find_last_import(HERE)?;
    tx.is_bound(HERE, ANI, &number(1))?;
    tx.find_bound(HERE, ANI)?;
    tx.sum_guesses(HERE, GuessKind::LookUp, "a", 0)?;
    tx.list_cases(HERE, ANI, 10)?;
    tx.find_case(HERE, CaseId(1))?;
    tx.find_case_by_number(HERE, "JP-1")?;
    tx.find_talk(HERE, ANI)?;
    tx.list_open_cases(HERE, 10)?;
    tx.list_closed_cases(HERE, 10)?;
    tx.list_tagged_cases(HERE, "hilang", 10)?;
    tx.list_same(HERE, ANI, 10)?;
    tx.list_praises(HERE, StaffId(1), 10)?;
    tx.list_case_events(HERE, CaseId(1), 10)?;
    tx.count_case_events(HERE, 0)?;
    tx.count_unclear(HERE, day(5))?;
    tx.list_unclear(HERE, 10)?;
    tx.has_survey(HERE, "a")?;
    tx.sum_surveys(HERE, "2026-11")?;
    tx.list_survey_comments(HERE, "2026-11", 10)?;
    tx.sum_day_figures(HERE, day(5), day(6), Part::Day, 10)?;
    tx.find_last_figures(HERE)?;
    tx.find_first_visit(HERE)?;
    tx.find_first_message(HERE)?;
    tx.list_visits_of_day(HERE, day(5), 10)?;
    tx.count_writers(HERE, at(0), at(9))?;
    tx.count_handed_over(HERE, 1, 2)?;
    tx.count_cases_opened(HERE, 1, 2)?;
    tx.list_first_answers(HERE, 1, 2, 10)?;
    tx.count_open_cases(HERE, at(0))?;
    tx.list_delivered_months(HERE, "2026-11", "2026-12")?;
    tx.find_template(HERE, "1", "notice_ready", "id")?;
    tx.list_templates(HERE, 10)?;
    tx.find_notice_plan(HERE)?;
    tx.list_notice_counts(HERE, "2026-11", 10)?;
    tx.list_delivered(HERE, "2026-11", 10)?;
    tx.find_content_version(HERE, ContentVersionId(1))?;
    tx.find_content_pending(HERE)?;
    tx.find_content_published(HERE)?;
    tx.find_content_edition(HERE)?;
    tx.list_content_versions(HERE, 10)?;
    tx.list_content_scripts(HERE, 10)?;
    tx.list_audit(HERE, 10)?;
    tx.sum_delivered(HERE, NUMBER, "2026-11", "service")?;
    tx.count_raw(HERE, "account")?;
    tx.find_backlog()?;
    tx.list_processes(10)?;
    tx.list_quotas(HERE, "a", "b", 10)?;
    tx.find_booking(HERE, BookingId(1))?;
    tx.find_booking_by_code(HERE, &code(1))?;
    tx.list_bookings(HERE, ANI, 10)?;
    tx.list_day(HERE, "simpatik", day(5), BookingState::Held, BookingId(0), 10)?;
    tx.count_day(HERE, "simpatik", day(5), BookingState::Held)?;
    tx.sum_places(HERE, "simpatik", day(5), at(800))?;
    tx.identity_key(&Identity::Alike(visitor()))?;
    tx.list_identities(HERE, BookingId(1))?;
    tx.count_contacts_alike(HERE, IDENTITY)?;
    tx.count_people_of(HERE, ANI)?;
    tx.find_standing(IDENTITY, "simpatik")?;
    tx.find_opening(HERE, "simpatik", day(5))?;
    tx.find_room(HERE, "simpatik", day(5))?;
    tx.find_guest(HERE, "simpatik", day(5), 0, true)?;
    tx.list_due_jobs(HERE, at(9), 10)?;
    tx.find_link(HERE, "token")?;
    tx.list_signals(HERE, 0, 10)?;
    tx.find_visit(HERE, VisitId(1))?;
    tx.find_visit_by_token(HERE, "visit 1")?;
    tx.find_visit_by_label(HERE, day(5), visit(1, 0).visit.label)?;
    tx.find_visit_of_booking(HERE, day(5), BookingId(1))?;
    tx.find_last_visit(HERE, ANI)?;
    tx.list_waiting(HERE, day(5), 10)?;
    tx.list_next(HERE, day(5), "passport", at(9), 10)?;
    tx.list_visits(HERE, day(5), VisitState::Called, 10)?;
    tx.count_visits(HERE, day(5))?;
    tx.list_visit_events(HERE, VisitId(1), 10)?;
    tx.count_visit_events(HERE, 0)?;
    tx.list_calls(HERE, 0, 10)?;
    tx.list_service_times(HERE, "passport", 9, 10)?;
    tx.list_desks(HERE, day(5))?;
    tx.find_staff(HERE, StaffId(1))?;
    tx.find_staff_by_email(HERE, "petugas1@contoh.go.id")?;
    tx.list_staff(HERE, 10)?;
    tx.find_enrolment(HERE, "link", at(0))?;
    tx.find_session(HERE, "session")?;
    tx.list_sessions(HERE, StaffId(1), 10)?;
    tx.list_acts(HERE, 1, 10)?;
    tx.count_acts(HERE)?;
    tx.find_passport(HERE, &number(1))?;
    tx.list_passports(HERE, PassportState::Ready, day(9), 10)?;
    tx.list_bound_lines(HERE, &number(1), 10)?;
    tx.list_imports(HERE, 10)?;
    tx.has_imported(HERE, "5a")?;
    tx.find_upload(HERE, UploadId(1))?;
    tx.list_uploads(HERE, 10)?;
    tx.find_follow(HERE, ANI, &number(1))?;
    tx.list_follows(HERE, ANI, 10)?;
    tx.list_moved(HERE, 10)?;
    tx.find_api_key(HERE, "key")?;
    tx.list_api_keys(HERE, 10)?;
    tx.list_hooks(HERE, 10)?;
    tx.count_hook_calls(HERE)?;
    tx.find_browser(HERE, "browser")?;
    tx.find_browser_of(HERE, ANI)?;
    tx.find_browser_by_code(HERE, "K7QXM2PD")?;
    tx.list_browsers(HERE, ANI, 10)?;
    tx.list_lines(HERE, ANI, 0, 10)?;
    tx.find_file(HERE, FileId(1))?;
    tx.list_due_files(HERE, at(9), 10)?;
    tx.list_files_of(HERE, ANI, 10)?;
    tx.list_files_about(HERE, 70, 10)?;
    tx.find_file_part(HERE, ANI, FileId(1), 0)?;
    tx.find_intake(HERE, IntakeId(1))?;
    tx.find_intake_of(HERE, BookingId(101), 0)?;
    tx.list_intakes(HERE, day(5), 10)?;
    tx.list_intakes_of(HERE, ANI, 10)?;
    Ok(())
}

fn reports(tx: &mut dyn Tx) -> Result<(), Fault> {
    let row = upload(1);
    tx.insert_upload(HERE, &row)?;
    tx.insert_upload_part(HERE, row.id, 0, &part(0))?;
    tx.find_upload(HERE, row.id)?;
    tx.replace_upload(HERE, UploadState::Waiting, &row)?;
    tx.take_upload_part(HERE, row.id, 0)?;
    tx.delete_upload(HERE, UploadId(2))?;
    tx.save_follow(HERE, &follow(ANI, 1))?;
    tx.note_moved(HERE, &number(1), at(0))?;
    tx.forget_follow(HERE, BUDI, &number(1))?;
    tx.insert_api_key(HERE, &api_key(1), "key")?;
    tx.revoke_api_key(HERE, ApiKeyId(1), at(1))?;
    Ok(())
}

fn hooks(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.insert_hook(HERE, &hook(1))?;
    tx.change_hook(HERE, &hook(1))?;
    tx.delete_hook(HERE, HookId(2))?;
    tx.insert_hook_call(HERE, &hook_call(1, 0))?;
    tx.claim_hook_calls(HERE, at(1), at(9), 10)?;
    tx.postpone_hook_call(HERE, 1, at(10))?;
    tx.delete_hook_call(HERE, 1)?;
    Ok(())
}

fn browsers(tx: &mut dyn Tx) -> Result<(), Fault> {
    let row = browser(ANI, Some("K7QXM2PD"));
    tx.insert_browser(HERE, "browser", &row)?;
    tx.change_browser(HERE, &row)?;
    tx.insert_line(HERE, ANI, &said(1))?;
    tx.delete_browser(HERE, BUDI)?;
    Ok(())
}

fn files(tx: &mut dyn Tx) -> Result<(), Fault> {
    let row = file(1, ANI);
    tx.insert_file(HERE, &row)?;
    tx.replace_file(HERE, FileState::Waiting, &row)?;
    tx.put_file_part(HERE, ANI, row.id, 0, b"bytes")?;
    tx.delete_file(HERE, FileId(2))?;
    let row = intake(1, ANI);
    tx.insert_intake(HERE, &row)?;
    tx.replace_intake(HERE, &row)?;
    tx.delete_intake(HERE, IntakeId(2))?;
    Ok(())
}

fn passports(tx: &mut dyn Tx) -> Result<(), Fault> {
    let row = passport(1, 5);
    tx.insert_passport(HERE, &row, ANI)?;
    tx.find_passport(HERE, &row.number)?;
    tx.replace_passport(HERE, PassportState::Ready, &row)?;
    tx.note_binding_line(HERE, ANI, &row.number, NUMBER)
}

fn hall(tx: &mut dyn Tx) -> Result<(), Fault> {
    let row = visit(1, 0);
    tx.insert_visit(HERE, &row)?;
    tx.find_visit(HERE, row.visit.id)?;
    tx.replace_visit(HERE, row.visit.state, &row)?;
    tx.tell_ahead(HERE, row.visit.id, 3)?;
    tx.note_near_told(HERE, row.visit.id)?;
    tx.call_next(HERE, day(5), &["passport"], counter(1), at(9))?;
    let event = VisitEvent {
        id: 1,
        visit: row.visit.id,
        label: row.visit.label,
        at: at(9),
        kind: "call".into(),
        line: "passport".into(),
        counter: Some(counter(1)),
        staff: None,
    };
    tx.insert_visit_event(HERE, &event)?;
    tx.insert_service_time(HERE, "passport", 9, 1, 300)?;
    let desk = DeskRow {
        counter: counter(1),
        day: day(5),
        staff: StaffId(1),
        is_open: true,
        since: at(0),
    };
    tx.save_desk(HERE, &desk)?;
    tx.close_desk(HERE, counter(2))?;
    tx.use_tap(HERE, day(5), "tap")?;
    tx.forget_taps(HERE, day(5))?;
    Ok(())
}

fn employees(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.insert_staff(HERE, &staff(1))?;
    tx.find_staff(HERE, StaffId(1))?;
    tx.replace_staff(HERE, &staff(1))?;
    tx.insert_enrolment(HERE, "link", StaffId(1), at(9))?;
    tx.use_enrolment(HERE, "link", at(0))?;
    tx.insert_sign_in_question(HERE, "question", &question(1))?;
    tx.take_sign_in_question(HERE, "question", at(0))?;
    tx.forget_sign_in_questions(HERE, at(0), 10)?;
    tx.insert_session(HERE, "session", &session(1, 1))?;
    tx.note_session(HERE, "session", at(1), Some(counter(1)))?;
    tx.end_session(HERE, StaffId(1), 2)?;
    tx.insert_act(HERE, StaffId(1), at(0), "signed_in", "")?;
    Ok(())
}

const IDENTITY: IdentityKey = IdentityKey([3; 16]);

fn visitor() -> Visitor {
    Visitor {
        name: "Contoh Nama".into(),
        born_on: day(1),
    }
}

fn bookings(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.take_places(HERE, "simpatik 2026-12-05T08:00", 9, 2)?;
    tx.give_back_places(HERE, "simpatik 2026-12-05T08:00", 1)?;
    tx.stop_quota(HERE, "simpatik 2026-12-05T08:00", Some("rapat"))?;
    let row = booking(1, ANI);
    tx.insert_booking(HERE, &row)?;
    tx.find_booking(HERE, row.id)?;
    tx.replace_booking(HERE, row.state, &row)?;
    tx.insert_returned(
        HERE,
        &ReturnedPlaces {
            id: 1,
            service: "simpatik".into(),
            day: day(5),
            starts_at: at(800),
            places: 1,
        },
    )?;
    tx.take_returned(HERE, 1)?;
    for booking in [1, 2] {
        tx.claim_identity(IDENTITY, "simpatik", HERE, BookingId(booking))?;
    }
    tx.release_identity(IDENTITY, "simpatik", HERE, BookingId(1))?;
    let identity = BookingIdentity {
        position: 0,
        key: IDENTITY,
        alike: IDENTITY,
        is_nik: true,
    };
    tx.save_identities(HERE, BookingId(1), ANI, &[identity])?;
    for change in [
        StandingChange::Lost,
        StandingChange::Won,
        StandingChange::Missed(at(0)),
        StandingChange::Excused,
    ] {
        tx.change_standing(IDENTITY, "simpatik", change)?;
    }
    Ok(())
}

fn openings(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.insert_opening(HERE, &opening(5))?;
    tx.advance_opening(HERE, OpeningPhase::Committed, &opening(5))?;
    tx.take_ticket(HERE, "simpatik", day(5), ANI, NUMBER, true)?;
    tx.let_in(HERE, "simpatik", day(5), 3)?;
    Ok(())
}

fn jobs(tx: &mut dyn Tx) -> Result<(), Fault> {
    let job = Job {
        due_at: at(0),
        kind: JobKind::Lapse,
        subject: "1".into(),
    };
    tx.schedule(HERE, &job)?;
    tx.finish_job(HERE, &job)?;
    let link = LinkRow {
        person: ANI,
        booking: BookingId(1),
        kind: LinkKind::Ticket,
        expires_at: at(9),
        used_at: None,
    };
    tx.insert_link(HERE, "token", &link)?;
    tx.use_link(HERE, "token", at(0))?;
    tx.insert_signal(
        HERE,
        &Signal {
            id: 1,
            kind: SignalKind::ManyPeople,
            person: ANI,
            day: 1,
            at: at(0),
            count: 11,
        },
    )
}

fn key() -> MessageKey {
    received(ANI, "wamid.1", 0, "halo").key
}

fn people(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.ensure_person(HERE, &by_bsuid("ID.1"), ANI, at(0))?;
    tx.ensure_person(HERE, &contact("ID.1", "6281"), BUDI, at(0))?;
    tx.ensure_person(HERE, &contact("ID.2", "6281"), BUDI, at(0))?;
    tx.hold_person(HERE, ANI)?;
    tx.move_person(HERE, &contact("ID.2", "6281"), &contact("ID.3", "6283"), at(0))?;
    tx.set_opt_out(HERE, ANI, true)?;
    tx.save_conversation(
        HERE,
        ANI,
        &crate::records::ConversationRow {
            state: "x".into(),
            last_inbound_at: at(0),
        },
    )
}

fn inbox(tx: &mut dyn Tx) -> Result<(), Fault> {
    let row = received(ANI, "wamid.1", 0, "halo");
    tx.insert_received(HERE, &row)?;
    tx.settle_received(HERE, &row.key, InboxState::Answered, 1)?;
    tx.settle_received(HERE, &row.key, InboxState::Owed, 1)?;
    tx.replace_content(HERE, &row.key, row.content.as_ref())?;
    tx.replace_content(HERE, &row.key, None)?;
    Ok(())
}

fn outbox(tx: &mut dyn Tx) -> Result<(), Fault> {
    for id in 1..=6 {
        tx.insert_owed(HERE, &owed(id, ANI, 0))?;
    }
    tx.merge_owed(HERE, OutboxId(6), OutboxId(5))?;
    tx.claim_due(HERE, at(0), at(60), ME, 10)?;
    tx.unclaim(HERE, OutboxId(1), ME, at(0))?;
    tx.claim_due(HERE, at(0), at(60), ME, 10)?;
    tx.put_back(HERE, OutboxId(1), ME, at(0))?;
    tx.claim_due(HERE, at(0), at(60), ME, 10)?;
    tx.mark_unknown(HERE, OutboxId(1), ME, at(60))?;
    tx.take_over(HERE, ME, at(9))?;
    tx.postpone_settling(HERE, at(99))?;
    tx.list_unsettled(HERE, at(99), 10)?;
    tx.resend(HERE, OutboxId(1), at(0), 1)?;
    tx.mark_accepted(HERE, OutboxId(1), "wamid.out", at(1))?;
    tx.mark_billed(HERE, OutboxId(1))?;
    for state in [OutboxState::Sent, OutboxState::Read] {
        let status = DeliveryStatus {
            id: OutboxId(1),
            state,
            error_code: None,
            at: at(2),
        };
        tx.apply_status(HERE, &status)?;
    }
    tx.give_up(HERE, OutboxId(2), OutboxState::Failed, None, at(3))?;
    Ok(())
}

fn applications(tx: &mut dyn Tx) -> Result<(), Fault> {
    for stage in [Stage::Submitted, Stage::Submitted] {
        tx.save_application(&application(HERE, 1, stage), BUDI)?;
    }
    tx.place_application(&number(1), HERE)?;
    tx.insert_slip_code(HERE, "ABCD2345", &number(1), at(9))?;
    tx.use_slip_code(HERE, "ABCD2345", ANI, at(0))?;
    tx.bind_person(HERE, ANI, &number(1), at(0))?;
    tx.count_guess(HERE, GuessKind::LookUp, "a", "b", 1)?;
    tx.insert_import(
        HERE,
        &ImportRun {
            id: 1,
            report: "penerbitan".into(),
            at: at(0),
            counts: [1, 2, 3, 4],
            actor: "command".into(),
            newest_on: None,
        },
        "5a",
    )
}

fn office(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.next_count(HERE, "cases")?;
    tx.insert_case(HERE, &case(1, ANI))?;
    let answer = super::surveys::row(1, "pickup", [Some(4); 9], "x");
    tx.insert_survey(HERE, "a", &answer)?;
    tx.insert_unclear(HERE, &super::unclear::row(1, day(5), "x"))?;
    tx.delete_unclear(HERE, 2)?;
    tx.delete_unclear_before(HERE, day(4))?;
    tx.replace_day_figures(HERE, day(5), &[("kept/day".into(), 1)])?;
    tx.save_template(HERE, &super::notices::template("1", "id", 1))?;
    tx.save_notice_plan(HERE, &super::notices::plan(1, 500_000))?;
    tx.count_notice(HERE, "2026-11", "ready", "paid")?;
    tx.insert_held_notice(HERE, &super::notices::held(1, ANI, 5))?;
    tx.take_held_notices(HERE, at(9), 10)?;
    let version = super::contents::version(1, VersionState::Draft, None);
    tx.insert_content_version(HERE, &version)?;
    tx.replace_content_version(HERE, 1, &version)?;
    let script = super::contents::script(1, "{}");
    tx.insert_content_script(HERE, &script)?;
    tx.replace_content_script(HERE, 1, &script)?;
    tx.delete_content_script(HERE, script.id)?;
    tx.find_case(HERE, CaseId(1))?;
    tx.replace_case(HERE, &case(1, ANI))?;
    tx.ensure_same(HERE, ANI, BUDI)?;
    tx.forget_same(HERE, ANI, BUDI)?;
    let praise = Praise {
        staff: StaffId(1),
        case: CaseId(1),
        passed_at: at(0),
    };
    tx.insert_praise(HERE, &praise)?;
    tx.insert_case_event(
        HERE,
        &CaseEvent {
            id: 1,
            case: CaseId(1),
            at: at(0),
            kind: CaseEventKind::Note,
            staff: None,
            outbox: None,
            words: "x".into(),
        },
    )?;
    tx.insert_audit(
        HERE,
        &AuditEntry {
            id: 1,
            at: at(0),
            actor: "test".into(),
            act: "exercised".into(),
            subject: String::new(),
        },
    )?;
    tx.count_delivered(HERE, NUMBER, "2026-11", "service")?;
    tx.keep_raw(HERE, 1, "account", "{}", at(0))?;
    tx.beat(ME, 1)?;
    tx.forget_process(ME)?;
    own_data(tx)
}

/// Everything of a person, at last: most of what is above was theirs.
fn own_data(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.insert_owed(HERE, &owed(90, ANI, 90))?;
    tx.insert_received(HERE, &received(ANI, "wamid.90", 90, "halo"))?;
    tx.ensure_same(HERE, ANI, BUDI)?;
    let mut mine = visit(90, 0);
    mine.visit.person = Some(ANI);
    tx.insert_visit(HERE, &mine)?;
    tx.forget_guesses(HERE, GuessKind::LookUp, 1)?;
    tx.forget_standing(IdentityKey([1; 16]), "simpatik", at(0))?;
    let span = MessageSpan {
        from: at(0),
        until: at(1),
        first: OutboxId(0),
        end: OutboxId(1),
    };
    tx.erase_messages(HERE, ANI, span)?;
    tx.erase_person(HERE, ANI, at(99)).map(|_| ())
}
