use super::*;

/// Messages on both sides of a line: place 0 pulls to the one, place 1 to the other, place 2 is everywhere.
fn messages() -> Messages {
    let mut messages = Messages::default();
    for index in 0..40_u32 {
        let strength = 0.5 + (index % 7) as f32 / 10.0;
        messages.push(&[(index % 2, strength), (2, 1.0)]);
    }
    messages
}

fn line(seed: u64, rounds_max: usize) -> Vec<f32> {
    divide(
        &messages(),
        |index| index % 2 == 0,
        3,
        1.0,
        rounds_max,
        Chance::new(seed),
    )
}

#[test]
fn the_line_divides_what_can_be_divided() {
    let messages = messages();
    let line = line(1, 60);
    for index in 0..40 {
        assert_eq!(dot(&line, messages.get(index)) > 0.0, index % 2 == 0, "message {index}");
    }
}

#[test]
fn the_same_chance_gives_the_same_line_to_the_bit() {
    let bits = |line: Vec<f32>| line.into_iter().map(f32::to_bits).collect::<Vec<_>>();
    assert_eq!(bits(line(5, 60)), bits(line(5, 60)));
}

#[test]
fn without_rounds_or_messages_there_is_no_line() {
    assert_eq!(line(1, 0), [0.0; 3]);
    let none = divide(&Messages::default(), |_| true, 2, 1.0, 10, Chance::new(1));
    assert_eq!(none, [0.0; 2]);
}
