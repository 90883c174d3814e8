//! Which tier of an application an asker has earned (docs/privacy.md). Counting tries and locking
//! belong to the caller, which then asks with no application at all.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Application, ApplicationView, BareView, Dates, PersonalView};

/// What the asker brings besides the number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Nothing.
    Bare,
    /// A birth date.
    BirthDate(Date),
    /// A phone that was bound with a slip code.
    Bound,
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bare => "Bare",
            Self::BirthDate(_) => "BirthDate(…)",
            Self::Bound => "Bound",
        })
    }
}

/// What may be shown. `data_at` is when the office last loaded its reports.
///
/// - `NotShown` for an unknown number and for a wrong birth date alike, so that an answer never tells which it was.
/// - A birth date where none is on file earns the bare view with `can_be_proved` false: that is what the number alone
///   shows anyway, and "wrong" would be untrue and would send an honest person away.
/// - A bound phone is shown everything, even while the tries for number and date are used up.
///
/// The same steps run for every proof and the dates are compared without stopping early. The caller owes the rest of
/// an even answer: for an unknown number it does the look-up and the unsealing of some other row.
#[must_use]
pub fn view(application: Option<&Application>, proof: Proof, data_at: Option<Timestamp>) -> ApplicationView {
    let Some(application) = application else {
        return ApplicationView::NotShown;
    };
    let bare = BareView {
        stage: application.stage,
        office: application.office,
        data_at,
        can_be_proved: application.born_on.is_some(),
    };
    let dates = Dates {
        applied_on: application.applied_on,
        proved: application.proved.clone(),
        ready_on: application.issued_on,
    };
    let personal = PersonalView {
        name: application.name.clone(),
        billing_code: application.billing_code.clone(),
    };
    let born_on = application.born_on.unwrap_or(Date::ZERO);
    match proof {
        Proof::Bare => ApplicationView::Bare(bare),
        Proof::Bound => ApplicationView::Full(bare, dates, personal),
        Proof::BirthDate(_) if !bare.can_be_proved => ApplicationView::Bare(bare),
        Proof::BirthDate(told) if is_same_day(born_on, told) => ApplicationView::Dated(bare, dates),
        Proof::BirthDate(_) => ApplicationView::NotShown,
    }
}

fn is_same_day(one: Date, other: Date) -> bool {
    let year = one.year() ^ other.year();
    let month = i16::from(one.month() ^ other.month());
    let day = i16::from(one.day() ^ other.day());
    year | month | day == 0
}

#[cfg(test)]
mod tests;
