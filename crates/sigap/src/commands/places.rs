//! Commands about places, until the console has pages for them: the public value of a draw, hours that are stopped, a booking
//! on behalf, signals of brokers, a ticket checked without a network.

use std::io::BufRead;

use anyhow::{Context, bail};
use jiff::civil::{Date, DateTime, Time};
use sigap_actions::arrive::ArrivalRefusal;
use sigap_actions::book_on_behalf::DeskOrder;
use sigap_actions::draw_opening::DrawRefusal;
use sigap_actions::service::Service;
use sigap_actions::stop_places::StopOrder;
use sigap_core::booking::{BookingCode, Nik, Visitor};
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::limits::PARTY_MAX;
use sigap_core::person::Contact;
use sigap_web::ticket_code::TicketClaims;

use super::{open_service, print};
use crate::config::Config;

/// Days back from which signals are listed.
const SIGNAL_DAYS: i32 = 30;

/// An office and a service of it.
#[derive(clap::Args)]
pub(super) struct Which {
    /// Slug of the office.
    #[arg(long)]
    office: String,
    /// The service, by its id in the office's file.
    #[arg(long)]
    service: String,
}

/// The public value of a draw.
#[derive(clap::Args)]
pub(super) struct PublicValue {
    #[command(flatten)]
    which: Which,
    /// The day that is drawn for.
    #[arg(long)]
    day: Date,
    /// The value, exactly as its source published it.
    value: String,
}

/// Which hours.
#[derive(clap::Args)]
pub(super) struct Hours {
    #[command(flatten)]
    which: Which,
    /// The day.
    #[arg(long)]
    day: Date,
    /// One hour, `08:30`; without it the whole day.
    #[arg(long)]
    hour: Option<Time>,
}

/// When somebody comes. Who comes is read from standard input: everybody on a machine can read the words of a command.
#[derive(clap::Args)]
pub(super) struct Visit {
    #[command(flatten)]
    which: Which,
    /// Day and hour at the office, `2026-12-07T09:30`.
    #[arg(long)]
    at: DateTime,
    /// The citizen's phone, international digits: messages about the booking go there.
    #[arg(long)]
    phone: String,
    /// Who books, for the audit trail.
    #[arg(long)]
    officer: String,
}

/// A booking, and who deals with it.
#[derive(clap::Args)]
pub(super) struct AtDesk {
    /// Slug of the office.
    #[arg(long)]
    office: String,
    /// Who does it, for the audit trail.
    #[arg(long)]
    officer: String,
    /// The booking code, `K7QX-M2PD`.
    code: String,
}

pub(super) async fn give_value(config: &Config, given: &PublicValue) -> anyhow::Result<bool> {
    let service = open_service(config)?;
    let office = office(&service, &given.which.office)?;
    let told = service
        .give_public_value(office, given.which.service.clone(), given.day, given.value.clone())
        .await?;
    match told {
        Ok(()) => {
            print::line("the value is kept and published; the draw is made at its time, by the running service");
            Ok(true)
        }
        Err(DrawRefusal::NoDraw) => bail!("no draw of `{}` on {} is known", given.which.service, given.day),
        Err(DrawRefusal::NotClosed) => {
            bail!("entries are still open; a value that is known now could be used by whoever enters")
        }
        Err(DrawRefusal::Given) => bail!("a value was given already; it cannot be changed"),
        Err(DrawRefusal::Unreadable) => bail!("a public value is one line of at most 200 characters"),
    }
}

pub(super) async fn stop(config: &Config, hours: &Hours, reason: Option<String>) -> anyhow::Result<bool> {
    let service = open_service(config)?;
    let office = office(&service, &hours.which.office)?;
    let order = StopOrder {
        officer: "command".into(),
        service: hours.which.service.clone(),
        day: hours.day,
        time: hours.hour,
        reason,
    };
    match service.stop_places(office, order).await? {
        Ok(booked) => {
            print::line(&format!("done; {} bookings stand at these hours", booked.len()));
            for view in booked {
                let at = view.at.map(|at| at.strftime("%H:%M").to_string()).unwrap_or_default();
                print::line(&format!(
                    "  {at}  {}  {} people",
                    view.code.grouped(),
                    view.people.len()
                ));
            }
            Ok(true)
        }
        Err(_) => bail!(
            "`{}` gives no places on {} at that hour; look at the office's file",
            hours.which.service,
            hours.day
        ),
    }
}

pub(super) async fn book(config: &Config, visit: &Visit) -> anyhow::Result<bool> {
    let service = open_service(config)?;
    let office = office(&service, &visit.which.office)?;
    let number = config
        .whatsapp
        .number
        .iter()
        .find(|number| number.office == visit.which.office)
        .map(|number| number.phone_number_id.clone())
        .context("the office has no business number in the settings")?;
    print::line("who comes, a line each: Name;YYYY-MM-DD or Name;YYYY-MM-DD;NIK. An end of input ends it");
    let mut people = Vec::new();
    for line in lines(PARTY_MAX + 1)?.iter().take_while(|line| !line.trim().is_empty()) {
        people.push(read_person(line)?);
    }
    let order = DeskOrder {
        contact: Contact {
            phone: Some(visit.phone.clone()),
            ..Contact::default()
        },
        number,
        officer: visit.officer.clone(),
        service: visit.which.service.clone(),
        at: visit.at,
        people,
    };
    match service.book_on_behalf(office, order).await? {
        Ok(view) => {
            print::line(&view.code.grouped());
            Ok(true)
        }
        Err(refusal) => bail!("not booked: {}", sentence(&refusal)),
    }
}

pub(super) async fn arrive(config: &Config, at: &AtDesk) -> anyhow::Result<bool> {
    let service = open_service(config)?;
    let office = office(&service, &at.office)?;
    print::line(
        "the NIK of each person in their order, a line each; empty where none was shown. An end of input ends it",
    );
    let niks = lines(PARTY_MAX)?;
    match service
        .arrive(office, at.officer.clone(), code(&at.code)?, niks)
        .await?
    {
        Ok(view) => {
            print::line(&format!("here: {} people for {}", view.people.len(), view.service));
            Ok(true)
        }
        Err(refusal) => bail!("not taken down: {}", arrival_sentence(&refusal)),
    }
}

pub(super) async fn excuse(config: &Config, at: &AtDesk) -> anyhow::Result<bool> {
    let service = open_service(config)?;
    let office = office(&service, &at.office)?;
    match service.excuse(office, at.officer.clone(), code(&at.code)?).await? {
        Ok(()) => {
            print::line("excused; the people may book again");
            Ok(true)
        }
        Err(refusal) => bail!("not excused: {}", arrival_sentence(&refusal)),
    }
}

fn arrival_sentence(refusal: &ArrivalRefusal) -> String {
    match refusal {
        ArrivalRefusal::Unknown => "no booking of this office has that code".into(),
        ArrivalRefusal::OtherDay(day) => {
            format!("the visit is on {day}; move it in the chat, or give a number without booking")
        }
        ArrivalRefusal::NotBooked(state) => format!("the booking is {}", state.name()),
        ArrivalRefusal::Niks(wrong) => {
            let told: Vec<String> = wrong
                .iter()
                .map(|(position, problem)| format!("person {}: {problem:?}", position + 1))
                .collect();
            format!("look at the NIK again ({})", told.join(", "))
        }
        ArrivalRefusal::Booking(refusal) => sentence(refusal),
    }
}

fn code(text: &str) -> anyhow::Result<BookingCode> {
    BookingCode::parse(text).context("a booking code has eight letters and digits, like K7QX-M2PD")
}

/// Lines of standard input, until it ends.
fn lines(most: usize) -> anyhow::Result<Vec<String>> {
    std::io::stdin()
        .lock()
        .lines()
        .take(most)
        .collect::<Result<_, _>>()
        .context("standard input cannot be read")
}

/// A refusal for whoever sits at the desk.
fn sentence(refusal: &sigap_core::booking::BookingRefusal) -> String {
    use sigap_core::booking::BookingRefusal as R;
    match refusal {
        R::NoService => "the office does not offer this service".into(),
        R::NotThen(why) => format!("nothing is given then ({why:?})"),
        R::Full { nearest } => {
            let nearest: Vec<String> = nearest.iter().map(ToString::to_string).collect();
            format!("the hour is full; the nearest free ones are {}", nearest.join(", "))
        }
        R::HasOne { .. } => "one of them is booked for this service already".into(),
        R::TooMany { most } => format!("at most {most} people"),
        R::Barred { until } => format!("one of them did not come last time and may book from {until} on"),
        R::NeedsNik { .. } => "this service needs the NIK of each person".into(),
        R::Lapsed | R::NotChangeable(_) | R::Unknown | R::Helpdesk => "try again".into(),
    }
}

pub(super) async fn signals(config: &Config, slug: &str) -> anyhow::Result<bool> {
    let service = open_service(config)?;
    let office = office(&service, slug)?;
    let found = service.list_signals(office, SIGNAL_DAYS).await?;
    if found.is_empty() {
        print::line("no signals in the last 30 days");
    }
    let content = service.content();
    let Some(office) = content.office(office) else {
        return Ok(true);
    };
    for signal in found {
        let at = office
            .zone
            .to_datetime(signal.at)
            .strftime("%Y-%m-%d %H:%M")
            .to_string();
        print::line(&format!(
            "{at}  person {}  {} ({})",
            signal.person,
            signal.kind.name(),
            signal.count
        ));
        let words = content.text(office, Language::Id, &format!("signal.{}", signal.kind.name()), &[]);
        print::line(&format!("    {words}"));
    }
    Ok(true)
}

pub(super) fn check_ticket(key: &str, text: &str) -> anyhow::Result<bool> {
    let claims = TicketClaims::check(key, text)?;
    print::line(&format!(
        "true ticket: {} at {}, {}, {} people, code {}",
        claims.service, claims.office, claims.at, claims.places, claims.code
    ));
    Ok(true)
}

fn office(service: &Service, slug: &str) -> anyhow::Result<OfficeId> {
    service
        .content()
        .office_by_slug(slug)
        .map(|office| office.id)
        .with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))
}

fn read_person(text: &str) -> anyhow::Result<(Visitor, Option<Nik>)> {
    // Neither name nor number may stand in an error: it could be logged.
    let mut parts = text.split(';').map(str::trim);
    let (Some(name), Some(born_on)) = (parts.next().filter(|name| !name.is_empty()), parts.next()) else {
        bail!("a person is `Name;YYYY-MM-DD` or `Name;YYYY-MM-DD;NIK`");
    };
    let born_on: Date = born_on.parse().ok().context("a birth date is `YYYY-MM-DD`")?;
    let nik = parts
        .next()
        .map(|nik| Nik::parse(nik, born_on))
        .transpose()
        .map_err(|problem| anyhow::anyhow!("a NIK cannot be right: {problem:?}"))?;
    Ok((
        Visitor {
            name: name.to_owned(),
            born_on,
        },
        nik,
    ))
}
