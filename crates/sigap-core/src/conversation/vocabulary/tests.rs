use super::super::choice::*;
use super::*;

fn vocabulary() -> Vocabulary {
    let entries = [
        (FEES, "biaya, berapa biaya, biaya paspor"),
        (REQUIREMENTS, "syarat, syarat paspor"),
        (REQUIREMENTS_LOST, "paspor hilang, hilang"),
        (REQUIREMENTS_LOST_ORDINARY, "hilang"),
        (REQUIREMENTS_REPLACE, "perpanjang, perpanjang paspor"),
        (STATUS, "status, kapan jadi"),
        (PICKUP, "pengambilan"),
        (GREETING, "halo, selamat pagi"),
        (BACK, "batal"),
        (QUEUE_CANCEL, "batal antrean"),
        (ELSEWHERE, "visa"),
        (NOTICES_STOP, "stop, stop pesan"),
    ];
    let entries = entries.map(|(choice, phrases)| {
        (
            Language::Id,
            choice.0,
            phrases.split(", ").map(str::to_owned).collect::<Vec<_>>(),
        )
    });
    Vocabulary::new(entries).unwrap()
}

#[track_caller]
fn check_inside(text: &str, expected: Wish) {
    assert_eq!(
        vocabulary().inside(&comparable(text), &Offered::default()),
        expected,
        "{text}"
    );
}

#[test]
fn the_longest_phrase_inside_a_sentence_wins() {
    check_inside("halo min, berapa biaya paspor?", Wish::One(FEES));
    check_inside("mau batal antrian", Wish::One(QUEUE_CANCEL));
    check_inside("cuaca hari ini", Wish::None);
}

#[test]
fn a_wish_is_stronger_than_the_thing_it_is_about() {
    check_inside("berapa biaya perpanjang paspor", Wish::One(FEES));
}

#[test]
fn a_general_wish_joins_the_narrower_one_of_its_topic() {
    check_inside("syarat paspor hilang apa saja", Wish::One(REQUIREMENTS_LOST));
}

#[test]
fn two_equal_wishes_are_a_question() {
    assert!(matches!(
        vocabulary().inside("biaya syarat", &Offered::default()),
        Wish::Two(..)
    ));
}

#[test]
fn what_is_never_shown_decides_for_itself() {
    check_inside("status visa", Wish::One(STATUS));
    check_inside("biaya visa", Wish::One(ELSEWHERE));
}

#[test]
fn orders_inside_a_sentence_are_ordinary_words() {
    check_inside("kenapa batal terus", Wish::None);
    check_inside("tolong stop pesan", Wish::One(NOTICES_STOP));
}

#[test]
fn an_answer_counts_only_while_it_is_offered() {
    let vocabulary = vocabulary();
    let offered = Offered::from_choices([REQUIREMENTS_LOST_ORDINARY]);
    assert_eq!(
        vocabulary.exact("hilang", &offered),
        Wish::One(REQUIREMENTS_LOST_ORDINARY)
    );
    assert_eq!(
        vocabulary.exact("hilang", &Offered::default()),
        Wish::One(REQUIREMENTS_LOST)
    );
}

#[test]
fn one_slip_of_the_finger_is_a_guess() {
    let vocabulary = vocabulary();
    for text in ["biyaa", "biaa", "biayya", "biaja"] {
        assert_eq!(
            vocabulary.perhaps(text),
            if text.len() < 5 {
                Wish::None
            } else {
                Wish::Perhaps(FEES)
            },
            "{text}"
        );
    }
    assert_eq!(vocabulary.perhaps("pengambilam"), Wish::Perhaps(PICKUP));
    assert_eq!(vocabulary.perhaps("raya"), Wish::None);
}

#[test]
fn mistakes_in_the_vocabulary_are_named() {
    let unknown = Vocabulary::new([(Language::Id, "no.such", vec!["a".to_owned()])]);
    assert_eq!(unknown.unwrap_err(), VocabularyError::UnknownChoice("no.such".into()));
    for phrase in ["", "👍", "pak bu", "a1 b2 c3 d4 e5 f6 g7"] {
        let refused = Vocabulary::new([(Language::Id, "fees", vec![phrase.to_owned()])]);
        assert!(
            matches!(refused, Err(VocabularyError::UnusablePhrase { .. })),
            "{phrase}"
        );
    }
}
