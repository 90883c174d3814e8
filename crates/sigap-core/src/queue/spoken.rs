//! A call as it is spoken: names of clips in their order. *Nomor antrean A, tiga puluh dua, silakan ke loket empat.*

use crate::ids::CounterName;
use crate::queue::TicketLabel;

const DIGITS: [&str; 10] = [
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
];
/// The letters of the alphabet.
const LETTERS: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z",
];
/// What stands between the words.
const AROUND: [&str; 3] = ["gong", "nomor-antrean", "silakan-ke-loket"];
/// Words that make numbers out of digits.
const TENS: [&str; 8] = [
    "sepuluh", "sebelas", "belas", "puluh", "seratus", "ratus", "seribu", "ribu",
];

/// Every clip that a call may need.
pub fn all_clips() -> impl Iterator<Item = &'static str> {
    let digits = DIGITS.into_iter().filter(|word| !word.is_empty());
    AROUND.into_iter().chain(LETTERS).chain(digits).chain(TENS)
}

/// The clips of a call.
#[must_use]
pub fn clips(label: TicketLabel, counter: CounterName) -> Vec<&'static str> {
    let mut clips = vec![AROUND[0], AROUND[1]];
    let letter = usize::try_from(u32::from(label.letter.to_ascii_lowercase()) - u32::from('a')).unwrap_or(usize::MAX);
    clips.extend(LETTERS.get(letter));
    number(label.number, &mut clips);
    clips.push(AROUND[2]);
    number(u32::from(counter.number()), &mut clips);
    clips
}

/// A number from 1 to 999,999 in Indonesian words; others are not spoken.
fn number(value: u32, clips: &mut Vec<&'static str>) {
    match value {
        0 => {}
        1..=9 => clips.extend(DIGITS.get(value as usize)),
        10 => clips.push("sepuluh"),
        11 => clips.push("sebelas"),
        12..=19 => {
            number(value - 10, clips);
            clips.push("belas");
        }
        20..=99 => {
            number(value / 10, clips);
            clips.push("puluh");
            number(value % 10, clips);
        }
        100..=199 => {
            clips.push("seratus");
            number(value - 100, clips);
        }
        200..=999 => {
            number(value / 100, clips);
            clips.push("ratus");
            number(value % 100, clips);
        }
        1_000..=1_999 => {
            clips.push("seribu");
            number(value - 1_000, clips);
        }
        2_000..=999_999 => {
            number(value / 1_000, clips);
            clips.push("ribu");
            number(value % 1_000, clips);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
