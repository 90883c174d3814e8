//! Numbers in words: Indonesian, Sundanese, Javanese (both levels) and English, up to millions.

/// Words of one number: *seratus dua puluh lima ribu lima ratus* and some.
const WORDS_OF_NUMBER_MAX: usize = 12;

/// The number that the words begin with, and how many words it takes.
pub(super) fn spoken<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<(u64, usize)> {
    let (mut total, mut hundreds, mut pending) = (0_u64, 0_u64, None);
    let mut used = 0;
    let mut is_tens = false;
    for word in words.into_iter().take(WORDS_OF_NUMBER_MAX) {
        match numeral(word) {
            Some(Numeral::Unit(unit)) => match pending {
                None => pending = Some(unit),
                Some(tens) if is_tens && unit < 10 => {
                    pending = Some(tens + unit);
                    is_tens = false;
                }
                Some(_) => break,
            },
            Some(Numeral::Whole(value)) => {
                if pending.is_some() {
                    break;
                }
                pending = Some(value);
                is_tens = value >= 20 && value % 10 == 0;
            }
            Some(Numeral::Teen) => match pending {
                Some(unit) if unit < 10 => pending = Some(unit + 10),
                _ => break,
            },
            Some(Numeral::Score) => match pending {
                Some(unit) if unit < 10 => pending = Some(unit + 20),
                _ => break,
            },
            Some(Numeral::Tens) => match pending {
                Some(unit) if unit < 10 => {
                    pending = Some(unit * 10);
                    is_tens = true;
                }
                _ => break,
            },
            Some(Numeral::Hundred) => match pending {
                Some(unit) if unit < 10 && hundreds == 0 => {
                    hundreds = unit * 100;
                    pending = None;
                }
                _ => break,
            },
            Some(Numeral::OneHundred) if pending.is_none() && hundreds == 0 => hundreds = 100,
            Some(Numeral::Power(power)) => {
                let count = hundreds + pending.unwrap_or(0);
                if count == 0 {
                    break;
                }
                total += count * power;
                (hundreds, pending, is_tens) = (0, None, false);
            }
            _ => break,
        }
        used += 1;
    }
    (used > 0).then(|| (total + hundreds + pending.unwrap_or(0), used))
}

#[derive(Debug, Clone, Copy)]
enum Numeral {
    /// 0 to 9, which others multiply or add to.
    Unit(u64),
    /// A word for a whole number above nine.
    Whole(u64),
    Teen,
    /// Javanese *likur*: twenty and some.
    Score,
    Tens,
    Hundred,
    OneHundred,
    Power(u64),
}

fn numeral(word: &str) -> Option<Numeral> {
    Some(match word {
        "nol" | "zero" => Numeral::Unit(0),
        "satu" | "hiji" | "siji" | "setunggal" | "satunggal" | "one" => Numeral::Unit(1),
        "dua" | "loro" | "rong" | "kalih" | "duwa" | "two" => Numeral::Unit(2),
        "tiga" | "tilu" | "telu" | "telung" | "three" => Numeral::Unit(3),
        "empat" | "ampat" | "opat" | "papat" | "patang" | "sekawan" | "four" => Numeral::Unit(4),
        "lima" | "limang" | "gangsal" | "five" => Numeral::Unit(5),
        "enam" | "anam" | "genep" | "enem" | "nem" | "six" => Numeral::Unit(6),
        "tujuh" | "pitu" | "pitung" | "seven" => Numeral::Unit(7),
        "delapan" | "dlapan" | "lapan" | "dalapan" | "wolu" | "wolung" | "eight" => Numeral::Unit(8),
        "sembilan" | "smbilan" | "salapan" | "sanga" | "songo" | "sangang" | "nine" => Numeral::Unit(9),
        "sepuluh" | "sepulu" | "spuluh" | "sapuluh" | "sedasa" | "ten" => Numeral::Whole(10),
        "sebelas" | "sblas" | "sabelas" | "sawelas" | "sewelas" | "setunggalwelas" | "eleven" => Numeral::Whole(11),
        "rolas" | "twelve" => Numeral::Whole(12),
        "telulas" | "thirteen" => Numeral::Whole(13),
        "patbelas" | "fourteen" => Numeral::Whole(14),
        "limalas" | "fifteen" => Numeral::Whole(15),
        "nembelas" | "sixteen" => Numeral::Whole(16),
        "pitulas" | "seventeen" => Numeral::Whole(17),
        "wolulas" | "eighteen" => Numeral::Whole(18),
        "sangalas" | "songolas" | "nineteen" => Numeral::Whole(19),
        "duapuluh" | "rongpuluh" | "twenty" => Numeral::Whole(20),
        "selikur" | "salikur" => Numeral::Whole(21),
        "rolikur" => Numeral::Whole(22),
        "telulikur" => Numeral::Whole(23),
        "patlikur" => Numeral::Whole(24),
        "selawe" | "salawe" => Numeral::Whole(25),
        "nemlikur" => Numeral::Whole(26),
        "pitulikur" => Numeral::Whole(27),
        "wolulikur" => Numeral::Whole(28),
        "sangalikur" | "songolikur" => Numeral::Whole(29),
        "tigapuluh" | "thirty" => Numeral::Whole(30),
        "forty" => Numeral::Whole(40),
        "seket" | "fifty" => Numeral::Whole(50),
        "sewidak" | "sixty" => Numeral::Whole(60),
        "belas" | "blas" | "welas" => Numeral::Teen,
        "likur" => Numeral::Score,
        "puluh" | "pulu" | "plh" | "dasa" => Numeral::Tens,
        "ratus" | "atus" | "hundred" => Numeral::Hundred,
        "seratus" | "saratus" | "satus" => Numeral::OneHundred,
        "ribu" | "rebu" | "ewu" | "thousand" => Numeral::Power(1_000),
        "juta" | "yuta" | "million" => Numeral::Power(1_000_000),
        _ => return written_together(word),
    })
}

/// *Duabelas*, *limabelas*, *duapuluh*: two numerals without the space between them.
fn written_together(word: &str) -> Option<Numeral> {
    let joined = |tail: &str| {
        let unit = word.strip_suffix(tail).filter(|unit| unit.len() > 2)?;
        match numeral(unit)? {
            Numeral::Unit(unit) => Some(unit),
            _ => None,
        }
    };
    // *Sepuluhan* is about ten.
    let about = || match word.strip_suffix("an").filter(|stem| stem.len() > 3).and_then(numeral) {
        Some(Numeral::Unit(unit)) => Some(Numeral::Unit(unit)),
        Some(Numeral::Whole(whole)) => Some(Numeral::Whole(whole)),
        _ => None,
    };
    joined("belas")
        .or_else(|| joined("welas"))
        .map(|unit| Numeral::Whole(unit + 10))
        .or_else(|| joined("puluh").map(|unit| Numeral::Whole(unit * 10)))
        .or_else(about)
}

#[cfg(test)]
mod tests;
