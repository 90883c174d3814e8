use super::*;
use crate::queue::credit::Priority;
use crate::queue::hall::{Counter, HallRules, Line};

const NOW: i64 = 1_790_000_000;

fn at(minutes_ago: i64) -> Timestamp {
    Timestamp::from_second(NOW - 60 * minutes_ago).unwrap()
}

fn line(id: &str, letter: char) -> Line {
    Line {
        id: id.into(),
        letter,
        services: vec![id.into()],
        believed: ServiceTime {
            mean: 600.0,
            variation: 1.0,
        },
        walk_ins: 10,
    }
}

/// Counters 1 and 2 serve passports, 2 and 3 what was lost.
fn hall() -> Hall {
    let counter = |number, lines: &[&str]| Counter {
        name: CounterName::new(number).unwrap(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    Hall {
        lines: vec![line("passport", 'A'), line("lost", 'B')],
        counters: vec![
            counter(1, &["passport"]),
            counter(2, &["passport", "lost"]),
            counter(3, &["lost"]),
        ],
        groups: vec![(
            "lansia".into(),
            Priority {
                percent: 200,
                daily_cap: 5,
            },
        )],
        rules: HallRules {
            hold_minutes: 10,
            skip_minutes: 5,
            calls_max: 3,
            near: 3,
        },
        is_confirmed: false,
    }
}

fn who(id: i64, line: &str, minutes: i64, percent: u16) -> Waiting {
    Waiting {
        id: VisitId(id),
        line: line.into(),
        in_line: InLine {
            number: u32::try_from(id).unwrap(),
            since: at(minutes),
            percent,
        },
    }
}

fn open(counters: &[(u8, bool)]) -> Vec<(CounterName, bool)> {
    counters
        .iter()
        .map(|(number, is_busy)| (CounterName::new(*number).unwrap(), *is_busy))
        .collect()
}

fn told(waiting: &[Waiting], open: &[(CounterName, bool)], asked: &Waiting) -> Outlook {
    Picture {
        hall: &hall(),
        now: at(0),
        waiting,
        open,
        times: &[],
        passing: (0.0, ORDINARY_PERCENT),
    }
    .outlook(asked.id, &asked.line, &asked.in_line)
}

#[test]
fn those_who_came_before_are_before() {
    let waiting = [
        who(1, "passport", 30, 100),
        who(2, "passport", 20, 100),
        who(3, "passport", 10, 100),
    ];
    let open = open(&[(1, true)]);
    let ahead: Vec<u32> = waiting.iter().map(|who| told(&waiting, &open, who).ahead).collect();
    assert_eq!(ahead, [0, 1, 2]);
}

#[test]
fn of_another_line_only_those_count_whom_the_same_counters_call() {
    let waiting = [
        who(1, "lost", 30, 100),
        who(2, "lost", 29, 100),
        who(3, "lost", 28, 100),
        who(4, "lost", 27, 100),
        who(5, "passport", 10, 100),
    ];
    let asked = &waiting[4];
    assert_eq!(told(&waiting, &open(&[(1, true), (3, true)]), asked).ahead, 0);
    assert_eq!(
        told(&waiting, &open(&[(1, true), (2, true), (3, true)]), asked).ahead,
        2
    );
    assert_eq!(told(&waiting, &open(&[(2, true)]), asked).ahead, 4);
}

#[test]
fn without_a_counter_nobody_can_know_how_long() {
    let waiting = [who(1, "passport", 5, 100), who(2, "passport", 4, 100)];
    let outlook = told(&waiting, &open(&[(3, true)]), &waiting[1]);
    assert_eq!(outlook, Outlook { ahead: 1, band: None });
}

#[test]
fn a_free_counter_calls_at_once() {
    let waiting = [who(1, "passport", 5, 100)];
    let free = told(&waiting, &open(&[(1, false)]), &waiting[0]).band.unwrap();
    assert_eq!(free.half, SignedDuration::ZERO);
    let busy = told(&waiting, &open(&[(1, true)]), &waiting[0]).band.unwrap();
    assert!(busy.half > SignedDuration::from_mins(5), "{busy:?}");
}

#[test]
fn somebody_with_faster_credit_counts_as_before_when_they_will_have_passed() {
    // Ten minutes ago with double credit: behind now, before when the first is called after three others.
    let mut waiting: Vec<Waiting> = (1..=3).map(|id| who(id, "passport", 60, 100)).collect();
    waiting.push(who(4, "passport", 22, 100));
    waiting.push(who(5, "passport", 10, 200));
    let outlook = told(&waiting, &open(&[(1, true)]), &waiting[3]);
    assert_eq!(outlook.ahead, 4);
}

#[test]
fn told_times_are_rounded_outward_and_never_empty() {
    let minutes = SignedDuration::from_mins;
    let band = Band {
        half: minutes(7),
        most: minutes(11),
    };
    let now: Timestamp = "2026-12-05T03:00:00Z".parse().unwrap();
    let (from, to) = rounded(band, now);
    assert_eq!(from.to_string(), "2026-12-05T03:05:00Z");
    assert_eq!(to.to_string(), "2026-12-05T03:15:00Z");
    let at_once = Band {
        half: SignedDuration::ZERO,
        most: SignedDuration::ZERO,
    };
    let (from, to) = rounded(at_once, now);
    assert!(to > from);
}
