use super::*;

/// Messages on both sides of a line: place 0 pulls to the one, place 1 to the other, place 2 is everywhere.
fn messages() -> (Messages, Vec<usize>) {
    let mut messages = Messages::default();
    for index in 0..40_u32 {
        let strength = 0.5 + (index % 7) as f32 / 10.0;
        messages.push(&[(index % 2, strength), (2, 1.0)]);
    }
    (messages, (0..40).map(|index| index % 2).collect())
}

fn lines(seed: u64, rounds: usize) -> Vec<[f32; 2]> {
    let (messages, columns) = messages();
    divide(&messages, &columns, 3, 1.0, rounds, Chance::new(seed))
}

#[test]
fn each_line_divides_what_can_be_divided() {
    let (messages, columns) = messages();
    let lines = lines(1, 60);
    for (index, column) in columns.into_iter().enumerate() {
        let sides = sides(&lines, messages.get(index));
        assert_eq!(
            sides.map(|side| side > 0.0),
            [column == 0, column == 1],
            "message {index}"
        );
    }
}

#[test]
fn the_same_chance_gives_the_same_lines_to_the_bit() {
    let bits = |lines: Vec<[f32; 2]>| lines.into_iter().flatten().map(f32::to_bits).collect::<Vec<_>>();
    assert_eq!(bits(lines(5, 60)), bits(lines(5, 60)));
}

#[test]
fn a_further_message_leaves_the_others_in_their_order() {
    let shuffled = |count: usize| {
        let mut order: Vec<usize> = (0..count).collect();
        shuffle(&mut order, 7);
        order
    };
    let (fifty, more) = (shuffled(50), shuffled(53));
    assert_ne!(fifty, (0..50).collect::<Vec<_>>());
    assert_eq!(fifty, more.into_iter().filter(|index| *index < 50).collect::<Vec<_>>());
}

#[test]
fn without_rounds_or_messages_there_is_no_line() {
    assert_eq!(lines(1, 0), [[0.0; 2]; 3]);
    let none = divide::<2>(&Messages::default(), &[], 2, 1.0, 10, Chance::new(1));
    assert_eq!(none, [[0.0; 2]; 2]);
}
