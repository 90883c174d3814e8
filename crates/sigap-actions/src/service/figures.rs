//! Figures as the edges call them.

use jiff::civil::Date;
use sigap_core::calendar::local_date;
use sigap_core::figures::Period;
use sigap_core::ids::OfficeId;
use sigap_core::staff::Right;
use sigap_store::Fault;
use sigap_store::records::Job;

use super::Service;
use crate::authority::Officer;
use crate::forget_counters::forget_counters;
use crate::keep_figures::{ensure_figures, keep_day, total_day};
use crate::view_figures::{
    FiguresView, NationRow, PublicDraw, PublicMonth, nation_row, view_figures, view_public_draws, view_public_month,
};

impl Service {
    /// Puts the counting of days on the timetable of an office.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn ensure_figures(&self, office: OfficeId) -> Result<(), Fault> {
        self.act(office, |tx, ctx| ensure_figures(tx, ctx)).await
    }

    /// The figures of an office; `None` without the right.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_figures(
        &self,
        office: OfficeId,
        who: Officer,
        period: Option<Period>,
    ) -> Result<Option<FiguresView>, Fault> {
        self.look(office, move |tx, ctx| view_figures(tx, ctx, &who, period))
            .await
    }

    /// What everybody may see of a month of an office; `None` of a time that is no month or not over.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_public_month(
        &self,
        office: OfficeId,
        month: Option<Period>,
    ) -> Result<Option<PublicMonth>, Fault> {
        self.look(office, move |tx, ctx| view_public_month(tx, ctx, month))
            .await
    }

    /// The same, with the draws from then on.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_public_figures(
        &self,
        office: OfficeId,
        month: Option<Period>,
    ) -> Result<Option<(PublicMonth, Vec<PublicDraw>)>, Fault> {
        self.look(office, move |tx, ctx| {
            let Some(month) = view_public_month(tx, ctx, month)? else {
                return Ok(None);
            };
            let draws = view_public_draws(tx, ctx, &month)?;
            Ok(Some((month, draws)))
        })
        .await
    }

    /// All offices side by side, this month at the office of whoever asks when no period is named; `None` without the right. They are
    /// read one after the other, each by itself: no statement spans two offices.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_nation(
        &self,
        who: &Officer,
        period: Option<Period>,
    ) -> Result<Option<(Period, Vec<NationRow>)>, Fault> {
        if who.require(who.office(), Right::Nation).is_err() {
            return Ok(None);
        }
        let now = self.clock.now();
        let live = self.live.newest();
        let content = &live.content;
        let period = period.or_else(|| {
            let own = content.office(who.office())?;
            Some(Period::month_of(local_date(own, now)))
        });
        let Some(period) = period else { return Ok(None) };
        let mut rows = Vec::new();
        for office in content.offices() {
            let row = self.look(office.id, move |tx, ctx| nation_row(tx, ctx, period)).await?;
            rows.push(row);
        }
        Ok(Some((period, rows)))
    }

    /// Counts a day on a snapshot, which holds nobody up, and keeps what was counted, once over all processes.
    pub(super) async fn count_day(&self, office: OfficeId, job: &Job) -> Result<(), Fault> {
        let day: Option<Date> = job.subject.parse().ok();
        let totals = match day {
            Some(day) => Some((day, self.look(office, move |tx, ctx| total_day(tx, ctx, day)).await?)),
            None => None,
        };
        let job = job.clone();
        self.act(office, move |tx, ctx| match &totals {
            Some((day, totals)) if tx.finish_job(ctx.office.id, &job)? => {
                keep_day(tx, ctx, *day, totals)?;
                forget_counters(tx, ctx)
            }
            Some(_) => Ok(()),
            None => tx.finish_job(ctx.office.id, &job).map(|_| ()),
        })
        .await
    }
}
