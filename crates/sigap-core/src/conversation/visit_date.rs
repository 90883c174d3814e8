//! Days and hours of a visit as people write them: *besok*, *sabtu depan*, *tgl 3*, *12 des*, *12/12/2026*, *jam 2 siang*.
//! A day is read as the next one that fits; what cannot be one is none.

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use super::birth_date::month;

/// Words of a text that are looked at.
const WORDS_MAX: usize = 40;

/// The day that a text means, seen from `today`.
#[must_use]
pub(super) fn read_day(text: &str, today: Date) -> Option<Date> {
    let words = words(text);
    if let Some(day) = written_date(text, today) {
        return Some(day);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    for (place, word) in words.iter().enumerate() {
        let next = words.get(place + 1).copied().unwrap_or_default();
        let days = |days: i64| today.checked_add(days.days()).ok();
        match (*word, next) {
            ("hari", "ini") | ("today" | "sekarang" | "skrg", _) => return Some(today),
            ("besok" | "bsk" | "besuk" | "isukan" | "sesuk" | "tomorrow", "lusa") => return days(2),
            ("besok" | "bsk" | "besuk" | "isukan" | "sesuk" | "tomorrow", _) => return days(1),
            ("lusa" | "pageto", _) => return days(2),
            ("kemarin" | "kemaren" | "kamari" | "wingi" | "yesterday", _) => return days(-1),
            ("minggu", "depan") | ("pekan", "depan") | ("next", "week") => return week_after(today, Weekday::Monday),
            ("akhir", "pekan" | "minggu") | ("weekend" | "wiken", _) => return coming(today, Weekday::Saturday),
            ("tanggal" | "tgl" | "tggl", number) => {
                if let Some(day) = number.parse().ok().and_then(|day| day_of_month(today, day)) {
                    return Some(day);
                }
            }
            (word, next) => {
                let Some(weekday) = weekday(word) else { continue };
                let before = place.checked_sub(1).and_then(|place| words.get(place)).copied();
                return if next == "depan" || before == Some("next") {
                    week_after(today, weekday)
                } else {
                    coming(today, weekday)
                };
            }
        }
    }
    None
}

/// The hour that a text means: *jam 8*, *08.30*, *pukul 2 siang*.
#[must_use]
pub(super) fn read_hour(text: &str) -> Option<Time> {
    let words = words(text);
    let part_of_day = |hour: i8| {
        let is = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
        match hour {
            1..=6 if is(&["siang", "sore", "pm"]) => hour + 12,
            12 if is(&["malam", "am"]) => 0,
            7..=11 if is(&["malam", "pm"]) => hour + 12,
            hour => hour,
        }
    };
    let mut numbers = text
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':'))
        .map(|part| part.trim_matches(['.', ':']))
        .filter(|part| !part.is_empty());
    let first = numbers.next()?;
    let (hour, minute) = first.split_once(['.', ':']).unwrap_or((first, "0"));
    let is_told = first.contains(['.', ':'])
        || words
            .iter()
            .any(|word| matches!(word.as_str(), "jam" | "jm" | "pukul" | "at"));
    let is_alone = words.len() <= 2;
    if hour.len() > 2 || !(is_told || is_alone) {
        return None;
    }
    Time::new(part_of_day(hour.parse().ok()?), minute.parse().ok()?, 0, 0).ok()
}

/// A date with its month: in numbers, or by name; with or without its year.
fn written_date(text: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .take(WORDS_MAX)
        .collect();
    (0..parts.len()).find_map(|place| date_at(parts.get(place..)?, text, today))
}

fn date_at(parts: &[&str], text: &str, today: Date) -> Option<Date> {
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
    let first = parts.first()?;
    if first.len() == 8 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        let cut = |from: usize, to: usize| first.get(from..to).and_then(|part| part.parse().ok());
        return checked(cut(4, 8)?, cut(2, 4)?, cut(0, 2)?, today)
            .or_else(|| checked(cut(0, 4)?, cut(4, 6)?, cut(6, 8)?, today));
    }
    let (second, third) = (parts.get(1), parts.get(2));
    if first.len() == 4
        && let (Some(year), Some(month), Some(day)) =
            (number(first), number(second?), third.and_then(|part| number(part)))
    {
        return checked(year, month, day, today);
    }
    let day = number(first).filter(|day| (1..=31).contains(day))?;
    let second = second?;
    let year = third.and_then(|part| number(part)).and_then(|year| match year {
        0..=99 if third.is_some_and(|part| part.len() == 2) => Some(2000 + year),
        1000.. => Some(year),
        _ => None,
    });
    if let Some(month) = month(second).filter(|_| second.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        return in_year(year, i16::from(month), day, today);
    }
    // Two numbers alone are a date only with the marks of one: `12/12`, not `8 30`.
    let is_joined = ["/", "-"]
        .iter()
        .any(|mark| text.contains(&format!("{first}{mark}{second}")));
    let month = number(second).filter(|_| is_joined || year.is_some())?;
    in_year(year, month, day, today)
}

fn in_year(year: Option<i16>, month: i16, day: i16, today: Date) -> Option<Date> {
    match year {
        Some(year) => checked(year, month, day, today),
        None => {
            let this_year = checked(today.year(), month, day, today)?;
            if this_year < today {
                checked(today.year() + 1, month, day, today)
            } else {
                Some(this_year)
            }
        }
    }
}

/// A day of the calendar. One that is past stays what it is: the answer says that it is past.
fn checked(year: i16, month: i16, day: i16, today: Date) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    ((today.year() - 1)..=(today.year() + 2))
        .contains(&date.year())
        .then_some(date)
}

fn day_of_month(today: Date, day: i8) -> Option<Date> {
    let this_month = Date::new(today.year(), today.month(), day)
        .ok()
        .filter(|date| *date >= today);
    this_month.or_else(|| {
        let next = today.first_of_month().checked_add(1.month()).ok()?;
        Date::new(next.year(), next.month(), day).ok()
    })
}

fn coming(today: Date, weekday: Weekday) -> Option<Date> {
    if today.weekday() == weekday {
        return Some(today);
    }
    today.nth_weekday(1, weekday).ok()
}

fn week_after(today: Date, weekday: Weekday) -> Option<Date> {
    let monday = today
        .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
        .ok()?
        .checked_add(7.days())
        .ok()?;
    monday
        .checked_add(i64::from(weekday.to_monday_zero_offset()).days())
        .ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "senin" | "senen" | "monday" => Weekday::Monday,
        "selasa" | "salasa" | "tuesday" => Weekday::Tuesday,
        "rabu" | "rebo" | "wednesday" => Weekday::Wednesday,
        "kamis" | "kemis" | "thursday" => Weekday::Thursday,
        "jumat" | "jum'at" | "jumaah" | "jumuah" | "friday" => Weekday::Friday,
        "sabtu" | "saptu" | "setu" | "saturday" => Weekday::Saturday,
        "minggu" | "ahad" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
