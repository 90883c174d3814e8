//! The checks see what is wrong, and only that.

use super::super::evidence::Evidence;
use super::*;

fn short() -> Setting {
    Setting {
        weeks: 15,
        warm_up: 5,
        ..Setting::default()
    }
}

fn failed(runs: &Runs) -> Vec<&'static str> {
    let findings = look_at(runs);
    findings
        .iter()
        .filter(|finding| !finding.holds)
        .map(|finding| finding.promise)
        .collect()
}

#[test]
fn an_honest_run_passes_and_a_tilted_one_does_not() {
    let runs = Runs::play(1, &short());
    assert_eq!(failed(&runs), Vec::<&str>::new());
    let tilted = |change: &dyn Fn(&mut Runs)| {
        let mut runs = runs.clone();
        change(&mut runs);
        failed(&runs)
    };
    let unfair = Evidence {
        found: 150.0,
        expected: 100.0,
        variance: 80.0,
    };
    let has = |found: Vec<&str>, words: &str| assert!(found.iter().any(|promise| promise.contains(words)), "{found:?}");
    has(
        tilted(&|runs| runs.modes[2].broker_evidence = unfair),
        "drawn as often as anybody",
    );
    has(
        tilted(&|runs| runs.modes[2].decile_evidence[9] = unfair),
        "no tenth by time of coming is drawn",
    );
    has(
        tilted(&|runs| runs.modes[2].speed_evidence = unfair),
        "draw: quick hands",
    );
    has(
        tilted(&|runs| runs.modes[3].broker_evidence = unfair),
        "offered a place as often",
    );
    has(
        tilted(&|runs| runs.modes[0].broker_evidence = Evidence::default()),
        "brokers have their advantage",
    );
    has(
        tilted(&|runs| runs.modes[2].transcripts_wrong = 1),
        "replayed from its transcript",
    );
    has(
        tilted(&|runs| runs.draw_with_stubborn_brokers.trade.sold = 1),
        "cancelling in another name",
    );
    has(tilted(&|runs| runs.modes[1].unsound = 1), "more people than places");
    has(
        tilted(&|runs| runs.modes[1].seats.own += 1),
        "every seat is accounted for",
    );
    has(
        tilted(&|runs| runs.modes[3].returns.hidden_seconds_min = Some(1_799)),
        "half an hour",
    );
}

#[test]
fn a_seed_is_compared_with_itself_and_with_another() {
    assert!(replay(1, &short()).iter().all(|finding| finding.holds));
}
