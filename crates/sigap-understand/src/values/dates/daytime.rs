//! Words for parts of the day, and when they are no time at all: greetings, complaints, *sekarang*.

use super::PartOfDay;
use super::partial::Fill;
use super::reader::Reader;
use super::terms::Term;

impl Reader<'_> {
    pub(super) fn tomorrow_or_morning(&self, at: usize) -> (Fill, usize) {
        if self.is_greeting(at) || self.is_since(at) {
            return (Fill::Nothing, 1);
        }
        // Said twice it is the morning: *isuk-isuk*.
        if self.is_doubled(at) {
            return (Fill::Part(PartOfDay::Morning), 3);
        }
        // Beside a day the word is the morning in Javanese and Sundanese, alone it is tomorrow.
        if self.current().has_days() {
            (Fill::Part(PartOfDay::Morning), 1)
        } else {
            (Fill::Relative(1), 1)
        }
    }

    /// *Pagi-pagi*
    pub(super) fn is_doubled(&self, at: usize) -> bool {
        self.term(at + 1) == Term::Mark('-') && self.term(at + 2) == self.term(at)
    }

    /// *Antri dari pagi* complains; *ganti dari pagi ke sore* wishes.
    pub(super) fn is_since(&self, at: usize) -> bool {
        self.term(at.wrapping_sub(1)) == Term::From
            && !self.moves()
            && !matches!(self.term(at + 1), Term::Until | Term::English)
    }

    /// *Sekarang* is a day only when somebody wants to come.
    pub(super) fn is_visit_now(&self, at: usize) -> bool {
        let is_since = matches!(self.term(at.wrapping_sub(1)), Term::Until | Term::From);
        let comes = |word: &str| {
            matches!(
                word,
                "datang"
                    | "dateng"
                    | "dtg"
                    | "kesana"
                    | "ksana"
                    | "kesini"
                    | "come"
                    | "sumping"
                    | "rawuh"
                    | "teka"
                    | "juga"
                    | "jg"
                    | "aja"
                    | "saja"
                    | "wae"
            )
        };
        let said = || self.spots().iter().filter(|spot| !matches!(spot.term, Term::Mark(_)));
        let can = |word: &str| matches!(word, "bisa" | "bs" | "iso" | "tiasa" | "saged" | "boleh");
        let is_short = said().count() == 1 || (said().count() <= 3 && said().any(|spot| can(&spot.word)));
        !is_since && (is_short || self.spots().iter().any(|spot| comes(&spot.word)))
    }

    pub(super) fn part(&self, at: usize, part: PartOfDay) -> Option<Fill> {
        if matches!(self.word(at), "semalam" | "semalem") {
            return Some(Fill::NightOf(-1));
        }
        let is_eve = part == PartOfDay::Night
            && self.current().is_empty()
            && matches!(self.term(at + 1), Term::Weekday(_) | Term::SundayOrWeek);
        if is_eve {
            return Some(Fill::Eve);
        }
        if self.is_since(at) {
            return Some(Fill::Nothing);
        }
        (!self.is_greeting(at)).then_some(Fill::Part(part))
    }

    /// *Selamat pagi*, *pagi kak*, *siang, mau tanya*.
    pub(super) fn is_greeting(&self, at: usize) -> bool {
        if self.term(at.wrapping_sub(1)) == Term::Greeting {
            return true;
        }
        let word = self.word(at);
        let is_long = crate::values::words::without_runs(word) != word;
        let next = self.word(at + 1);
        let is_addressed = matches!(
            next,
            "pak"
                | "bu"
                | "kak"
                | "min"
                | "mas"
                | "mba"
                | "mbak"
                | "admin"
                | "bapak"
                | "ibu"
                | "bang"
                | "gan"
                | "sis"
                | "kang"
                | "teh"
                | "om"
                | "mimin"
                | "kakak"
                | "ka"
                | "bos"
                | "dok"
                | "pakk"
                | "kakk"
                | "minn"
                | "semua"
                | "semuanya"
                | "mau"
                | "saya"
                | "sy"
                | "izin"
                | "ijin"
                | "permisi"
                | "numpang"
                | "maaf"
                | "punten"
                | "all"
                | "sir"
                | "madam"
                | "bpk"
                | "apakah"
                | "selamat"
                | "salam"
                | ","
                | "!"
                | "."
                | "pagi"
                | "mohon"
                | "tolong"
                | "halo"
        );
        let is_first = at == 0 || (at == 1 && matches!(self.word(0), "halo" | "hallo" | "hai" | "hi" | "hello"));
        is_first && (is_long && self.spots().len() == 1 || is_addressed)
    }

    /// *Nanti sore*, *tadi pagi*, *ntar malam*.
    pub(super) fn of_today(&self, at: usize) -> Option<(Fill, usize)> {
        let is_hour =
            self.term(at + 1) == Term::ClockWord && matches!(self.term(at + 2), Term::Number { .. } | Term::Half);
        if is_hour && self.term(at) == Term::Later && self.current().is_empty() {
            return Some((Fill::LaterToday, 1));
        }
        let is_part = matches!(self.term(at + 1), Term::Part(_) | Term::NightBefore);
        if !is_part || self.current().has_days() {
            return None;
        }
        // *Tadi malam* is the night that has passed.
        let is_last_night = self.term(at) == Term::Earlier && self.term(at + 1) == Term::Part(PartOfDay::Night);
        Some((Fill::Relative(if is_last_night { -1 } else { 0 }), 1))
    }
}
