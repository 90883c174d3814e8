//! Which papers this person needs: at most two questions, then the checklist with fees, time, source and date.
//!
//! The way through the questions lies in the names of the choices alone, so any old button still leads on.

use crate::catalogue::{Case, HowToApply};

use super::choice::*;
use super::fees::price;
use super::hearing::Heard;
use super::messages::*;
use super::payment::{caution, source_words};
use super::reply::{Arg, Choice, Choices, Reply};
use super::routes;
use super::state::{Offered, Place};
use super::turn::{Thought, Turn};
use super::vocabulary::{Vocabulary, Wish};

/// From this age on a person applies as an adult (Permenkumham 8/2014).
const ADULT_AGE: u32 = 17;
/// Nobody is older.
const AGE_MAX: u32 = 120;
/// Questions from the first to a list; the longest way has four.
const QUESTIONS_MAX: usize = 6;
/// Words of a sentence that names a whole way: the topic and four titles.
const WAY_WORDS_MAX: usize = 24;

/// What follows a choice.
enum Next {
    Ask(&'static MessageSpec, &'static [Choice]),
    Case(&'static str),
}

/// The whole guided question. Case names are those of the catalogue.
fn next(choice: Choice) -> Next {
    match choice {
        REQUIREMENTS_NEW => Next::Ask(REQUIREMENTS_AGE, &[REQUIREMENTS_ADULT, REQUIREMENTS_CHILD, MENU]),
        REQUIREMENTS_ADULT => Next::Ask(
            REQUIREMENTS_PURPOSE,
            &[REQUIREMENTS_ORDINARY, REQUIREMENTS_UMRAH, REQUIREMENTS_WORK],
        ),
        REQUIREMENTS_ORDINARY => Next::Case("baru_dewasa"),
        REQUIREMENTS_UMRAH => Next::Case("umrah_haji"),
        REQUIREMENTS_WORK => Next::Case("pmi"),
        REQUIREMENTS_CHILD => Next::Ask(
            REQUIREMENTS_CHILD_QUESTION,
            &[
                REQUIREMENTS_CHILD_FIRST,
                REQUIREMENTS_CHILD_REPLACE,
                REQUIREMENTS_CHILD_DUAL,
            ],
        ),
        REQUIREMENTS_CHILD_FIRST => Next::Case("baru_anak"),
        REQUIREMENTS_CHILD_REPLACE => Next::Case("ganti_anak"),
        REQUIREMENTS_CHILD_DUAL => Next::Case("baru_anak_ganda"),
        REQUIREMENTS_REPLACE => Next::Ask(
            REQUIREMENTS_REASON,
            &[
                REQUIREMENTS_EXPIRED,
                REQUIREMENTS_FULL,
                REQUIREMENTS_OLD,
                REQUIREMENTS_CHILD_REPLACE,
                REQUIREMENTS_LOST,
                REQUIREMENTS_DAMAGED,
                REQUIREMENTS_DATA,
                MENU,
            ],
        ),
        REQUIREMENTS_EXPIRED => Next::Case("ganti_habis"),
        REQUIREMENTS_FULL => Next::Case("ganti_penuh"),
        REQUIREMENTS_OLD => Next::Case("ganti_lama_sebelum_2009"),
        REQUIREMENTS_LOST => Next::Ask(
            REQUIREMENTS_LOST_QUESTION,
            &[REQUIREMENTS_LOST_ORDINARY, REQUIREMENTS_LOST_DISASTER, MENU],
        ),
        REQUIREMENTS_LOST_ORDINARY => Next::Case("hilang"),
        REQUIREMENTS_LOST_DISASTER => Next::Case("hilang_kahar"),
        REQUIREMENTS_DAMAGED => Next::Ask(
            REQUIREMENTS_DAMAGED_QUESTION,
            &[REQUIREMENTS_DAMAGED_ORDINARY, REQUIREMENTS_DAMAGED_DISASTER, MENU],
        ),
        REQUIREMENTS_DAMAGED_ORDINARY => Next::Case("rusak"),
        REQUIREMENTS_DAMAGED_DISASTER => Next::Case("rusak_kahar"),
        REQUIREMENTS_DATA => Next::Case("ubah_data"),
        REQUIREMENTS_FAST => Next::Case("percepatan"),
        _ => Next::Ask(
            REQUIREMENTS_WHICH,
            &[
                REQUIREMENTS_NEW,
                REQUIREMENTS_REPLACE,
                REQUIREMENTS_CHILD,
                REQUIREMENTS_LOST,
                REQUIREMENTS_DAMAGED,
                REQUIREMENTS_DATA,
                REQUIREMENTS_UMRAH,
                REQUIREMENTS_WORK,
                REQUIREMENTS_FAST,
                MENU,
            ],
        ),
    }
}

pub(super) fn enter(turn: &mut Turn<'_>, choice: Choice) -> Reply {
    match next(choice) {
        Next::Case(id) => checklist(turn, id),
        Next::Ask(spec, choices) => {
            turn.wait_for(Place::Requirements);
            let choices = match spec.form {
                FormKind::List => Choices::List {
                    button: "choose",
                    sections: vec![(None, choices.to_vec())],
                },
                _ => Choices::Buttons(choices.to_vec()),
            };
            spec.say(choices)
        }
    }
}

/// The way from the first question to a choice, both included, with as few questions as there can be; empty for what belongs to
/// another topic.
#[must_use]
pub fn way_to(choice: Choice) -> Vec<Choice> {
    let mut ways = vec![vec![REQUIREMENTS]];
    for _ in 0..QUESTIONS_MAX {
        if let Some(way) = ways.iter().find(|way| way.last() == Some(&choice)) {
            return way.clone();
        }
        ways = ways.iter().flat_map(|way| longer(way)).collect();
    }
    Vec::new()
}

/// A way with each answer to its last question.
fn longer(way: &[Choice]) -> Vec<Vec<Choice>> {
    let Some(Next::Ask(_, choices)) = way.last().map(|last| next(*last)) else {
        return Vec::new();
    };
    let choices = choices.iter().filter(|choice| is_of_topic(**choice));
    choices
        .map(|choice| way.iter().copied().chain([*choice]).collect())
        .collect()
}

/// A whole way through the questions in one sentence, as a page hands it over: *Persyaratan: Paspor hilang, Karena bencana*. Only the
/// topic with every answer down to the list is taken here; anything less is heard as ever.
pub(super) fn by_way(vocabulary: &Vocabulary, words: &str) -> Option<Choice> {
    if words.split(' ').count() > WAY_WORDS_MAX {
        return None;
    }
    let nothing = Offered::default();
    beginnings(words)
        .filter(|(first, _)| vocabulary.exact(first, &nothing) == Wish::One(REQUIREMENTS))
        .find_map(|(_, rest)| walk(vocabulary, REQUIREMENTS, rest))
}

fn walk(vocabulary: &Vocabulary, at: Choice, words: &str) -> Option<Choice> {
    let Next::Ask(_, choices) = next(at) else {
        return words.is_empty().then_some(at);
    };
    let offered = Offered::from_choices(choices.iter().copied());
    beginnings(words).find_map(|(first, rest)| match vocabulary.exact(first, &offered) {
        Wish::One(choice) if is_of_topic(choice) && offered.contains(choice) => walk(vocabulary, choice, rest),
        _ => None,
    })
}

fn is_of_topic(choice: Choice) -> bool {
    choice.topic() == REQUIREMENTS.0 && choice != REQUIREMENTS
}

/// Every beginning of a sentence that ends with a word, with what follows it.
fn beginnings(words: &str) -> impl Iterator<Item = (&str, &str)> {
    let gaps = words.match_indices(' ').map(|(at, _)| (at, at + 1));
    let ends = gaps.chain(std::iter::once((words.len(), words.len())));
    ends.filter_map(|(end, next)| Some((words.get(..end)?, words.get(next..)?)))
        .filter(|(first, _)| !first.is_empty())
}

/// An age typed where the age is asked: *15 tahun*, *umur 40*.
pub(super) fn hear_age(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Option<Thought> {
    if !turn.state.offered.contains(REQUIREMENTS_ADULT) {
        return None;
    }
    let age = heard
        .words
        .split(' ')
        .find_map(|word| word.parse::<u32>().ok())
        .filter(|age| *age <= AGE_MAX)?;
    let choice = if age < ADULT_AGE {
        REQUIREMENTS_CHILD
    } else {
        REQUIREMENTS_ADULT
    };
    Some(routes::enter(turn, choice))
}

/// The end of the questions: everything this person needs, to be kept.
fn checklist(turn: &mut Turn<'_>, id: &str) -> Reply {
    let catalogue = turn.world.catalogue;
    let today = turn.today();
    let Some(case) = catalogue.case(id).filter(|case| case.from <= today) else {
        return REQUIREMENTS_ASK_OFFICE.say(Choices::Buttons(vec![OFFICER, HELPDESK, MENU]));
    };
    let is_stale = case.is_stale_on(today);
    let fees: Vec<Arg> = catalogue
        .products_of(case, today)
        .map(|fee| price(fee, today))
        .collect();
    let extra: Vec<Arg> = [&case.penalty, &case.surcharge]
        .into_iter()
        .flatten()
        .filter_map(|code| catalogue.fee_on(code, today))
        .map(|fee| price(fee, today))
        .collect();
    REQUIREMENTS_LIST
        .say(Choices::None)
        .with("case", named("case.", id))
        .with("papers", Arg::Lines(named_all("document.", &case.documents)))
        .with(
            "if_any",
            REQUIREMENTS_IF_ANY.lines("papers", named_all("document.", &case.if_any)),
        )
        .with(
            "only_for",
            REQUIREMENTS_ONLY_FOR.lines("cases", named_all("case.", &case.only_for)),
        )
        .with("fees", Arg::Lines(fees))
        .with("extra", REQUIREMENTS_EXTRA.lines("fees", extra))
        .with("how", how(case.online).words())
        .with("time", time(case, is_stale))
        .with(
            "child",
            if case.child_must_come {
                REQUIREMENTS_CHILD_COMES.words()
            } else {
                Arg::Empty
            },
        )
        .with("note", note(id).map_or(Arg::Empty, MessageSpec::words))
        .with("caution", caution(case.is_confirmed(), is_stale))
        .with("since", since(case))
        .with("source", source_words(&case.source))
        .with("next", REQUIREMENTS_NEXT.words())
}

/// The day the rule holds from; the year alone when nobody knows the day.
fn since(case: &Case) -> Arg {
    if case.is_from_approximate {
        Arg::Text(case.from.year().to_string())
    } else {
        Arg::Day(case.from)
    }
}

const fn how(online: HowToApply) -> &'static MessageSpec {
    match online {
        HowToApply::MPaspor => REQUIREMENTS_HOW_M_PASPOR,
        HowToApply::WalkIn => REQUIREMENTS_HOW_WALK_IN,
        HowToApply::Bap => REQUIREMENTS_HOW_BAP,
    }
}

fn time(case: &Case, is_stale: bool) -> Arg {
    match case.work_days {
        _ if case.surcharge.is_some() => REQUIREMENTS_TIME_SAME_DAY.words(),
        Some(days) if !is_stale => REQUIREMENTS_TIME_DAYS.phrase(vec![("days", Arg::Number(i64::from(days)))]),
        _ => REQUIREMENTS_TIME_OPEN.words(),
    }
}

/// What else people in this case have to know.
fn note(id: &str) -> Option<&'static MessageSpec> {
    Some(match id {
        "ganti_habis" => REQUIREMENTS_NOTE_EXPIRED,
        "hilang" => REQUIREMENTS_NOTE_LOST,
        "rusak" => REQUIREMENTS_NOTE_DAMAGED,
        "ubah_data" => REQUIREMENTS_NOTE_DATA,
        "umrah_haji" => REQUIREMENTS_NOTE_UMRAH,
        "pmi" => REQUIREMENTS_NOTE_WORK,
        "percepatan" => REQUIREMENTS_NOTE_FAST,
        _ => return None,
    })
}

/// A key of content made of a table's name and a row's.
pub(super) fn named(table: &str, name: &str) -> Arg {
    let mut key = String::with_capacity(table.len() + name.len());
    key.push_str(table);
    key.push_str(name);
    Arg::Key(key)
}

/// Such keys for several rows.
pub(super) fn named_all(table: &str, names: &[String]) -> Vec<Arg> {
    names.iter().map(|name| named(table, name)).collect()
}

#[cfg(test)]
mod tests;
