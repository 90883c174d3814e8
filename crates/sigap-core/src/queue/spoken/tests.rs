use std::collections::BTreeSet;

use super::*;

fn spoken(letter: char, number: u32, counter: u8) -> String {
    clips(TicketLabel { letter, number }, CounterName::new(counter).unwrap()).join(" ")
}

#[test]
fn numbers_are_spoken_as_people_say_them() {
    let call = "gong nomor-antrean a tiga puluh dua silakan-ke-loket empat";
    assert_eq!(spoken('A', 32, 4), call);
    let words = |value| {
        let mut clips = Vec::new();
        number(value, &mut clips);
        clips.join(" ")
    };
    let expected = [
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (219, "dua ratus sembilan belas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_205, "seribu dua ratus lima"),
        (2_010, "dua ribu sepuluh"),
    ];
    for (value, text) in expected {
        assert_eq!(words(value), text);
    }
}

#[test]
fn every_word_of_a_call_is_a_clip() {
    let known: BTreeSet<&str> = all_clips().collect();
    for letter in 'A'..='Z' {
        for number in 1..=1_999 {
            for clip in clips(TicketLabel { letter, number }, CounterName::new(99).unwrap()) {
                assert!(known.contains(clip), "{clip}");
            }
        }
    }
}
