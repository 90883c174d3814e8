use super::*;

const GOOD: &str = r#"
hold_minutes = 10
skip_minutes = 5
calls_max = 3
near = 3
is_confirmed = false
source = "project2020"
from = "2026-11-01"
[[line]]
id = "passport"
letter = "A"
services = ["simpatik"]
minutes = 12
walk_ins = 20
[[line]]
id = "pickup"
letter = "C"
minutes = 4
[[counter]]
number = 1
lines = ["passport", "pickup"]
[[group]]
id = "lansia"
percent = 200
daily_cap = 50
"#;

fn read(text: &str) -> Result<Hall, String> {
    toml::from_str::<HallFile>(text).unwrap().hall()
}

#[test]
fn a_hall_is_read() {
    let hall = read(GOOD).unwrap();
    assert_eq!(hall.line_of_service("simpatik").map(|line| line.letter), Some('A'));
    assert_eq!(hall.line_of_service("bap"), None);
    assert_eq!(hall.priority("lansia").map(|priority| priority.percent), Some(200));
    assert_eq!(hall.priority("hamil"), None);
    let one = CounterName::new(1).unwrap();
    assert_eq!(hall.counter(one).map(|counter| counter.lines.len()), Some(2));
}

#[test]
fn what_cannot_work_is_refused_in_words() {
    let cases = [
        ("letter = \"A\"", "letter = \"a\"", "must be one of A to Z"),
        ("letter = \"C\"", "letter = \"A\"", "share their name or letter"),
        ("minutes = 12", "minutes = 0", "is 0"),
        ("number = 1", "number = 100", "from 1 to 99"),
        (
            "\"passport\", \"pickup\"",
            "\"passport\", \"bap\"",
            "there is no line `bap`",
        ),
        ("\"passport\", \"pickup\"", "\"passport\"", "no counter serves"),
        ("calls_max = 3", "calls_max = 0", "from 1 to 9"),
        ("percent = 200", "percent = 50", "from 100 to"),
    ];
    for (good, bad, why) in cases {
        let refused = read(&GOOD.replace(good, bad)).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
}
