//! What decides the order, and what does not.

use proptest::prelude::*;

use super::*;

const fn waiting(id: i64, class: u8, lost: u32) -> Waiting {
    Waiting { id, class, lost }
}

#[test]
fn class_comes_before_losses_and_losses_before_chance() {
    let list = [waiting(1, 1, 9), waiting(2, 0, 0), waiting(3, 0, 3), waiting(4, 1, 0)];
    for key in 0..20 {
        assert_eq!(in_order(&list, &[key; 32]), [3, 2, 1, 4]);
    }
}

#[test]
fn among_equals_everybody_is_first_equally_often() {
    let list: Vec<Waiting> = (0..10).map(|id| waiting(id, 0, 1)).collect();
    let mut first = [0_u32; 10];
    for key in 0..5_000_u64 {
        let key = super::super::hash::plain(&key.to_be_bytes());
        first[usize::try_from(in_order(&list, &key)[0]).unwrap()] += 1;
    }
    // 500 each; five standard deviations are 106.
    assert!(first.iter().all(|count| (394..=606).contains(count)), "{first:?}");
}

proptest! {
    #[test]
    fn the_order_depends_on_nobody_s_arrival_and_on_nobody_else(
        list in prop::collection::btree_map(any::<i64>(), (0_u8..3, 0_u32..4), 0..40),
        key: Hash,
        turn: prop::sample::Index,
    ) {
        let mut list: Vec<Waiting> = list.into_iter().map(|(id, (class, lost))| waiting(id, class, lost)).collect();
        let order = in_order(&list, &key);
        prop_assert_eq!(order.len(), list.len());
        if list.is_empty() {
            return Ok(());
        }
        let turn = turn.index(list.len());
        list.rotate_left(turn);
        prop_assert_eq!(&in_order(&list, &key), &order);
        let gone = list.remove(0).id;
        let without: Vec<i64> = order.into_iter().filter(|id| *id != gone).collect();
        prop_assert_eq!(in_order(&list, &key), without);
    }

    #[test]
    fn one_more_draw_lost_never_moves_anybody_back(
        list in prop::collection::btree_map(any::<i64>(), 0_u32..4, 1..40),
        key: Hash,
        who: prop::sample::Index,
    ) {
        let mut list: Vec<Waiting> = list.into_iter().map(|(id, lost)| waiting(id, 0, lost)).collect();
        let who = who.index(list.len());
        let id = list[who].id;
        let place = |list: &[Waiting]| in_order(list, &key).iter().position(|other| *other == id).unwrap();
        let before = place(&list);
        list[who].lost += 1;
        prop_assert!(place(&list) <= before);
    }
}
