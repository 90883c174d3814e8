//! Figures as people look at them: of one office by day, month and year; of the nation side by side; and what everybody may see.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::booking::Release;
use sigap_core::calendar::local_date;
use sigap_core::cases::CaseKind;
use sigap_core::figures::{OpenCases, Part, Period, Summary, Totals};
use sigap_core::ids::OfficeId;
use sigap_core::limits::FIGURES_READ_MAX;
use sigap_core::queue::VisitState;
use sigap_core::release::transcript::Transcript;
use sigap_core::release::transcript::counts::DrawCounts;
use sigap_core::staff::Right;
use sigap_core::survey::Tally;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::keep_figures::total_day;

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

/// What everybody may see of a month of an office that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicMonth {
    /// Which month.
    pub period: Period,
    /// Whether it is the newest that is over.
    pub is_newest: bool,
    /// The newest day in it that was counted.
    pub until: Option<Date>,
    /// All its days together.
    pub all: Summary,
    /// Answers to the survey.
    pub survey: Tally,
}

/// What everybody may see of a draw: what its public record tells, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicDraw {
    /// The service.
    pub service: String,
    /// The day.
    pub day: Date,
    /// The numbers.
    pub counts: DrawCounts,
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

/// What everybody may see, of the newest month that is over when none is named; `None` of a time that is no month or not over.
///
/// # Errors
/// Storage faults only.
pub fn view_public_month(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    month: Option<Period>,
) -> Result<Option<PublicMonth>, Fault> {
    let today = local_date(ctx.office, ctx.now);
    let newest = Period::month_of(today).before();
    let Some(period) = month
        .or(newest)
        .filter(|period| matches!(period, Period::Month(_)) && period.to() <= today)
    else {
        return Ok(None);
    };
    let (from, to) = (period.from(), period.to());
    let days = kept(tx, ctx.office.id, from, to, Part::Day)?;
    Ok(Some(PublicMonth {
        period,
        is_newest: Some(period) == newest,
        until: days.last().map(|(day, _)| *day),
        all: Summary::of(&joined(&days)),
        survey: survey(tx, ctx, period)?,
    }))
}

/// Draws of a month as their public records tell them, in the order of their days; when it is the newest that is over, also those after it.
///
/// # Errors
/// Storage faults only.
pub fn view_public_draws(tx: &mut dyn Tx, ctx: &Context<'_>, month: &PublicMonth) -> Result<Vec<PublicDraw>, Fault> {
    let takes = |day: Date| month.period.holds(day) || month.is_newest && month.period.to() <= day;
    let mut draws = Vec::new();
    for service in &ctx.office.services {
        let drawn = service
            .openings
            .iter()
            .filter(|opening| matches!(opening.release, Release::Draw { .. }) && takes(opening.date));
        for opening in drawn {
            let Some(row) = tx.find_opening(ctx.office.id, &service.id, opening.date)? else {
                continue;
            };
            let record = Transcript::from_json(&row.published).map_err(|_| Fault::Unreadable("opening.published"))?;
            draws.push(PublicDraw {
                service: row.service,
                day: row.day,
                counts: record.counts(),
            });
        }
    }
    draws.sort_by_key(|draw| std::cmp::Reverse(draw.day));
    Ok(draws)
}

/// One office of the nation. Whoever calls it has checked that the nation may be seen.
///
/// # Errors
/// Storage faults only.
pub(crate) fn nation_row(tx: &mut dyn Tx, ctx: &Context<'_>, period: Period) -> Result<NationRow, Fault> {
    let office = ctx.office.id;
    let months = kept(tx, office, period.from(), period.to(), Part::Month)?;
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
        summary: Summary::of(&joined(&months)),
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
    let all = joined(&totals);
    let open_cases = open_cases(tx, ctx, period, &totals)?;
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
        open_cases,
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

fn joined(parts: &[(Date, Totals)]) -> Totals {
    let mut all = Totals::default();
    for (_, part) in parts {
        all.join(part);
    }
    all
}

/// How cases stand: now, when the period goes on; else as it was noted right after its last day, when it was.
fn open_cases(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    period: Period,
    totals: &[(Date, Totals)],
) -> Result<Option<Vec<OpenCases>>, Fault> {
    if period.to() > local_date(ctx.office, ctx.now) {
        return tx.count_open_cases(ctx.office.id, ctx.now).map(Some);
    }
    let last = period.to().yesterday().unwrap_or(period.from());
    let months_end;
    let days = match period.part() {
        Part::Day => totals,
        Part::Month => {
            months_end = kept(tx, ctx.office.id, last, period.to(), Part::Day)?;
            &months_end
        }
    };
    let Some((_, day)) = days.iter().find(|(day, _)| *day == last) else {
        return Ok(None);
    };
    let stands: Vec<OpenCases> = CaseKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let find = |word: &str| day.find(&format!("stand/{}/{word}", kind.name()));
            let (open, late) = (find("open")?, find("late").unwrap_or_default());
            Some(OpenCases { kind, open, late })
        })
        .collect();
    Ok(day.find("kept/stand").map(|_| stands))
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
