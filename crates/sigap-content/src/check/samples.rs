//! Long but possible values for the holes of a text, so that its length can be judged before a citizen meets it.

use jiff::civil::{Date, Time, date, time};
use sigap_core::application::Stage;
use sigap_core::catalogue::FeeKind;
use sigap_core::conversation::messages::{FormKind, MESSAGES, MessageSpec};
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::ApplicationNumber;
use sigap_core::language::Language;
use sigap_core::office::{Office, Span};

use crate::content::Content;

/// A day whose name is among the longest in every language.
const LONG_DAY: Date = date(2026, 9, 30);
const NOON: Time = time(12, 0, 0, 0);
/// The stages of an ordinary application.
const STEPS_MAX: usize = 8;
/// Fragments that stand in messages of other topics.
const CAUTIONS: [&str; 2] = ["requirements.caution", "officer.confirm_note"];

/// Where and for whom samples are taken.
#[derive(Clone, Copy)]
pub(crate) struct Sampler<'a> {
    pub(crate) content: &'a Content,
    pub(crate) office: &'a Office,
    pub(crate) language: Language,
}

impl Sampler<'_> {
    /// Every argument of a message.
    pub(crate) fn args(self, spec: &MessageSpec) -> Vec<(&'static str, Arg)> {
        spec.arg_names().map(|name| (name, self.arg(spec, name))).collect()
    }

    fn arg(self, spec: &MessageSpec, name: &'static str) -> Arg {
        self.fragment(spec, name).unwrap_or_else(|| self.value(spec, name))
    }

    /// The longest fragment that is made for this hole: `status.next_*` for `next` in `status.dated`.
    fn fragment(self, spec: &MessageSpec, name: &str) -> Option<Arg> {
        let topic = spec.key.split_once('.')?.0;
        let own = format!("{topic}.{name}");
        let variants = format!("{own}_");
        let fragments = MESSAGES.iter().filter(|fragment| {
            let is_made_for_it = fragment.key == own || fragment.key.starts_with(&variants);
            fragment.form == FormKind::Fragment && fragment.key != spec.key && is_made_for_it
        });
        let fragments = fragments.map(|fragment| {
            let args = fragment
                .arg_names()
                .map(|name| (name, self.value(fragment, name)))
                .collect();
            Arg::Phrase(fragment.key.to_owned(), args)
        });
        self.longest(fragments)
    }

    fn value(self, spec: &MessageSpec, name: &str) -> Arg {
        let catalogue = self.content.catalogue_of(self.office.id);
        match (spec.key, name) {
            (_, "number") => ApplicationNumber::parse("1179000000123456").map_or(Arg::Empty, Arg::ApplicationNumber),
            (_, "stage") => self
                .longest(Stage::ALL.into_iter().map(Arg::Stage))
                .unwrap_or(Arg::Empty),
            (_, "meaning") => {
                let meanings = Stage::ALL
                    .into_iter()
                    .map(|stage| key("stage.", stage.name(), ".citizen"));
                self.longest(meanings).unwrap_or(Arg::Empty)
            }
            (_, "office") => {
                let offices = self.content.offices().iter().map(|office| Arg::Office(office.id));
                self.longest(offices).unwrap_or(Arg::Empty)
            }
            ("wordless.location_near", "first" | "second" | "third") => self.near_office(),
            (_, "name") => Arg::Text("N".repeat(40)),
            (_, "billing") => Arg::Text("820260922123456".to_owned()),
            (_, "data_at") => self
                .office
                .zone
                .to_timestamp(LONG_DAY.to_datetime(NOON))
                .map_or(Arg::Empty, Arg::Moment),
            (_, "applied_on" | "ready_on" | "last_day" | "next_day" | "since") => Arg::Day(LONG_DAY),
            (_, "until" | "next_time") => Arg::Clock(NOON),
            (_, "steps") => Arg::Lines(
                Stage::ALL
                    .into_iter()
                    .take(STEPS_MAX)
                    .map(|stage| pair(Arg::Stage(stage), Arg::Day(LONG_DAY)))
                    .collect(),
            ),
            (_, "channels") => {
                let is_confirmed = spec.form != FormKind::Fragment;
                let channels = catalogue
                    .payment
                    .channels
                    .iter()
                    .filter(|row| row.is_confirmed == is_confirmed);
                Arg::Lines(channels.map(|row| key("channel.", &row.id, "")).collect())
            }
            (_, "passports") => self.fees(|kind| kind == FeeKind::Passport),
            ("requirements.list", "fees") => self.fees(|kind| kind == FeeKind::Passport),
            (_, "fees") => self.fees(|kind| kind != FeeKind::Passport),
            (_, "papers") => {
                let longest = catalogue
                    .cases
                    .iter()
                    .map(|case| &case.documents)
                    .max_by_key(|papers| papers.len());
                let papers = longest.into_iter().flatten().map(|paper| key("document.", paper, ""));
                Arg::Lines(papers.collect())
            }
            (_, "cases") => {
                let cases = catalogue.cases.iter().flat_map(|case| &case.only_for);
                Arg::Lines(cases.map(|case| key("case.", case, "")).collect())
            }
            ("requirements.list", "case") => {
                let cases = catalogue.cases.iter().map(|case| key("case.", &case.id, ""));
                self.longest(cases).unwrap_or(Arg::Empty)
            }
            (_, "case") => Arg::Text("JP-2611-00042".to_owned()),
            (_, "who") => {
                let people = catalogue.pickup.by.iter().map(|row| key("pickup_by.", &row.id, ""));
                self.longest(people).unwrap_or(Arg::Empty)
            }
            (_, "source") => {
                let sources = catalogue.sources.keys().map(|source| key("source.", source, ""));
                self.longest(sources).unwrap_or(Arg::Empty)
            }
            (_, "groups") => {
                let groups = self
                    .office
                    .priority
                    .iter()
                    .map(|group| Arg::Phrase(format!("priority.{}", group.id), vec![("age", Arg::Number(60))]));
                Arg::Lines(groups.collect())
            }
            (_, "week") => Arg::Lines(
                (0..3)
                    .map(|day| pair(Arg::Weekdays(day, day + 2), two_spans()))
                    .collect(),
            ),
            (_, "dates") => Arg::Lines(vec![pair(Arg::Day(LONG_DAY), two_spans()); 4]),
            ("hours.closures", "days") => Arg::Lines(vec![
                pair(
                    Arg::Day(LONG_DAY),
                    Arg::Text("Hari Suci Nyepi (Tahun Baru Saka 1949)".into())
                );
                4
            ]),
            (_, "reason") => Arg::Text("Hari Suci Nyepi (Tahun Baru Saka 1949)".to_owned()),
            (_, "topic") => Arg::Text("N".repeat(24)),
            (_, "caution") => {
                let cautions = CAUTIONS.into_iter().map(|caution| Arg::Key(caution.to_owned()));
                self.longest(cautions).unwrap_or(Arg::Empty)
            }
            (_, "app" | "former") => Arg::Text("M-Paspor".to_owned()),
            (_, "elsewhere") => Arg::Text(catalogue.complaint.national_channel.clone()),
            (
                _,
                "digits" | "days" | "hours" | "times" | "age" | "days_left" | "days_kept" | "end_days" | "first_days",
            )
            | (_, "papers_days") => Arg::Number(365),
            _ => Arg::Text("N".repeat(30)),
        }
    }

    /// The office whose entry is the longest, at some distance.
    fn near_office(self) -> Arg {
        let offices = self.content.offices().iter().filter(|office| office.point.is_some());
        let told = |fact: Option<&String>| fact.cloned().map_or(Arg::Empty, Arg::Text);
        let entries = offices.map(|office| {
            let distance = Arg::Phrase("wordless.near_km".to_owned(), vec![("km", Arg::Number(365))]);
            let args = vec![
                ("office", Arg::Office(office.id)),
                ("city", Arg::Text(office.city.clone())),
                ("distance", distance),
                ("address", told(office.address.as_ref())),
                ("whatsapp", Arg::Text("0811-8539-333".to_owned())),
                ("phone", told(office.phone.as_ref())),
            ];
            Arg::Phrase("wordless.near_office".to_owned(), args)
        });
        self.longest(entries).unwrap_or(Arg::Empty)
    }

    fn fees(self, is_meant: impl Fn(FeeKind) -> bool) -> Arg {
        let catalogue = self.content.catalogue_of(self.office.id);
        let fees = catalogue
            .fees
            .iter()
            .filter(|fee| fee.until.is_none() && is_meant(fee.kind));
        Arg::Lines(
            fees.map(|fee| pair(key("fee.", &fee.code, ""), Arg::Rupiah(fee.rupiah)))
                .collect(),
        )
    }

    /// The value that fills the most characters.
    fn longest(self, values: impl Iterator<Item = Arg>) -> Option<Arg> {
        values.max_by_key(|arg| self.content.words_of(self.office, self.language, arg).chars().count())
    }
}

fn key(table: &str, name: &str, part: &str) -> Arg {
    Arg::Key([table, name, part].concat())
}

fn pair(label: Arg, value: Arg) -> Arg {
    Arg::Pair(Box::new(label), Box::new(value))
}

fn two_spans() -> Arg {
    let span = Span {
        from: time(8, 0, 0, 0),
        to: NOON,
    };
    Arg::Hours(vec![span, span])
}
