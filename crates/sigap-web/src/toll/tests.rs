use super::*;

const KEY: [u8; 32] = [7; 32];

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// A brake that many have just come through.
fn busy() -> Toll {
    let toll = Toll::new(&KEY);
    for _ in 0..BROWSERS_PER_MINUTE {
        assert!(toll.lets_in(None, at(0)));
    }
    toll
}

fn worked(question: &str) -> String {
    (0..)
        .map(|number: u32| format!("{question}~{number}"))
        .find(|answer| zeros(answer) >= WORK_BITS)
        .unwrap()
}

#[test]
fn few_pay_nothing_and_many_only_while_they_are_many() {
    let toll = busy();
    assert!(!toll.lets_in(None, at(1)));
    assert!(!toll.lets_in(Some("1790000000.x.y~1"), at(1)));
    assert!(toll.lets_in(None, at(61)), "a minute later nobody remembers");
}

#[test]
fn work_is_taken_once_by_any_process_with_the_key() {
    let toll = busy();
    let paid = worked(&Toll::new(&KEY).ask("chance", at(1)));
    assert!(toll.lets_in(Some(&paid), at(2)));
    assert!(!toll.lets_in(Some(&paid), at(3)), "once");
    let strange = worked(&Toll::new(&[8; 32]).ask("chance", at(1)));
    assert!(!toll.lets_in(Some(&strange), at(2)));
    let old = worked(&toll.ask("other", at(-700)));
    assert!(!toll.lets_in(Some(&old), at(2)), "too old");
}

#[test]
fn patience_is_taken_where_there_is_no_script() {
    let toll = busy();
    let question = toll.ask("chance", at(1));
    assert!(!toll.lets_in(Some(&question), at(10)));
    assert!(toll.lets_in(Some(&question), at(21)));
    assert!(!toll.lets_in(Some(&question), at(22)), "once");
}

#[test]
fn what_is_no_answer_panics_nowhere() {
    let toll = busy();
    let long = "a".repeat(5_000);
    for answer in ["", "~", ".", "..~", "é~é", "1.2.3~4", long.as_str()] {
        assert!(!toll.lets_in(Some(answer), at(1)), "{answer}");
    }
}
