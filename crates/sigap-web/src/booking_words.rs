//! Why nothing was booked, in words of the office.

use jiff::civil::DateTime;
use sigap_core::booking::BookingRefusal;
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::why_not_in_words;

use crate::pages::Words;

pub(crate) fn refusal_words(words: Words<'_>, refusal: &BookingRefusal, at: DateTime) -> String {
    let key = match refusal {
        BookingRefusal::NotThen(why) => return words.arg(&why_not_in_words(why, at.date(), Some(at))),
        BookingRefusal::Full { .. } => "book_full",
        BookingRefusal::HasOne { .. } => "book_has_one",
        BookingRefusal::TooMany { most } => {
            return words.key("console.book_too_many", &[("count", Arg::Number(i64::from(*most)))]);
        }
        BookingRefusal::Barred { until } => {
            return words.key("console.book_barred", &[("day", Arg::Day(*until))]);
        }
        BookingRefusal::NeedsNik { .. } => "book_needs_nik",
        BookingRefusal::Helpdesk => "book_often",
        BookingRefusal::NoService
        | BookingRefusal::Lapsed
        | BookingRefusal::NotChangeable(_)
        | BookingRefusal::Unknown => "book_again",
    };
    words.c(key)
}
