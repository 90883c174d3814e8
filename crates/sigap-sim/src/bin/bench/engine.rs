//! The engine alone: stored state in, step, stored state out; then the same with the words rendered.

use std::hint::black_box;
use std::time::Instant;

use sigap_content::Content;
use sigap_core::conversation::dialogue::{Outcome, Step};
use sigap_core::conversation::state::State;
use sigap_core::conversation::step;
use sigap_core::inbound::Said;

use crate::report::{Aim, Report};

/// Messages of a usual talk; none of them asks the store.
const TALK: [&str; 6] = [
    "halo",
    "biaya",
    "syarat",
    "1",
    "menu",
    "jam buka hari ini berapa ya pak",
];

/// Measures time and allocations of a turn.
#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
pub(crate) fn measure(report: &mut Report, turns: usize) {
    let Ok(content) = Content::embedded() else {
        report.failed("content does not load");
        return;
    };
    let now: jiff::Timestamp = jiff::Timestamp::from_second(1_795_000_000).unwrap_or_default();
    let Some(office) = content.office_by_slug("jakarta-pusat") else {
        report.failed("content has no office jakarta-pusat");
        return;
    };
    let Some(world) = content.world(office.id, now) else {
        return;
    };
    let talk: Vec<Said> = TALK.iter().map(|text| Said::Text((*text).into())).collect();
    let turn = |state: &str, said: &Said| -> Option<(String, Outcome)> {
        let state = State::from_stored(state).unwrap_or_default();
        match step(&world, &state, said, &[]) {
            Step::Done(outcome) => Some((outcome.state.to_stored(), *outcome)),
            Step::Ask(_) => None,
        }
    };

    let mut state = State::default().to_stored();
    let mut times = Vec::with_capacity(turns);
    for number in 0..turns {
        let said = &talk[number % talk.len()];
        let started = Instant::now();
        let turned = black_box(turn(&state, said));
        times.push(started.elapsed().as_nanos());
        if let Some((next, _)) = turned {
            state = next;
        }
    }
    times.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "nanoseconds of a turn are small")]
    let median = times[turns / 2] as f64 / 1_000.0;
    report.aim("engine turn, median", median, "µs", Aim::AtMost(20.0));

    let (mut most, mut render_us) = (0, Vec::new());
    for said in &talk {
        let mut turned = None;
        let counted = allocation_counter::measure(|| turned = turn(&state, said));
        most = most.max(counted.count_total);
        if let Some((next, outcome)) = turned {
            state = next;
            if let Some(reply) = outcome.reply {
                let started = Instant::now();
                for _ in 0..100 {
                    black_box(content.render(office, outcome.state.language, &reply));
                }
                render_us.push(started.elapsed().as_secs_f64() * 10_000.0);
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of allocations")]
    report.aim("engine turn, allocations at most", most as f64, "", Aim::AtMost(60.0));
    render_us.sort_by(f64::total_cmp);
    let median = render_us.get(render_us.len() / 2).copied().unwrap_or_default();
    report.figure("rendering a reply, median", &format!("{median:.1} µs"));
}
