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
use sigap_core::booking::{BookingCode, BookingRefusal, Nik, Visitor};
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::{nik_problem_in_words, why_not_in_words};
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::limits::PARTY_MAX;
use sigap_core::person::Contact;
use sigap_web::ticket_code::TicketClaims;

use super::{open_service, print};
use crate::config::Config;

/// Digits of the shortest mobile number with its country: 62 and eight more.
const PHONE_DIGITS_MIN: usize = 10;
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

/// When somebody comes. Who comes, and the phone, are read from standard input: everybody on a machine can read the words of a
/// command.
#[derive(clap::Args)]
pub(super) struct Visit {
    #[command(flatten)]
    which: Which,
    /// Day and hour at the office, `2026-12-07T09:30`.
    #[arg(long)]
    at: DateTime,
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
    let service = open_service(config).await?;
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
    let service = open_service(config).await?;
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
    let service = open_service(config).await?;
    let office = office(&service, &visit.which.office)?;
    let number = config
        .whatsapp
        .number
        .iter()
        .find(|number| number.office == visit.which.office)
        .map(|number| number.phone_number_id.clone())
        .context("the office has no business number in the settings")?;
    print::line("first the citizen's phone, international digits: messages about the visit go there");
    print::line("then who comes, a line each: Name;YYYY-MM-DD or Name;YYYY-MM-DD;NIK. An end of input ends it");
    let typed = lines(PARTY_MAX + 2)?;
    let (phone, people) = typed.split_first().context("nothing was typed")?;
    let phone = phone.trim().trim_start_matches('+');
    if phone.len() < PHONE_DIGITS_MIN || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
        bail!("a phone is international digits, like 628123456789");
    }
    let people = people
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| read_person(line))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let order = DeskOrder {
        contact: Contact {
            phone: Some(phone.to_owned()),
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
        Err(refusal) => bail!("not booked: {}", Words(&service, office).refusal(&refusal, visit.at)),
    }
}

pub(super) async fn arrive(config: &Config, at: &AtDesk) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
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
        Err(refusal) => bail!("not taken down: {}", Words(&service, office).arrival(&refusal)),
    }
}

pub(super) async fn excuse(config: &Config, at: &AtDesk) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    let office = office(&service, &at.office)?;
    match service.excuse(office, at.officer.clone(), code(&at.code)?).await? {
        Ok(()) => {
            print::line("excused; the people may book again");
            Ok(true)
        }
        Err(refusal) => bail!("not excused: {}", Words(&service, office).arrival(&refusal)),
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

/// Refusals for whoever sits at the desk; reasons in the words that citizens get.
struct Words<'a>(&'a Service, OfficeId);

impl Words<'_> {
    fn of(&self, arg: &Arg) -> String {
        let content = self.0.content();
        content
            .office(self.1)
            .map_or_else(String::new, |office| content.words_of(office, Language::En, arg))
    }

    fn refusal(&self, refusal: &BookingRefusal, at: DateTime) -> String {
        use BookingRefusal as R;
        match refusal {
            R::NoService => "the office does not offer this service".into(),
            R::NotThen(why) => self.of(&why_not_in_words(why, at.date(), Some(at))),
            R::Full { nearest } => {
                let nearest: Vec<String> = nearest
                    .iter()
                    .map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string())
                    .collect();
                format!("the hour is full; the nearest free ones are {}", nearest.join(", "))
            }
            R::HasOne { .. } => "one of them is booked for this service already".into(),
            R::TooMany { most } => format!("at most {most} people"),
            R::Barred { until } => format!("one of them did not come last time and may book from {until} on"),
            R::NeedsNik { .. } => "this service needs the NIK of each person".into(),
            R::Helpdesk => "this phone has held too many places today".into(),
            R::Lapsed | R::NotChangeable(_) | R::Unknown => "the booking changed meanwhile; try again".into(),
        }
    }

    fn arrival(&self, refusal: &ArrivalRefusal) -> String {
        match refusal {
            ArrivalRefusal::Unknown => "no booking of this office has that code".into(),
            ArrivalRefusal::OtherDay(day) => {
                format!("the visit is on {day}; move it in the chat, or give a number without booking")
            }
            ArrivalRefusal::NotBooked(state) => {
                let state = self.of(&Arg::Key(format!("booking.state_{}", state.name())));
                format!("the booking stands as: {state}")
            }
            ArrivalRefusal::Niks(wrong) => {
                let told: Vec<String> = wrong
                    .iter()
                    .map(|(position, problem)| {
                        format!("person {}: {}", position + 1, self.of(&nik_problem_in_words(*problem)))
                    })
                    .collect();
                told.join(" ")
            }
            ArrivalRefusal::Booking(_) => "one of them is booked for this service under that NIK already".into(),
        }
    }
}

pub(super) async fn signals(config: &Config, slug: &str) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
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
        .map_err(|_| anyhow::anyhow!("a NIK has 16 digits with the birth date in them; look at the card again"))?;
    Ok((
        Visitor {
            name: name.to_owned(),
            born_on,
        },
        nik,
    ))
}
