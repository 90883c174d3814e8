use super::*;

const A: ProcessId = ProcessId(1);

fn looks(neighbours: &mut Neighbours, beats: impl IntoIterator<Item = u64>) -> Vec<Silent> {
    beats
        .into_iter()
        .flat_map(|beats| neighbours.look(&[(A, beats)]))
        .collect()
}

#[test]
fn a_process_that_beats_is_left_alone() {
    assert_eq!(looks(&mut Neighbours::default(), 1..100), []);
}

#[test]
fn a_process_that_stops_beating_is_told_after_its_rounds_until_it_is_forgotten() {
    let mut neighbours = Neighbours::default();
    assert_eq!(looks(&mut neighbours, [1, 2, 2, 2, 2, 2]), []);
    assert_eq!(looks(&mut neighbours, [2, 2]), [Silent::Died(A), Silent::Died(A)]);
    assert_eq!(neighbours.look(&[]), []);
}

#[test]
fn a_process_that_comes_back_may_die_again() {
    let mut neighbours = Neighbours::default();
    assert_eq!(looks(&mut neighbours, [1, 2, 2, 2, 2, 2, 2]), [Silent::Died(A)]);
    assert_eq!(neighbours.look(&[]), []);
    assert_eq!(looks(&mut neighbours, [1, 2, 2, 2, 2, 2, 2]), [Silent::Died(A)]);
}

#[test]
fn a_process_that_never_beat_before_our_eyes_was_gone() {
    assert_eq!(looks(&mut Neighbours::default(), [7; 6]), [Silent::WasGone(A)]);
}
