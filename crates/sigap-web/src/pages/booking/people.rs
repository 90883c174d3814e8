//! `/o/{office}/antrean/orang`: who comes, with name and birth date. A NIK is never asked for here.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use sigap_core::booking::identity::plain_name;
use sigap_core::booking::{Service, Visitor as Guest, rules};
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::{read_birth_date, read_visitor};

use super::{draft_of, keep, most_people, service_of};
use crate::pages::visitor::{Fields, Visitor};
use crate::pages::{Words, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/people.html")]
struct PeoplePage<'a> {
    words: Words<'a>,
    slug: &'a str,
    service: String,
    people: Vec<Person>,
    problems: Vec<(String, String)>,
    asks_parent: bool,
    parent: String,
}

/// The fields of one person.
#[derive(Default)]
struct Person {
    place: usize,
    name: String,
    born: String,
    problem: String,
}

impl Person {
    fn is_empty(&self) -> bool {
        self.name.is_empty() && self.born.is_empty()
    }
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor) -> Response {
    let (Some(office), Some(words)) = (visitor.office(&state), visitor.words(&state)) else {
        return nowhere();
    };
    let draft = draft_of(&visitor);
    let Some(service) = service_of(office, &draft).filter(|_| draft.moving.is_none()) else {
        return visitor.go("/antrean");
    };
    let people = (0..most_people(service))
        .map(|place| {
            draft.people.get(place).map_or_else(
                || Person {
                    place,
                    ..Person::default()
                },
                |guest| Person {
                    place,
                    name: guest.name.clone(),
                    born: guest.born_on.strftime("%d-%m-%Y").to_string(),
                    problem: String::new(),
                },
            )
        })
        .collect();
    respond(&visitor, words, service, StatusCode::OK, people, false)
}

/// The names.
pub(crate) async fn send(State(state): State<AppState>, mut visitor: Visitor, fields: Fields) -> Response {
    let (Some(office), Some(words)) = (visitor.office(&state), visitor.words(&state)) else {
        return nowhere();
    };
    let mut draft = draft_of(&visitor);
    let Some(service) = service_of(office, &draft).filter(|_| draft.moving.is_none()) else {
        return visitor.go("/antrean");
    };
    let today = local_date(office, state.clock.now());
    let mut typed: Vec<Person> = (0..most_people(service))
        .map(|place| Person {
            place,
            name: fields.get(&format!("nama{place}")).to_owned(),
            born: fields.get(&format!("lahir{place}")).to_owned(),
            problem: String::new(),
        })
        .collect();
    let guests = read(words, &mut typed, today);
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if typed.iter().any(|person| !person.problem.is_empty()) {
        return respond(&visitor, words, service, wrong, typed, false);
    }
    if rules::is_without_adult(&service.rules, &guests, today) && fields.get("wali").is_empty() {
        return respond(&visitor, words, service, wrong, typed, true);
    }
    // Another number of people may not fit where these did.
    if draft.people.len() != guests.len() {
        draft.held = None;
        draft.day = None;
    }
    draft.people = guests;
    let next = if draft.held.is_some() || draft.day.is_some() {
        "/antrean/periksa"
    } else {
        "/antrean/hari"
    };
    keep(&state, &mut visitor, draft, next).await
}

/// Reads what was typed; what is wrong is noted beside it. The first person is always somebody.
fn read(words: Words<'_>, typed: &mut [Person], today: Date) -> Vec<Guest> {
    let mut guests: Vec<Guest> = Vec::new();
    for person in typed.iter_mut() {
        if person.place > 0 && person.is_empty() {
            continue;
        }
        let name = person.name.chars().filter(|c| c.is_alphabetic()).count();
        let is_date = read_birth_date(&person.born, today).is_some();
        // A name with digits in it may be a NIK, and is none.
        let guest = read_visitor(&format!("{} {}", person.name, person.born), today)
            .filter(|_| !person.name.bytes().any(|byte| byte.is_ascii_digit()));
        let problem = match guest {
            _ if name == 0 => "book_name_missing",
            _ if !is_date => "book_birth_wrong",
            None => "book_name_wrong",
            Some(guest) => {
                let is_twice = guests
                    .iter()
                    .any(|known| known.born_on == guest.born_on && plain_name(&known.name) == plain_name(&guest.name));
                if is_twice {
                    "book_name_twice"
                } else {
                    guests.push(guest);
                    continue;
                }
            }
        };
        person.problem = words.w(problem);
    }
    guests
}

fn respond(
    visitor: &Visitor,
    words: Words<'_>,
    service: &Service,
    status: StatusCode,
    people: Vec<Person>,
    asks_parent: bool,
) -> Response {
    let mut problems: Vec<(String, String)> = people
        .iter()
        .filter(|person| !person.problem.is_empty())
        .map(|person| (format!("nama{}", person.place), person.problem.clone()))
        .collect();
    let age = [("age", Arg::Number(i64::from(service.rules.adult_age)))];
    if asks_parent {
        problems.push(("wali".to_owned(), words.with_web("book_parent", &age)));
    }
    let page = PeoplePage {
        slug: &visitor.slug,
        service: words.service(&service.id),
        people,
        problems,
        asks_parent,
        parent: words.w("book_parent_comes"),
        words,
    };
    visitor.answer(private_page(status, &page))
}
