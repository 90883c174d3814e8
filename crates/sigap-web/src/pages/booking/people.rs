//! `/o/{office}/antrean/orang`: who comes, with name and birth date. A NIK is never asked for here.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use sigap_core::booking::{Service, Visitor as Guest, rules};
use sigap_core::calendar::local_date;
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::{PersonProblem, read_person};

use super::{draft_of, keep, service_of};
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
    let people = (0..usize::from(service.most_people()))
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
    let mut typed: Vec<Person> = (0..usize::from(service.most_people()))
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
        match read_person(&person.name, &person.born, &guests, today) {
            Ok(guest) => guests.push(guest),
            Err(problem) => {
                person.problem = words.w(match problem {
                    PersonProblem::NameMissing => "book_name_missing",
                    PersonProblem::NameWrong => "book_name_wrong",
                    PersonProblem::BirthWrong => "book_birth_wrong",
                    PersonProblem::Twice => "book_name_twice",
                });
            }
        }
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
