use super::*;

fn variants(text: &str, intent: Intent, is_english: bool) -> Vec<String> {
    let spellings = Spellings::new("yang\tyg\nbagaimana\tgmn gimana");
    let mut chance = Chance::new(3);
    (0..200)
        .map(|_| spellings.vary(text, intent, is_english, &mut chance))
        .collect()
}

#[test]
fn words_are_shortened_as_the_list_says() {
    let variants = variants("bagaimana yang baru", Intent::Status, false);
    assert!(variants.iter().any(|variant| variant.contains("gmn")));
    assert!(variants.iter().any(|variant| variant.contains("yg")));
    assert!(variants.iter().any(|variant| variant.contains("bagaimana yang baru")));
}

#[test]
fn numbers_stay_as_they_are() {
    let variants = variants("1011524493909266", Intent::Status, false);
    assert!(variants.iter().all(|variant| variant.contains("1011524493909266")));
}

#[test]
fn a_greeting_stays_a_greeting() {
    let variants = variants("pagi", Intent::Greeting, false);
    assert!(variants.iter().all(|variant| variant == "pagi"));
}

#[test]
fn english_gets_english_politeness() {
    let variants = variants("where is it", Intent::Address, true);
    assert!(
        variants
            .iter()
            .any(|variant| variant.contains("please") || variant.contains("thanks"))
    );
    assert!(
        variants
            .iter()
            .all(|variant| !variant.contains("dong") && !variant.contains("min "))
    );
}

#[test]
fn the_first_letter_is_never_lost() {
    let variants = variants("perpanjangan", Intent::Abuse, false);
    assert!(variants.iter().any(|variant| variant != "perpanjangan"));
    assert!(variants.iter().all(|variant| variant.starts_with('p')), "{variants:?}");
}
