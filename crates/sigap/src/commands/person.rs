//! `sigap person`: what is kept about a citizen, for those who ask at the desk. Whoever runs it has looked at an identity card.

use std::io::BufRead;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use sigap_actions::erase_own_data::{Consent, EraseRefusal, Kept, Losses, Receipt};
use sigap_actions::own_data::AskedBy;
use sigap_actions::service::Service;
use sigap_core::ids::{OfficeId, PersonId};

use super::{open_service, print};
use crate::config::Config;

/// What is done.
#[derive(Subcommand)]
pub(super) enum PersonCommand {
    /// Say what is kept, in counts.
    Show(Who),
    /// Print all that is kept as JSON.
    Export(Who),
    /// Erase all that is kept; asks to type the number again on standard input.
    Erase(Who),
}

/// Somebody who writes from a phone.
#[derive(Args)]
pub(super) struct Who {
    /// Slug of the office; each keeps its own.
    #[arg(long)]
    office: String,
    /// The phone number, `0812…` or `62812…`.
    #[arg(long)]
    phone: String,
}

pub(super) async fn run(config: &Config, command: PersonCommand) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    match command {
        PersonCommand::Show(who) => {
            let (office, person) = find(&service, &who, "person_shown").await?;
            show(&service, office, person).await?;
        }
        PersonCommand::Export(who) => {
            let (office, person) = find(&service, &who, "person_exported").await?;
            let data = service.export_own_data(office, person).await?;
            print::line(&data.context("nothing is kept of this number any more")?);
        }
        PersonCommand::Erase(who) => {
            let (office, person) = find(&service, &who, "person_erase_asked").await?;
            return erase(&service, &who, office, person).await;
        }
    }
    Ok(true)
}

async fn find(service: &Service, who: &Who, act: &'static str) -> anyhow::Result<(OfficeId, PersonId)> {
    let office = service
        .content()
        .office_by_slug(&who.office)
        .with_context(|| format!("no office is called `{}`; see content/offices/register.csv", who.office))?;
    let office = office.id;
    match service.find_person_at_desk(office, who.phone.clone(), act).await? {
        Some(person) => Ok((office, person)),
        None => bail!(
            "nothing is kept of this number at `{}`; check what was typed",
            who.office
        ),
    }
}

async fn show(service: &Service, office: OfficeId, person: PersonId) -> anyhow::Result<()> {
    let data = service.view_own_data(office, person).await?;
    let data = data.context("nothing is kept of this number any more")?;
    let counts = [
        ("bookings", data.bookings.len()),
        ("applications", data.applications.len()),
        ("cases", data.cases.len()),
        ("visits", data.visits.len()),
        ("messages of the last days", data.messages.len()),
        ("signals", data.signals.len()),
        ("other numbers", data.other_numbers.len()),
    ];
    print::line(&format!(
        "phone {}, language {}, notices {}",
        data.identifiers.phone.unwrap_or_else(|| "not known".into()),
        data.language,
        if data.is_opted_out { "not wanted" } else { "wanted" }
    ));
    for (what, count) in counts {
        print::line(&format!("{what}: {count}"));
    }
    print::line(
        "All of it: `sigap person export`. Survey answers and figures lead from nobody to anything, and are not here.",
    );
    Ok(())
}

async fn erase(service: &Service, who: &Who, office: OfficeId, person: PersonId) -> anyhow::Result<bool> {
    match service
        .erase_own_data(office, person, AskedBy::Desk, Consent::Asked)
        .await?
    {
        Err(EraseRefusal::Unconfirmed(losses)) => tell_losses(&losses),
        Err(refusal) => bail!("{}", why(&refusal)),
        Ok(_) => bail!("this cannot be: nobody has said yes yet"),
    }
    print::line("Type the number again to erase all of it; anything else stops here.");
    let mut typed = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut typed)
        .context("standard input cannot be read")?;
    if digits(&typed) != digits(&who.phone) {
        bail!("another number was typed: nothing was erased");
    }
    match service
        .erase_own_data(office, person, AskedBy::Desk, Consent::Given)
        .await?
    {
        Ok(receipt) => tell_receipt(&receipt),
        Err(refusal) => bail!("{}", why(&refusal)),
    }
    Ok(true)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn tell_losses(losses: &Losses) {
    for (code, service, day) in &losses.bookings {
        print::line(&format!("given back: {code}, {service}, {day}"));
    }
    for (number, kind) in &losses.cases {
        print::line(&format!("ended without an answer: {number} ({kind})"));
    }
    print::line(&format!(
        "{} draws lost would count no more; {} applications would be told no more",
        losses.draws_lost, losses.applications
    ));
}

fn tell_receipt(receipt: &Receipt) {
    print::line(&format!(
        "erased {}: {} bookings given back, {} cases ended",
        receipt.at, receipt.given_back, receipt.ended_cases
    ));
    for kept in &receipt.kept {
        print::line(&match kept {
            Kept::Counts => "kept: rows without names and words, because they are counted".to_owned(),
            Kept::Trail => "kept: that somebody was erased, without who".to_owned(),
            Kept::Applications => "kept: what the issuing system reports of applications".to_owned(),
            Kept::MissedVisit { service, until } => {
                format!("kept until {until}: a hash of a missed visit ({service}), for which places are refused")
            }
            Kept::DayLimit => "kept: a hash of the number, for the limit of a day".to_owned(),
            Kept::Backups => {
                "kept: copies for an emergency, until they are replaced; look at docs/privacy.md".to_owned()
            }
        });
    }
}

fn why(refusal: &EraseRefusal) -> String {
    match refusal {
        EraseRefusal::Unknown => "nothing is kept of this number any more".into(),
        EraseRefusal::InHall { number } => format!("number {number} is in the hall; erase after the visit"),
        EraseRefusal::VisitNow { code, until } => match until {
            Some(until) => format!("the visit of {code} has begun; erase after {until}"),
            None => format!("the visit of {code} has begun; mark who came, then erase"),
        },
        EraseRefusal::TooSoon => "this number was erased today already; erase again tomorrow".into(),
        EraseRefusal::Unconfirmed(_) => "nobody has said yes; run it again".into(),
    }
}
