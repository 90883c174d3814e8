//! Fair crowds look fair, unfair ones do not, and what cannot be compared is left out.

use super::super::chance::{About, Chance};
use super::*;

/// Weeks of a hundred, thirty of them in the group, twenty winners; `advantage` in a thousand goes to the group first.
fn weeks(count: u64, advantage: u32) -> Evidence {
    let mut evidence = Evidence::default();
    for week in 0..count {
        let mut chance = Chance::new(1, About::Course, &[week]);
        let mut lots: Vec<(u64, usize)> = (0..100)
            .map(|number| {
                let is_favoured = number < 30 && chance.happens(advantage);
                (if is_favoured { 0 } else { chance.draw() }, number)
            })
            .collect();
        lots.sort_unstable();
        let winners: Vec<usize> = lots.into_iter().take(20).map(|(_, number)| number).collect();
        evidence.count_week((0..100).map(|number| Seen {
            stratum: (1, 2),
            is_in_group: number < 30,
            has_won: winners.contains(&number),
        }));
    }
    evidence
}

#[test]
fn a_fair_draw_looks_fair_and_an_advantage_is_found() {
    let fair = weeks(400, 0);
    assert!(fair.deviations().abs() < 4.5, "{fair:?}");
    assert!((fair.ratio() - 1.0).abs() < fair.ratio_error() * 2.3);
    let unfair = weeks(400, 100);
    assert!(unfair.deviations() > 10.0, "{unfair:?}");
}

#[test]
fn deviations_have_the_spread_that_they_claim() {
    // Sixty runs: their deviations have a mean of 0 and a variance of 1, give or take.
    let runs = 60_u64;
    let deviations: Vec<f64> = (0..runs)
        .map(|run| {
            let mut evidence = Evidence::default();
            for week in 0..20 {
                let mut chance = Chance::new(run, About::Deed, &[week]);
                let start = chance.below(100);
                evidence.count_week((0..100_u64).map(|number| {
                    let mut lot = Chance::new(run, About::Person, &[week, number, start]);
                    Seen {
                        stratum: (1, 2),
                        is_in_group: number < 30,
                        has_won: lot.happens(200),
                    }
                }));
            }
            evidence.deviations()
        })
        .collect();
    let mean = deviations.iter().sum::<f64>() / 60.0;
    let variance = deviations.iter().map(|each| (each - mean).powi(2)).sum::<f64>() / 59.0;
    assert!(mean.abs() < 0.65 && (0.4..1.9).contains(&variance), "{mean} {variance}");
}

#[test]
fn unlike_parties_are_not_compared() {
    let mut evidence = Evidence::default();
    let heavy = |is_in_group| Seen {
        stratum: (1, 10),
        is_in_group,
        has_won: true,
    };
    let light = |is_in_group| Seen {
        stratum: (1, 2),
        is_in_group,
        has_won: false,
    };
    // All in the group are heavy and win, all others are light and lose: that says nothing about the group.
    evidence.count_week([heavy(true), heavy(true), light(false), light(false)].into_iter());
    assert_eq!((evidence.deviations(), evidence.ratio()), (0.0, 1.0));
    assert_eq!(Evidence::default().deviations(), 0.0);
}
