//! The citizen's side of a talk with an officer: what is written goes into the case, until either goes back to the assistant.

use jiff::Timestamp;
use sigap_core::conversation::reply::Choice;
use sigap_core::conversation::talk;
use sigap_core::ids::{CaseId, PersonId};
use sigap_core::inbound::{MediaKind, Said};
use sigap_core::language::Language;
use sigap_store::records::CaseEventKind;
use sigap_store::{Fault, Tx};

use crate::booking_parts::{Asker, language_of};
use crate::context::Context;
use crate::keep_file::{Aim, note_file};
use crate::owe_reply::owe_reply;
use crate::work_case::{Deed, note_event, save};

/// Puts what a person said into the case about which an officer talks with them; false when nobody does, or the person has just gone
/// back to the assistant: then the assistant answers.
///
/// # Errors
/// Storage faults only.
pub(crate) fn hear_in_talk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    said: &Said,
    last_inbound_at: Timestamp,
) -> Result<bool, Fault> {
    if talk::is_form(said) || talk::is_proof(said) {
        return Ok(false);
    }
    let office = ctx.office.id;
    let Some(id) = tx.find_talk(office, asker.person)? else {
        return Ok(false);
    };
    let Some(mut row) = tx.find_case(office, id)?.filter(|row| row.case.is_talk) else {
        return Ok(false);
    };
    let language = language_of(tx.find_conversation(office, asker.person)?.as_ref());
    let number = row.case.number.clone();
    if talk::means_assistant(said) {
        row.case.is_talk = false;
        row.case.heard_at = None;
        save(tx, ctx, row, Deed::plain(CaseEventKind::GivenBack))?;
        let told = ctx.content.render(ctx.office, language, &talk::left(&number));
        owe_reply(tx, ctx, asker.person, asker.number, last_inbound_at, told)?;
        return Ok(false);
    }
    if talk::is_for_assistant(said) {
        // The officer sees what was tapped, and the assistant answers it: nothing is owed.
        let words = told_of_tap(ctx, language, said);
        let tapped = Deed {
            words,
            ..Deed::plain(CaseEventKind::Heard)
        };
        note_event(tx, ctx, id, tapped)?;
        return Ok(false);
    }
    let is_first = row.case.heard_at.is_none();
    row.case.heard_at.get_or_insert(ctx.now);
    // They may write from another of our numbers than before.
    asker.number.clone_into(&mut row.case.line);
    let words = Deed {
        words: told(said),
        ..Deed::plain(CaseEventKind::Heard)
    };
    save(tx, ctx, row, words)?;
    if let Said::Media(media) = said {
        let aim = Aim {
            about: id.0,
            paper: None,
            days: ctx.content.catalogue_of(office).intake.talk_file_days,
        };
        note_file(tx, ctx, asker, media, aim)?;
    }
    if is_first && let Some(away) = talk::away(ctx.office, ctx.now, &number) {
        let told = ctx.content.render(ctx.office, language, &away);
        owe_reply(tx, ctx, asker.person, asker.number, last_inbound_at, told)?;
    }
    Ok(true)
}

fn told_of_tap(ctx: &Context<'_>, language: Language, said: &Said) -> String {
    let Said::Choice(name) = said else {
        return String::new();
    };
    let (name, _) = Choice::split(name);
    format!(
        "[{}]",
        ctx.content.text(ctx.office, language, &format!("choice.{name}"), &[])
    )
}

/// What a message says to an officer; what is not words is named.
pub(crate) fn told(said: &Said) -> String {
    match said {
        Said::Text(text) | Said::StaleChoice(text) => text.clone(),
        Said::Edited { text, .. } => text.clone().unwrap_or_default(),
        Said::Choice(name) => format!("[{name}]"),
        Said::Media(media) => {
            let kind = match media.kind {
                MediaKind::Image => "foto",
                MediaKind::Document => "dokumen",
                MediaKind::Audio => "suara",
                MediaKind::Video => "video",
                MediaKind::Sticker => "stiker",
            };
            match &media.caption {
                Some(caption) => format!("[{kind}] {caption}"),
                None => format!("[{kind}]"),
            }
        }
        Said::Location | Said::LocationAt(_) => "[lokasi]".to_owned(),
        Said::Contacts { names, .. } if names.is_empty() => "[kontak]".to_owned(),
        // Whoever needs the number asks for it in words: it belongs to somebody who is not part of this talk.
        Said::Contacts { names, .. } => format!("[kontak] {} (tanpa nomor)", names.join(", ")),
        _ => "[…]".to_owned(),
    }
}

/// Notes how the citizen found the answer; the number of the case, empty when it is not theirs.
///
/// # Errors
/// Storage faults only.
pub(crate) fn rate_case(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    id: CaseId,
    rating: u8,
) -> Result<String, Fault> {
    let Some(mut row) = tx.find_case(ctx.office.id, id)?.filter(|row| row.case.person == person) else {
        return Ok(String::new());
    };
    row.case.satisfaction = Some(rating);
    let number = row.case.number.clone();
    if !tx.replace_case(ctx.office.id, &row)? {
        return Err(Fault::Busy);
    }
    let event = Deed {
        words: rating.to_string(),
        ..Deed::plain(CaseEventKind::Rated)
    };
    note_event(tx, ctx, id, event)?;
    Ok(number)
}
