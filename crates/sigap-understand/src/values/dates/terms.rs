//! What single words mean for days and hours. A word nobody knows here breaks a date in two.

use jiff::civil::Weekday;

use super::PartOfDay;
use crate::spelling::is_within_one_slip;
use crate::values::words::without_runs;

/// Letters a name needs before a typing error in it is forgiven.
const GUESSED_LETTERS_MIN: usize = 5;

/// Letters a word needs beside an ending that is taken off: *sate* is no Saturday.
const STEM_LETTERS_MIN: usize = 4;

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
    /// Hours, minutes: they count how long something takes, never which day.
    Clock,
}

/// A part of a week, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Start,
    Middle,
    End,
}

/// What one word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// Days from today.
    Relative(i32),
    Weekday(Weekday),
    /// *Minggu*: the week or the Sunday.
    SundayOrWeek,
    Month(i8),
    /// A short form that means a month only beside a number: *mar*, *des*, *may*.
    MonthBesideNumber(i8),
    Unit(Unit),
    OneUnit(Unit),
    Next,
    This,
    Last,
    Again,
    Ago,
    Later,
    Earlier,
    Edge(Edge),
    Weekend,
    Part(PartOfDay),
    Eve,
    NightBefore,
    Now,
    DayWord,
    ClockWord,
    At,
    OClock,
    /// `false` before noon, `true` after.
    Meridiem(bool),
    Zone,
    Half,
    Quarter,
    Past,
    Short,
    Noon,
    Around,
    From,
    To,
    English,
    Until,
    Or,
    After,
    Before,
    In,
    Article,
    Every,
    Working,
    OrdinalEnding,
    /// A feast or a season whose day nobody here knows.
    Occasion,
    Hyphenated,
    Greeting,
    Measure,
    Numbering,
    Birth,
    Change,
    Number {
        value: u32,
        digits: u8,
    },
    Mark(char),
    /// Says nothing about days and does no harm between two words that do.
    Filler,
    Unknown,
    End,
}

/// What a word of letters says.
pub(super) fn term(word: &str) -> Term {
    let mut known = known(word);
    if known == Term::Unknown {
        known = self::known(&without_runs(word));
    }
    for ending in ["nya", "lah", "kah", "an", "na", "e", "ne", "in"] {
        if known != Term::Unknown {
            break;
        }
        let stem = word.strip_suffix(ending).filter(|stem| stem.len() >= STEM_LETTERS_MIN);
        known = match stem.map(self::known) {
            // *Jumatan* is the prayer.
            Some(Term::Weekday(_)) if ending == "an" => Term::Unknown,
            Some(
                term @ (Term::Weekday(_) | Term::SundayOrWeek | Term::Relative(_) | Term::Month(_) | Term::Part(_)),
            ) => term,
            Some(term @ (Term::DayWord | Term::Unit(_))) if ending != "an" && ending != "in" => term,
            _ => Term::Unknown,
        };
    }
    if known == Term::Unknown {
        known = guessed(word);
    }
    known
}

fn known(word: &str) -> Term {
    day_word(word)
        .or_else(|| calendar_word(word))
        .or_else(|| clock_word(word))
        .unwrap_or_else(|| joining_word(word))
}

fn day_word(word: &str) -> Option<Term> {
    Some(match word {
        "besok" | "bsk" | "bsok" | "besuk" | "bsuk" | "besk" | "isukan" | "sesuk" | "sesok" | "ngesuk" | "mene"
        | "benjang" | "mbenjang" | "benjing" | "mbenjing" | "tomorrow" | "tmrw" | "tmr" | "tomorow" | "tommorow"
        | "tommorrow" | "suk" => Term::Relative(1),
        "isuk" | "enjing" | "enjang" => Term::NightBefore,
        "lusa" | "pageto" | "emben" | "embene" | "overmorrow" => Term::Relative(2),
        "tulat" => Term::Relative(3),
        "kemarin" | "kemaren" | "kmrn" | "kmren" | "kmarin" | "kmaren" | "kemarn" | "kamari" | "wingi"
        | "yesterday" | "kolowingi" => Term::Relative(-1),
        "mangkukna" | "mangkukan" | "wingenane" | "wingenan" => Term::Relative(-2),
        "today" => Term::Relative(0),
        "sekarang" | "skrg" | "skrng" | "skarang" | "skr" | "ayeuna" | "saiki" | "sakniki" | "sakmenika" | "now" => {
            Term::Now
        }
        "senin" | "senen" | "snin" | "snn" | "senn" | "snen" | "isnin" | "monday" | "mon" => {
            Term::Weekday(Weekday::Monday)
        }
        "selasa" | "slasa" | "sls" | "slsa" | "salasa" | "seloso" | "sloso" | "tuesday" | "tue" | "tues" => {
            Term::Weekday(Weekday::Tuesday)
        }
        "rabu" | "rbu" | "rbau" | "rebo" | "rabo" | "wednesday" | "wensday" | "wenesday" | "wendsday" | "wednsday"
        | "wed" => Term::Weekday(Weekday::Wednesday),
        "kamis" | "kemis" | "kms" | "kmis" | "khamis" | "thursday" | "thu" | "thur" | "thurs" => {
            Term::Weekday(Weekday::Thursday)
        }
        "jumat" | "jum" | "jmt" | "jmat" | "jumaat" | "jumah" | "jumaah" | "jemuah" | "jemuwah" | "jumuah"
        | "jemat" | "jmuah" | "friday" | "fri" => Term::Weekday(Weekday::Friday),
        "sabtu" | "sab" | "sbtu" | "sbt" | "saptu" | "setu" | "septu" | "saturday" | "sat" => {
            Term::Weekday(Weekday::Saturday)
        }
        "ahad" | "akad" | "ngahad" | "sunday" | "sun" => Term::Weekday(Weekday::Sunday),
        "minggu" | "mggu" | "mgg" | "mnggu" | "mingu" | "mg" => Term::SundayOrWeek,
        _ => return None,
    })
}

fn calendar_word(word: &str) -> Option<Term> {
    Some(match word {
        "januari" | "january" | "jnuari" => Term::Month(1),
        "februari" | "pebruari" | "february" | "feb" | "febr" | "peb" => Term::Month(2),
        "maret" | "mrt" | "mart" | "march" => Term::Month(3),
        "april" | "apr" | "aprl" => Term::Month(4),
        "mei" => Term::Month(5),
        "juni" | "june" => Term::Month(6),
        "juli" | "july" => Term::Month(7),
        "agustus" | "agust" | "agst" | "agt" | "ags" | "august" => Term::Month(8),
        "september" | "sept" => Term::Month(9),
        "oktober" | "okt" | "october" => Term::Month(10),
        "november" | "nopember" | "nov" | "nop" => Term::Month(11),
        "desember" | "december" => Term::Month(12),
        "jan" => Term::MonthBesideNumber(1),
        "mar" => Term::MonthBesideNumber(3),
        "may" => Term::MonthBesideNumber(5),
        "jun" => Term::MonthBesideNumber(6),
        "jul" => Term::MonthBesideNumber(7),
        "aug" | "agu" => Term::MonthBesideNumber(8),
        "sep" => Term::MonthBesideNumber(9),
        "oct" => Term::MonthBesideNumber(10),
        "des" | "dec" => Term::MonthBesideNumber(12),
        "hari" | "hr" | "hri" | "dinten" | "dinteun" | "poe" | "dina" | "dino" | "day" | "days" => {
            Term::Unit(Unit::Day)
        }
        "pekan" | "week" | "weeks" => Term::Unit(Unit::Week),
        "bulan" | "bln" | "sasih" | "sasi" | "wulan" | "month" | "months" | "bl" => Term::Unit(Unit::Month),
        "tahun" | "thn" | "taun" | "year" | "years" | "warsa" => Term::Unit(Unit::Year),
        "menit" | "mnt" | "minutes" | "minute" | "hours" | "hour" | "detik" => Term::Unit(Unit::Clock),
        "sehari" | "sadinten" | "sapoe" | "sedino" | "sedina" => Term::OneUnit(Unit::Day),
        "seminggu" | "sminggu" | "saminggu" | "sepekan" => Term::OneUnit(Unit::Week),
        "sebulan" | "sabulan" | "sasasih" | "sesasi" | "sewulan" => Term::OneUnit(Unit::Month),
        "setahun" | "sataun" | "setaun" => Term::OneUnit(Unit::Year),
        "sejam" | "sajam" => Term::OneUnit(Unit::Clock),
        "depan" | "dpn" | "depn" | "dpan" | "depannya" | "kedepan" | "kdpn" | "hareup" | "payun" | "ngarep"
        | "ngajeng" | "next" | "mendatang" | "berikutnya" | "brikutnya" => Term::Next,
        "ini" | "ni" | "ieu" | "iki" | "niki" | "this" => Term::This,
        "lalu" | "kepungkur" | "kapengker" | "kalangkung" | "ago" | "silam" => Term::Ago,
        "last" => Term::Last,
        "lagi" | "lg" | "lgi" | "deui" | "engkas" | "maneh" | "malih" | "later" => Term::Again,
        "nanti" | "ntar" | "ntr" | "nnti" | "nti" | "entar" | "engke" | "mengko" | "mengke" | "mangke" => Term::Later,
        "tadi" | "td" | "tdi" | "wau" => Term::Earlier,
        "awal" | "awl" | "early" | "beginning" | "start" => Term::Edge(Edge::Start),
        "pertengahan" | "tengah" | "mid" | "middle" | "ptengahan" => Term::Edge(Edge::Middle),
        "akhir" | "akhr" | "ahir" | "end" | "late" | "ujung" | "penghujung" => Term::Edge(Edge::End),
        "weekend" | "wiken" | "wikend" | "weekends" | "wikent" => Term::Weekend,
        "tanggal" | "tgl" | "tggl" | "tngl" | "tnggl" | "tgal" | "tangal" | "tg" | "tggal" | "tnggal" | "tanggl"
        | "date" | "kaping" | "kping" | "ping" => Term::DayWord,
        "tiap" | "setiap" | "stiap" | "every" | "each" | "saben" | "unggal" | "sabin" | "sholat" | "solat"
        | "shalat" | "salat" => Term::Every,
        "kerja" | "working" | "business" => Term::Working,
        "lebaran" | "ramadhan" | "ramadan" | "puasa" | "idul" | "natal" | "nyepi" | "imlek" | "waisak" | "gajian"
        | "gajihan" | "liburan" | "maulid" | "paskah" | "christmas" | "eid" | "bodo" | "bada" | "boboran"
        | "riyaya" | "lebarn" | "fitri" | "raya" | "adha" | "ujian" => Term::Occasion,
        _ => return None,
    })
}

fn clock_word(word: &str) -> Option<Term> {
    Some(match word {
        "jam" | "jm" | "pukul" | "pkl" | "pk" | "tabuh" | "jamna" | "jame" | "jamnya" => Term::ClockWord,
        "wib" | "wita" | "wit" => Term::Zone,
        "oclock" => Term::OClock,
        "am" => Term::Meridiem(false),
        "pm" => Term::Meridiem(true),
        "noon" | "midday" => Term::Noon,
        "setengah" | "stengah" | "stgh" | "setgh" | "stngah" | "stngh" | "stegah" | "satengah" | "stgah" | "stg"
        | "half" => Term::Half,
        "seperempat" | "saparapat" | "prapat" | "quarter" => Term::Quarter,
        "lewat" | "lebih" | "lwt" | "past" | "luwih" | "langkung" => Term::Past,
        "kurang" | "krg" | "kirang" => Term::Short,
        "sekitar" | "skitar" | "sekitaran" | "kira" | "kurleb" | "about" | "around" | "kirakira" | "pas" | "tepat"
        | "teng" | "an" | "ish" | "kisaran" | "palingan" => Term::Around,
        "pagi" | "pgi" | "pg" | "esuk" | "morning" | "subuh" | "sbh" | "paginya" | "pagian" => {
            Term::Part(PartOfDay::Morning)
        }
        "siang" | "siangan" | "awan" | "beurang" | "afternoon" | "rinten" | "siyang" => Term::Part(PartOfDay::Noon),
        "sore" | "sorean" | "sonten" | "evening" => Term::Part(PartOfDay::Afternoon),
        "malam" | "mlm" | "malem" | "peuting" | "wengi" | "bengi" | "dalu" | "night" | "ndalu" => {
            Term::Part(PartOfDay::Night)
        }
        "semalam" | "semalem" => Term::Part(PartOfDay::Night),
        "tonight" => Term::Eve,
        _ => return None,
    })
}

fn joining_word(word: &str) -> Term {
    match word {
        "dari" | "dr" | "dri" | "drpd" | "ti" | "saking" | "saka" | "seko" | "soko" | "mulai" | "antara" | "since"
        | "starting" | "between" | "from" => Term::From,
        "ke" | "ka" | "menyang" | "marang" | "dadi" | "jadi" | "jd" | "janten" | "becoming" | "kana" | "k" => Term::To,
        "to" => Term::English,
        "sampai" | "sampe" | "smpe" | "smp" | "sampek" | "smpai" | "sampei" | "hingga" | "hngga" | "sd" | "nganti"
        | "ngantos" | "dugi" | "nepi" | "dumugi" | "tekan" | "until" | "till" | "til" | "through" | "thru"
        | "nepika" => Term::Until,
        "atau" | "ato" | "atw" | "atawa" | "utawa" | "utawi" | "or" | "dan" | "dn" | "sama" | "sm" | "and"
        | "jeung" | "sareng" | "karo" | "lan" | "utowo" => Term::Or,
        "setelah" | "stelah" | "stlh" | "sesudah" | "ssudah" | "abis" | "habis" | "bis" | "hbs" | "after" | "bakda"
        | "saentos" | "sanggeus" | "sabada" | "sawise" | "bubar" | "sesampun" | "saparantos" | "ba" | "selepas" => {
            Term::After
        }
        "sebelum" | "sblm" | "seblm" | "sblum" | "before" | "menjelang" | "mjlg" | "jelang" | "sateuacan"
        | "samemeh" | "sakdurunge" | "sadurunge" | "sederenge" => Term::Before,
        "in" | "dalam" | "dlm" => Term::In,
        "at" => Term::At,
        "a" => Term::Article,
        "st" | "nd" | "rd" | "th" => Term::OrdinalEnding,
        "h" => Term::Hyphenated,
        "selamat" | "slmt" | "slamat" | "met" | "good" | "sugeng" | "wilujeng" | "selmat" | "makan" | "mangan"
        | "tidur" => Term::Greeting,
        "orang" | "org" | "orng" | "wong" | "jalmi" | "jelema" | "tiyang" | "people" | "persons" | "person"
        | "halaman" | "hal" | "hlm" | "lembar" | "pages" | "page" | "ribu" | "rb" | "rebu" | "ewu" | "juta" | "jt"
        | "ratus" | "rupiah" | "persen" | "kali" | "x" | "anak" | "paspor" | "pasport" | "buah" | "kg" | "km"
        | "meter" | "kk" | "ktp" | "berkas" | "pemohon" | "nomor" | "antrian" | "lantai" | "loket" | "gb" | "mb"
        | "hp" | "tempat" | "slot" | "kuota" | "rangkap" | "jari" | "dewasa" | "bayi" | "adults" | "kids"
        | "children" | "kursi" | "seat" | "seats" | "huruf" | "digit" | "angka" | "cm" | "mega" | "lbr"
        | "keluarga" | "nama" | "kantor" | "hurup" => Term::Measure,
        "no" | "nmr" | "nomer" | "number" | "rt" | "rw" | "blok" | "umur" | "usia" | "age" | "pasal" | "rp" | "idr"
        | "kode" | "versi" | "v" | "uu" | "jl" | "jalan" | "gang" | "kelas" | "gate" | "pin" | "otp" | "nik"
        | "yuswa" | "tlp" | "telp" | "wa" => Term::Numbering,
        "lahir" | "kelahiran" | "ttl" | "born" | "dob" | "birth" | "birthday" | "lair" | "miyos" | "lahiran" => {
            Term::Birth
        }
        "ganti" | "gantiin" | "diganti" | "pindah" | "dipindah" | "pindahin" | "pindahkan" | "geser" | "digeser"
        | "undur" | "diundur" | "mundur" | "mundurin" | "maju" | "majuin" | "dimajuin" | "dimajukan" | "reschedule"
        | "change" | "move" | "tuker" | "tukar" | "ubah" | "diubah" | "rubah" | "robih" | "dirobih" | "postpone"
        | "gentos" | "pindahkeun" | "switch" | "ngalih" | "digentos" | "moved" | "pindahno" => Term::Change,
        "yang" | "yg" | "di" | "d" | "pada" | "pd" | "on" | "the" | "of" | "untuk" | "utk" | "buat" | "bwt" | "itu"
        | "ya" | "y" | "yah" | "kanggo" | "dinane" | "nya" | "for" | "nang" | "ing" | "sing" | "nu" | "dong"
        | "coming" | "teh" | "ning" | "yaitu" | "agak" | "rada" => Term::Filler,
        _ => Term::Unknown,
    }
}

/// Names that a typing error may have hidden.
const GUESSED: [(&str, Term); 27] = [
    ("senin", Term::Weekday(Weekday::Monday)),
    ("selasa", Term::Weekday(Weekday::Tuesday)),
    ("kamis", Term::Weekday(Weekday::Thursday)),
    ("jumat", Term::Weekday(Weekday::Friday)),
    ("sabtu", Term::Weekday(Weekday::Saturday)),
    ("minggu", Term::SundayOrWeek),
    ("monday", Term::Weekday(Weekday::Monday)),
    ("tuesday", Term::Weekday(Weekday::Tuesday)),
    ("wednesday", Term::Weekday(Weekday::Wednesday)),
    ("thursday", Term::Weekday(Weekday::Thursday)),
    ("friday", Term::Weekday(Weekday::Friday)),
    ("saturday", Term::Weekday(Weekday::Saturday)),
    ("sunday", Term::Weekday(Weekday::Sunday)),
    ("januari", Term::Month(1)),
    ("february", Term::Month(2)),
    ("februari", Term::Month(2)),
    ("maret", Term::Month(3)),
    ("april", Term::Month(4)),
    ("agustus", Term::Month(8)),
    ("september", Term::Month(9)),
    ("oktober", Term::Month(10)),
    ("november", Term::Month(11)),
    ("nopember", Term::Month(11)),
    ("desember", Term::Month(12)),
    ("tomorrow", Term::Relative(1)),
    ("besok", Term::Relative(1)),
    ("kemarin", Term::Relative(-1)),
];

/// Words that stand one letter from a name of a day or month and are words of their own.
const NO_SLIPS: [&str; 84] = [
    "kamus", "kamil", "kasis", "sabut", "selama", "selesa", "selada", "sendi", "sering", "jimat", "jurat", "jamat",
    "macet", "market", "maker", "malet", "karet", "bosok", "besar", "bedok", "belok", "betok", "bebok", "bengok",
    "besot", "monda", "money", "sundae", "fridge", "mangu", "minggir", "kemari", "kemasin", "semin", "sebtu", "kumis",
    "komis", "kapis", "amril", "maket", "marem", "marut", "munggu", "selasar", "selaya", "sunda", "sundai", "sundal",
    "sundak", "aprit", "julat", "kamir", "kamisa", "satin", "selaka", "serasa", "setin", "kalis", "kamas", "kamit",
    "marit", "bewok", "berok", "marat", "manis", "kamia", "aprila", "marlet", "mares", "febri", "menin", "senil",
    "senit", "sensin", "semua", "minggi", "jumpa", "jumla", "manet", "magret", "mandi", "sabun", "santu", "salasi",
];

fn guessed(word: &str) -> Term {
    if word.len() < GUESSED_LETTERS_MIN || NO_SLIPS.contains(&word) {
        return Term::Unknown;
    }
    let is_meant = |entry: &&(&str, Term)| is_within_one_slip(word, entry.0);
    GUESSED.iter().find(is_meant).map_or(Term::Unknown, |entry| entry.1)
}

/// Whether a word speaks of days or hours. A name ends before it.
pub(in crate::values) fn is_of_time(word: &str) -> bool {
    matches!(
        known(word),
        Term::Relative(_)
            | Term::Weekday(_)
            | Term::SundayOrWeek
            | Term::Month(_)
            | Term::Unit(_)
            | Term::DayWord
            | Term::ClockWord
            | Term::Part(_)
            | Term::Later
            | Term::From
            | Term::To
            | Term::Or
            | Term::After
            | Term::Before
    )
}
