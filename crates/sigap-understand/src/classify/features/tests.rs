use super::*;

const PLACES: u32 = 1 << 12;

fn counts(text: &str) -> Counts {
    count(text, &Concepts::new("bayar: byr\npaspor: passport"), PLACES)
}

fn of(group: u8, text: &str) -> Vec<u32> {
    let counts = counts(text);
    counts
        .iter()
        .filter(|count| count.group == group)
        .map(|count| count.place)
        .collect()
}

#[test]
fn words_of_one_concept_share_its_features_but_not_their_letters() {
    assert_eq!(of(CONCEPTS, "byr passport"), of(CONCEPTS, "bayar paspor"));
    assert_ne!(of(LETTERS, "byr passport"), of(LETTERS, "bayar paspor"));
}

#[test]
fn pairs_do_not_know_the_order_and_neighbours_do() {
    assert_eq!(of(PAIRS, "bayar paspor"), of(PAIRS, "paspor bayar"));
    assert_ne!(of(CONCEPTS, "bayar paspor"), of(CONCEPTS, "paspor bayar"));
}

#[test]
fn unknown_words_show_in_the_shape() {
    assert_ne!(of(SHAPE, "bayar paspor"), of(SHAPE, "bayar zebra"));
}

#[test]
fn every_group_weighs_what_the_recipe_says() {
    let recipe = Recipe {
        places: PLACES,
        ..Recipe::default()
    };
    let counts = counts("bayar paspor di bank");
    let features = Rarity::new([&counts], PLACES).weigh(&counts, &recipe);
    let total: f32 = features.iter().map(|(_, value)| value * value).sum();
    let expected: f32 =
        recipe.group_weights.iter().map(|weight| weight * weight).sum::<f32>() + recipe.edge * recipe.edge;
    assert!((total - expected).abs() < 1e-3, "{total} instead of {expected}");
}

#[test]
fn an_empty_message_has_features_within_bounds() {
    let recipe = Recipe {
        places: PLACES,
        ..Recipe::default()
    };
    let features = Rarity::new([], PLACES).weigh(&counts(""), &recipe);
    assert!(!features.is_empty());
    assert!(
        features
            .iter()
            .all(|(place, value)| *place <= PLACES && value.is_finite())
    );
}
