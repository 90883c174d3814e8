use super::*;

const EXPONENTIAL: ServiceTime = ServiceTime {
    mean: 600.0,
    variation: 1.0,
};
const NOBODY: Overtaking = Overtaking {
    per_second: 0.0,
    times: 1.0,
};

fn minutes(time: SignedDuration) -> f64 {
    (time.as_secs_f64() / 6.0).round() / 10.0
}

#[track_caller]
fn check(ahead: u32, expected: (f64, f64)) {
    let band = band(ahead, 4, EXPONENTIAL, NOBODY).unwrap();
    assert_eq!((minutes(band.half), minutes(band.most)), expected, "{ahead} ahead");
}

/// Erlang(n + 1) with four counters of ten minutes; calculated twice, and confirmed by an independent simulation.
#[test]
fn exponential_times_give_the_erlang_quantiles() {
    check(0, (1.7, 5.8));
    check(9, (24.2, 35.5));
    check(19, (49.2, 64.8));
    check(39, (99.2, 120.7));
}

#[test]
fn steady_times_make_the_band_narrower_and_a_little_sooner() {
    let steady = ServiceTime {
        variation: 0.2,
        ..EXPONENTIAL
    };
    let (wide, narrow) = (
        band(9, 4, EXPONENTIAL, NOBODY).unwrap(),
        band(9, 4, steady, NOBODY).unwrap(),
    );
    assert!(narrow.most - narrow.half < (wide.most - wide.half) / 2);
    assert!(narrow.most < wide.most && narrow.half > SignedDuration::from_mins(23));
}

#[test]
fn those_who_overtake_make_it_longer_and_never_endless() {
    let elderly = Overtaking {
        per_second: 3.0 / 3600.0,
        times: 2.0,
    };
    let alone = band(9, 3, EXPONENTIAL, NOBODY).unwrap();
    let passed = band(9, 3, EXPONENTIAL, elderly).unwrap();
    assert!(passed.half > alone.half && passed.most > alone.most);
    let flood = Overtaking {
        per_second: 100.0,
        times: 9.0,
    };
    assert!(band(9, 3, EXPONENTIAL, flood).unwrap().most < SignedDuration::from_hours(48));
}

#[test]
fn nobody_at_a_counter_means_nobody_knows() {
    assert_eq!(band(3, 0, EXPONENTIAL, NOBODY), None);
    for mean in [0.0, -5.0, f64::NAN] {
        let broken = ServiceTime { mean, ..EXPONENTIAL };
        assert_eq!(band(3, 2, broken, NOBODY), None);
    }
}

#[test]
fn few_measurements_stay_near_what_was_believed() {
    let one = ServiceTime::measured(&[3_600.0], EXPONENTIAL);
    assert!((700.0..800.0).contains(&one.mean), "{one:?}");
    let many = ServiceTime::measured(&[300.0; 500], EXPONENTIAL);
    assert!((300.0..320.0).contains(&many.mean), "{many:?}");
    assert!(many.variation < 0.3, "{many:?}");
    assert_eq!(ServiceTime::measured(&[], EXPONENTIAL), EXPONENTIAL);
}
