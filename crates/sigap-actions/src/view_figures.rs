//! Figures as people look at them: of one office by day, month and year; of the nation side by side; and what everybody may see.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sigap_core::calendar::local_date;
use sigap_core::cases::CaseKind;
use sigap_core::figures::{OpenCases, Part, Period, Summary, Totals};
use sigap_core::ids::OfficeId;
use sigap_core::limits::FIGURES_READ_MAX;
use sigap_core::queue::VisitState;
use sigap_core::staff::Right;
use sigap_core::survey::Tally;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::keep_figures::total_day;
use crate::run_opening::{PublishedOpening, view_openings};

/// Figures of an office.
#[derive(Debug, Clone, PartialEq)]
pub struct FiguresView {
    /// Which days.
    pub period: Period,
    /// Today at the office.
    pub today: Date,
    /// When it was read.
    pub at: Timestamp,
    /// The newest day in it that was counted; today counts as far as it has come.
    pub until: Option<Date>,
    /// Its parts by their first days, those without figures as well; a day has none.
    pub parts: Vec<(Date, Summary)>,
    /// All together.
    pub all: Summary,
    /// Cases that are not ended at the end of the period, or now: `None` when that was not kept.
    pub open_cases: Option<Vec<OpenCases>>,
    /// Answers to the survey, which are kept by month; `None` of a day.
    pub survey: Option<Tally>,
    /// Paid messages by category, which are kept by month; `None` of a day.
    pub paid: Option<Vec<(String, u64)>>,
}

/// One office beside the others.
#[derive(Debug, Clone, PartialEq)]
pub struct NationRow {
    /// Which.
    pub office: OfficeId,
    /// Its figures.
    pub summary: Summary,
    /// Cases that are owed something that should have come by now.
    pub late_cases: u64,
    /// Answers to the survey.
    pub survey: Tally,
    /// People who wait now; `None` where sigap does not run the hall.
    pub waiting: Option<u64>,
}

/// What everybody may see of an office.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicFigures {
    /// The figures of its month.
    pub figures: FiguresView,
    /// Openings with what was published of them.
    pub openings: Vec<PublishedOpening>,
}

/// The figures of an office, today's when no period is named; `None` without the right.
///
/// # Errors
/// Storage faults only.
pub fn view_figures(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    period: Option<Period>,
) -> Result<Option<FiguresView>, Fault> {
    if who.require(ctx.office.id, Right::Figures).is_err() {
        return Ok(None);
    }
    let today = local_date(ctx.office, ctx.now);
    read(tx, ctx, period.unwrap_or(Period::Day(today))).map(Some)
}

/// What everybody may see, of the month of yesterday when none is named: it has at least one whole day.
///
/// # Errors
/// Storage faults only.
pub fn view_public_figures(tx: &mut dyn Tx, ctx: &Context<'_>, month: Option<Period>) -> Result<PublicFigures, Fault> {
    let today = local_date(ctx.office, ctx.now);
    let month = month
        .filter(|period| matches!(period, Period::Month(_)))
        .unwrap_or_else(|| Period::month_of(today.yesterday().unwrap_or(today)));
    Ok(PublicFigures {
        figures: read(tx, ctx, month)?,
        openings: view_openings(tx, ctx)?,
    })
}

/// One office of the nation. Whoever calls it has checked that the nation may be seen.
///
/// # Errors
/// Storage faults only.
pub(crate) fn nation_row(tx: &mut dyn Tx, ctx: &Context<'_>, period: Period) -> Result<NationRow, Fault> {
    let office = ctx.office.id;
    let rows = tx.sum_day_figures(office, period.from(), period.to(), Part::Month, FIGURES_READ_MAX)?;
    let totals = Totals::from_rows(rows.into_iter().map(|(_, name, count)| (name, count)));
    let waiting = match &ctx.office.hall {
        None => None,
        Some(_) => Some(
            tx.count_visits(office, local_date(ctx.office, ctx.now))?
                .into_iter()
                .filter(|(_, state, _)| matches!(state, VisitState::Waiting | VisitState::Held))
                .map(|(_, _, count)| count)
                .sum(),
        ),
    };
    Ok(NationRow {
        office,
        summary: Summary::of(&totals),
        late_cases: tx
            .count_open_cases(office, ctx.now)?
            .iter()
            .map(|cases| cases.late)
            .sum(),
        survey: survey(tx, ctx, period)?,
        waiting,
    })
}

fn read(tx: &mut dyn Tx, ctx: &Context<'_>, period: Period) -> Result<FiguresView, Fault> {
    let (office, today) = (ctx.office.id, local_date(ctx.office, ctx.now));
    let mut totals: Vec<(Date, Totals)> = if period == Period::Day(today) {
        vec![(today, total_day(tx, ctx, today)?)]
    } else {
        kept(tx, office, period.from(), period.to(), period.part())?
    };
    let mut all = Totals::default();
    for (_, part) in &totals {
        all.join(part);
    }
    let until = match period {
        Period::Year(_) => tx.find_last_figures(office)?.filter(|last| *last >= period.from()),
        Period::Day(_) | Period::Month(_) => totals.last().map(|(day, _)| *day),
    };
    let parts = match period {
        Period::Day(_) => Vec::new(),
        Period::Month(_) | Period::Year(_) => period
            .parts()
            .into_iter()
            .map(|day| {
                let found = totals.iter_mut().find(|(known, _)| *known == day);
                (day, found.map(|(_, part)| Summary::of(part)).unwrap_or_default())
            })
            .collect(),
    };
    let last = period.to().yesterday().unwrap_or(today);
    Ok(FiguresView {
        period,
        today,
        at: ctx.now,
        until: until.map(|day| day.min(last)).filter(|_| !totals.is_empty()),
        parts,
        all: Summary::of(&all),
        open_cases: open_cases(tx, ctx, period, today)?,
        survey: match period {
            Period::Day(_) => None,
            Period::Month(_) | Period::Year(_) => Some(survey(tx, ctx, period)?),
        },
        paid: match (period.months().first(), period.months().last()) {
            (Some(first), Some(last)) => Some(tx.list_delivered_months(office, first, last)?),
            _ => None,
        },
    })
}

/// What is kept, by part; parts without figures are left out.
fn kept(tx: &mut dyn Tx, office: OfficeId, from: Date, to: Date, part: Part) -> Result<Vec<(Date, Totals)>, Fault> {
    let mut parts: Vec<(Date, Totals)> = Vec::new();
    for (text, name, count) in tx.sum_day_figures(office, from, to, part, FIGURES_READ_MAX)? {
        let day = match part {
            Part::Day => text.parse(),
            Part::Month => format!("{text}-01").parse(),
        };
        let day: Date = day.map_err(|_| Fault::Unreadable("day_figure.day"))?;
        match parts.last_mut() {
            Some((known, totals)) if *known == day => totals.add(name, count),
            _ => parts.push((day, Totals::from_rows([(name, count)]))),
        }
    }
    Ok(parts)
}

/// How cases stand: now, when the period goes on; else as it was noted after its last day.
fn open_cases(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    period: Period,
    today: Date,
) -> Result<Option<Vec<OpenCases>>, Fault> {
    if period.to() > today {
        return tx.count_open_cases(ctx.office.id, ctx.now).map(Some);
    }
    let last = period.to().checked_sub(1.day()).unwrap_or(period.from());
    let kept = kept(tx, ctx.office.id, last, period.to(), Part::Day)?;
    Ok(kept.first().map(|(_, totals)| {
        let find = |kind: CaseKind, word: &str| totals.find(&format!("stand/{}/{word}", kind.name()));
        CaseKind::ALL
            .into_iter()
            .filter_map(|kind| {
                let (open, late) = (find(kind, "open")?, find(kind, "late").unwrap_or_default());
                Some(OpenCases { kind, open, late })
            })
            .collect()
    }))
}

fn survey(tx: &mut dyn Tx, ctx: &Context<'_>, period: Period) -> Result<Tally, Fault> {
    let mut all = Tally::default();
    for month in period.months() {
        for (_, tally) in tx.sum_surveys(ctx.office.id, &month)? {
            all = all.join(&tally);
        }
    }
    Ok(all)
}
