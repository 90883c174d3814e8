//! Who comes: one line for each person, name and birth date. A NIK is never taken here.

use jiff::civil::{Date, DateTime};
use sigap_understand::values::{Days, read_dates, read_values};

use super::birth_date;
use super::booking::{name_of, wait};
use super::booking_days;
use super::choice::*;
use super::dialogue::Effect;
use super::digits;
use super::hearing::Heard;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::state::{BookingStep, Draft};
use super::turn::{Thought, Turn};
use crate::booking::identity::NikProblem;
use crate::booking::{Service, Visitor, rules};
use crate::limits::{NAME_CHARS_MAX, PARTY_MAX};

/// Words before an officer's name who is spoken to, the title among them.
const GREETING_WORDS_MAX: usize = 3;
/// Letters of the shortest name: people with one name of two letters exist.
const NAME_LETTERS_MIN: usize = 2;

/// The one person that a sentence introduces with name and birth date (*a.n. Budi Santoso lahir 3-4-1990*), or else the people whom
/// it names, when it tells none of their birth dates.
pub(super) fn introduced(text: &str, now: DateTime) -> (Option<Visitor>, Vec<String>) {
    if digits::without_nik(text).is_some() {
        return (None, Vec::new());
    }
    let births: Vec<Date> = read_dates(text, now)
        .iter()
        .filter_map(|read| match read.days {
            Days::Birth(date) => Some(date),
            _ => None,
        })
        .collect();
    let mut names = read_values(text).names;
    match (names.as_slice(), births.as_slice()) {
        ([name], [born_on]) => (visitor(&format!("{name} {born_on}"), now.date()), Vec::new()),
        (_, []) => {
            names.retain(|name| is_name(name) && !is_greeted(text, name));
            names.truncate(PARTY_MAX);
            (None, names)
        }
        _ => (None, Vec::new()),
    }
}

/// Whether a name belongs to an officer who is spoken to: *halo pak Budi*.
fn is_greeted(text: &str, name: &str) -> bool {
    let before: Vec<String> = text
        .split(name)
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let is_title = |word: &String| {
        matches!(
            word.as_str(),
            "pak"
                | "bapak"
                | "bpk"
                | "bu"
                | "ibu"
                | "mas"
                | "mbak"
                | "mba"
                | "kak"
                | "kang"
                | "teh"
                | "mr"
                | "mrs"
                | "ms"
        )
    };
    before.len() <= GREETING_WORDS_MAX && before.last().is_some_and(is_title)
}

/// Asks who comes, unless that was said; of people who were named, only their birth dates.
pub(super) fn begin(turn: &mut Turn<'_>, service: &Service, draft: Draft) -> Thought {
    if draft.people.is_empty() {
        Ok(ask(turn, service, draft))
    } else {
        after_people(turn, service, draft)
    }
}

pub(super) fn ask(turn: &mut Turn<'_>, service: &Service, draft: Draft) -> Reply {
    let noted = draft.wanted.told(&draft.named);
    let named = draft.named.len();
    let most = usize::from(service.most_people());
    let is_all = (1..=most).contains(&named) && draft.wanted.people.is_none_or(|people| usize::from(people) == named);
    wait(turn, BookingStep::People, draft);
    let choices = Choices::Buttons(vec![FEEDBACK_BROKER, MENU]);
    let asked = if is_all { BOOKING_BIRTHS_ASK } else { BOOKING_PEOPLE_ASK };
    let asked = asked
        .say(choices)
        .with("noted", noted)
        .with("service", name_of(&service.id));
    if is_all {
        asked
    } else {
        asked.with("most", Arg::count(most))
    }
}

/// What is wrong with the lines.
enum Unusable {
    /// No name or no date in this line.
    Line(String),
    /// More people than allowed.
    Many,
    /// One person twice.
    Twice,
}

/// Takes the lines. Words without any date may be something else: a wish, a question.
pub(super) fn hear(turn: &mut Turn<'_>, heard: &Heard<'_>, service: &Service, mut draft: Draft) -> Option<Thought> {
    if digits::without_nik(heard.raw).is_some() {
        turn.effects.push(Effect::ForgetMessage);
        wait(turn, BookingStep::People, draft);
        return Some(Ok(BOOKING_PEOPLE_NIK.say(Choices::Buttons(vec![MENU]))));
    }
    let today = turn.today();
    let lines: Vec<&str> = lines(heard.raw, today);
    if !lines.iter().any(|line| birth_date::read(line, today).is_some()) && !has_digits(heard.raw) {
        return None;
    }
    let most = usize::from(service.most_people());
    Some(match read(&lines, &draft.named, today, most) {
        Ok(people) => {
            draft.people = people;
            draft.named.clear();
            after_people(turn, service, draft)
        }
        Err(unusable) => {
            wait(turn, BookingStep::People, draft);
            let choices = Choices::Buttons(vec![OFFICER, MENU]);
            Ok(match unusable {
                Unusable::Line(line) => BOOKING_PEOPLE_UNREADABLE.say(choices).with("line", Arg::Text(line)),
                Unusable::Many => BOOKING_PEOPLE_MANY.say(choices).with("most", Arg::count(most)),
                Unusable::Twice => BOOKING_PEOPLE_TWICE.say(choices),
            })
        }
    })
}

fn after_people(turn: &mut Turn<'_>, service: &Service, draft: Draft) -> Thought {
    if rules::is_without_adult(&service.rules, &draft.people, turn.today()) {
        wait(turn, BookingStep::Parent, draft);
        return Ok(BOOKING_PARENT_ASK
            .say(Choices::Buttons(vec![BOOKING_PARENT, BOOKING_PEOPLE, MENU]))
            .with("age", Arg::Number(i64::from(service.rules.adult_age))));
    }
    booking_days::begin(turn, service, draft)
}

/// A line a person; on one line, people may be parted by commas or semicolons when each part has its own date.
fn lines(text: &str, today: Date) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let parts: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split([';', ',']))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let all_dated = parts.iter().all(|part| birth_date::read(part, today).is_some());
    if all_dated { parts } else { lines }
}

/// The people of the lines. Who was named before needs no more than a birth date, when there are as many lines as names.
fn read(lines: &[&str], named: &[String], today: Date, most: usize) -> Result<Vec<Visitor>, Unusable> {
    if lines.len() > most {
        return Err(Unusable::Many);
    }
    let mut people: Vec<Visitor> = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        let name = named.get(place).filter(|_| named.len() == lines.len());
        let visitor = name
            .filter(|_| !has_name(line))
            .and_then(|name| visitor(&format!("{name} {}", birth_date::read(line, today)?), today))
            .or_else(|| visitor(line, today))
            .ok_or_else(|| Unusable::Line(shortened(line)))?;
        if people.iter().any(|other| visitor.is_same_as(other)) {
            return Err(Unusable::Twice);
        }
        people.push(visitor);
    }
    if people.is_empty() {
        return Err(Unusable::Line(String::new()));
    }
    Ok(people)
}

/// A name and a birth date from one line, in either order. Words of the date do not belong to the name: numbers, and a
/// month's name beside a number (*Mei* alone may be a name).
pub(super) fn visitor(line: &str, today: Date) -> Option<Visitor> {
    let born_on = birth_date::read(line, today)?;
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '#' | '*' | '/'))
        .filter(|word| !word.is_empty())
        .collect();
    let has_number = |place: Option<usize>| {
        place
            .and_then(|place| words.get(place))
            .is_some_and(|word| has_digits(word))
    };
    let name: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(place, word)| {
            let numbers_after = words.iter().skip(place + 1).take_while(|word| has_digits(word)).count();
            let is_month = birth_date::month(word).is_some()
                && (has_number(place.checked_sub(1)) && numbers_after > 0 || numbers_after == 2);
            !has_digits(word) && !is_month && !is_label(word)
        })
        .map(|(_, word)| *word)
        .collect();
    let name = name.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_owned();
    is_name(&name).then_some(Visitor { name, born_on })
}

/// Whether a text has the length of a name.
fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= NAME_LETTERS_MIN && text.chars().count() <= NAME_CHARS_MAX
}

/// Why what stands in the two fields of a form is nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonProblem {
    /// No letter in the name.
    NameMissing,
    /// Too short or too long for a name, or with digits, which may be a NIK.
    NameWrong,
    /// No birth date.
    BirthWrong,
    /// Somebody who is among them already.
    Twice,
}

/// Somebody whose name and birth date were typed apart, and who is none of those known already.
///
/// # Errors
/// What is to be typed differently.
pub fn read_person(name: &str, born: &str, known: &[Visitor], today: Date) -> Result<Visitor, PersonProblem> {
    if !name.chars().any(char::is_alphabetic) {
        return Err(PersonProblem::NameMissing);
    }
    let born_on = birth_date::read(born, today).ok_or(PersonProblem::BirthWrong)?;
    let person = visitor(&format!("{name} {born_on}"), today)
        .filter(|_| !has_digits(name))
        .ok_or(PersonProblem::NameWrong)?;
    if known.iter().any(|other| person.is_same_as(other)) {
        return Err(PersonProblem::Twice);
    }
    Ok(person)
}

/// Whether somebody is named beside the date: known names, or nothing but words written large.
fn has_name(line: &str) -> bool {
    let mut words = line
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && birth_date::month(word).is_none())
        .peekable();
    !read_values(line).names.is_empty()
        || words.peek().is_some() && words.all(|word| word.starts_with(char::is_uppercase) && !is_label(word))
}

/// Words that people put before a name or a date.
fn is_label(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(
        word.trim_matches('.'),
        "lahir"
            | "lahirnya"
            | "lahirna"
            | "lair"
            | "lairipun"
            | "tgl"
            | "tanggal"
            | "tanggalnya"
            | "nama"
            | "born"
            | "name"
            | "dan"
            | "-"
            | "–"
            | "ttl"
    )
}

fn has_digits(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn shortened(line: &str) -> String {
    line.chars().take(NAME_CHARS_MAX).collect()
}

/// What is wrong with a NIK, in words: for the form, and for the desk. Never for the chat, where none is typed.
#[must_use]
pub fn nik_problem_in_words(problem: NikProblem) -> Arg {
    match problem {
        NikProblem::Length { digits } => PAGE_NIK_LENGTH.phrase(vec![("digits", Arg::count(digits))]),
        NikProblem::Shape => PAGE_NIK_SHAPE.words(),
        NikProblem::BirthDate => PAGE_NIK_BIRTH_DATE.words(),
    }
}

#[cfg(test)]
mod tests;
