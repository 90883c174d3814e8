use jiff::Timestamp;
use sigap_core::ids::PersonId;

use super::Step;

#[test]
fn a_step_is_read_as_it_was_written() {
    let at = Timestamp::from_microsecond(1_790_000_000_000_001).unwrap();
    let person = PersonId(-7);
    for step in [Step::Key { person, met_at: at }, Step::Messages { person, from: at }] {
        assert_eq!(Step::read(&step.subject()), Some(step));
    }
    assert_eq!(Step::read("key 1"), None);
    assert_eq!(Step::read("other 1 2"), None);
}
