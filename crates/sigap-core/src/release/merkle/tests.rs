//! Trees of every size up to a few hundred, and proofs that do not belong to them.

use proptest::prelude::*;

use super::*;

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| leaf(&number.to_be_bytes())).collect()
}

/// The definition in RFC 6962, which the levels must agree with.
fn top(leaves: &[Hash]) -> Hash {
    if let [only] = leaves {
        return *only;
    }
    let middle = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(middle);
    node(&top(left), &top(right))
}

#[test]
fn every_leaf_of_every_size_is_proven() {
    for count in 0..=130 {
        let leaves = leaves(count);
        let tree = Tree::new(leaves.clone());
        for (place, leaf) in leaves.iter().enumerate() {
            let path = tree.path(place).unwrap();
            let place = u64::try_from(place).unwrap();
            assert!(
                is_included(leaf, place, count, &path, &tree.root()),
                "{place} of {count}"
            );
        }
        assert_eq!(tree.path(leaves.len()), None);
        assert_eq!(tree.path(usize::MAX), None);
    }
}

#[test]
fn the_tree_is_that_of_the_rfc() {
    for count in 1..=130 {
        let leaves = leaves(count);
        assert_eq!(Tree::new(leaves.clone()).root(), root(count, &top(&leaves)), "{count}");
    }
}

#[test]
fn roots_of_all_sizes_differ() {
    let roots: std::collections::BTreeSet<Hash> = (0..=130).map(|count| Tree::new(leaves(count)).root()).collect();
    assert_eq!(roots.len(), 131);
}

#[test]
fn a_node_does_not_pass_for_a_leaf() {
    let four = Tree::new(leaves(4));
    let nodes = four.levels[1].clone();
    // The same top, but two "leaves": the count is in the root.
    assert_ne!(Tree::new(nodes.clone()).root(), four.root());
    assert!(!is_included(&nodes[0], 0, 2, &nodes[1..], &four.root()));
    // And a leaf never is the hash that a node of the same bytes is.
    let bytes = [nodes[0], nodes[1]].concat();
    assert_ne!(leaf(&bytes), node(&nodes[0], &nodes[1]));
}

proptest! {
    #[test]
    fn a_proof_holds_for_its_leaf_place_and_count_only(
        count in 1_u64..300,
        place: prop::sample::Index,
        other_place in 0_u64..400,
        other_count in 0_u64..400,
        flip in prop::option::of((any::<prop::sample::Index>(), 0_usize..32, 0_u8..8)),
    ) {
        let leaves = leaves(count);
        let tree = Tree::new(leaves.clone());
        let place = place.index(leaves.len());
        let mut path = tree.path(place).unwrap();
        let leaf = leaves[place];
        let place = u64::try_from(place).unwrap();
        let holds = |place, count, path: &[Hash]| is_included(&leaf, place, count, path, &tree.root());

        prop_assert!(holds(place, count, &path));
        prop_assert_eq!(holds(other_place, count, &path), other_place == place);
        prop_assert_eq!(holds(place, other_count, &path), other_count == count);
        prop_assert!(!is_included(&leaf, place, count, &path, &[0; 32]));
        let mut longer = path.clone();
        longer.push([0; 32]);
        prop_assert!(!holds(place, count, &longer));
        if let Some((at, byte, bit)) = flip && !path.is_empty() {
            let at = at.index(path.len());
            path[at][byte] ^= 1 << bit;
            prop_assert!(!holds(place, count, &path));
            path.pop();
            prop_assert!(!holds(place, count, &path));
        }
    }
}
