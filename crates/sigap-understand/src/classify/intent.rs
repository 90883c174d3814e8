//! The 33 things a message can ask for; `content/understanding/intents.md` says where one ends and the next begins.

/// How many intents there are.
pub const INTENTS: usize = 33;

/// What a citizen wants now. One message, one intent: the first thing asked wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// Is my passport ready, where is it.
    Status,
    /// How, where and until when to pay.
    PayHow,
    /// How much it costs.
    Fee,
    /// Papers for a first passport.
    RequirementsNew,
    /// Papers for a renewal.
    RequirementsRenewal,
    /// Papers after loss, theft or damage.
    RequirementsLost,
    /// Papers for a child.
    RequirementsChild,
    /// Wrong or changed data in a passport.
    RequirementsData,
    /// How, when and where to collect.
    Pickup,
    /// How many days it takes.
    Duration,
    /// A queue number or a place on a day.
    QueueBook,
    /// Whether there are free places.
    Quota,
    /// Give a booking back. An act: ask before doing it.
    QueueCancel,
    /// Move a booking. An act: ask before doing it.
    QueueReschedule,
    /// The ministry's app does not work.
    AppTrouble,
    /// When the office is open.
    Hours,
    /// Where the office is, how to reach it.
    Address,
    /// Who need not queue.
    Priority,
    /// Openings on weekends and holidays.
    Simpatik,
    /// Ordinary or electronic, pages, validity.
    PassportKind,
    /// Something was bad.
    Complaint,
    /// Something was good.
    Appreciation,
    /// An officer, please.
    Human,
    /// Brokers, bribes, fraud.
    Broker,
    /// Hello.
    Greeting,
    /// Thanks, goodbye.
    Thanks,
    /// Insults.
    Abuse,
    /// What can you do.
    Menu,
    /// Another language, please.
    ChangeLanguage,
    /// Yes. Counts only where the dialogue asks.
    Affirm,
    /// No. Counts only where the dialogue asks.
    Deny,
    /// Only a value: a date, number, name or office. Counts only where the dialogue asks.
    Inform,
    /// Everything this service does not do. Never answered with the nearest topic.
    OutOfScope,
}

/// The labels of the data files, in the order of the enum.
const NAMES: [(Intent, &str); INTENTS] = [
    (Intent::Status, "status"),
    (Intent::PayHow, "pay_how"),
    (Intent::Fee, "fee"),
    (Intent::RequirementsNew, "req_new"),
    (Intent::RequirementsRenewal, "req_renew"),
    (Intent::RequirementsLost, "req_lost"),
    (Intent::RequirementsChild, "req_child"),
    (Intent::RequirementsData, "req_data"),
    (Intent::Pickup, "pickup"),
    (Intent::Duration, "duration"),
    (Intent::QueueBook, "queue_book"),
    (Intent::Quota, "quota"),
    (Intent::QueueCancel, "queue_cancel"),
    (Intent::QueueReschedule, "queue_reschedule"),
    (Intent::AppTrouble, "app_trouble"),
    (Intent::Hours, "hours"),
    (Intent::Address, "address"),
    (Intent::Priority, "priority"),
    (Intent::Simpatik, "simpatik"),
    (Intent::PassportKind, "ptype"),
    (Intent::Complaint, "complaint"),
    (Intent::Appreciation, "appreciation"),
    (Intent::Human, "human"),
    (Intent::Broker, "broker"),
    (Intent::Greeting, "greeting"),
    (Intent::Thanks, "thanks"),
    (Intent::Abuse, "abuse"),
    (Intent::Menu, "menu"),
    (Intent::ChangeLanguage, "lang"),
    (Intent::Affirm, "affirm"),
    (Intent::Deny, "deny"),
    (Intent::Inform, "inform"),
    (Intent::OutOfScope, "oos"),
];

impl Intent {
    /// All of them, in the order of the columns of a model.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(intent, _)| *intent)
    }

    /// The label in the data files.
    pub fn name(self) -> &'static str {
        NAMES.get(self.column()).map_or("oos", |(_, name)| name)
    }

    /// The intent of a label.
    pub fn find(name: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(intent, _)| *intent)
    }

    /// Its place in `all`.
    pub(super) fn column(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests;
