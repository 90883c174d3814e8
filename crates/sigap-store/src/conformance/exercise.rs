//! Every storage method called once, for those who want to look at what an engine does with each: its plans, its costs.
//! What the methods return is not looked at here; the cases do that.

use sigap_core::application::Stage;
use sigap_core::cases::CaseKind;
use sigap_core::ids::{CaseId, OutboxId};

use super::samples::{ANI, BUDI, HERE, ME, NUMBER, application, at, by_bsuid, contact, number, owed, received};
use crate::fault::Fault;
use crate::records::{AuditEntry, DeliveryStatus, GuessKind, ImportRun, InboxState, MessageKey, NewCase, OutboxState};
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
    exercise_reads(tx)
}

/// Calls what a read can do.
///
/// # Errors
/// As the methods.
pub fn exercise_reads(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.find_person(HERE, &contact("ID.1", "6281"))?;
    tx.find_contact(HERE, ANI)?;
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
    tx.list_audit(HERE, 10)?;
    tx.sum_delivered(HERE, NUMBER, "2026-11", "service")?;
    tx.count_raw(HERE, "account")?;
    tx.find_backlog()?;
    tx.list_processes(10)?;
    Ok(())
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
        },
    )
}

fn office(tx: &mut dyn Tx) -> Result<(), Fault> {
    tx.next_count(HERE, "cases")?;
    tx.insert_case(
        HERE,
        &NewCase {
            id: CaseId(1),
            number: "JP-1".into(),
            kind: CaseKind::Complaint,
            person: ANI,
            text: "x".into(),
            rating: None,
            opened_at: at(0),
            due_on: None,
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
    tx.forget_process(ME)
}
