use super::*;

const SET: Type = Type {
    size: 10.0,
    is_bold: false,
};

#[test]
fn a_text_is_as_wide_as_its_letters() {
    assert!((width("AA", SET) - 13.34).abs() < 0.001);
    assert!((width("  ", SET) - 5.56).abs() < 0.001);
    assert!(width("Kunjungan", Type { is_bold: true, ..SET }) > width("Kunjungan", SET));
    assert_eq!(WIDTHS[usize::from(b'W' - 32)], 944);
    assert_eq!(WIDTHS_BOLD[usize::from(b'~' - 32)], 584);
}

#[test]
fn lines_break_between_words_and_lose_none() {
    let text = "sembilan dari sepuluh menunggu";
    let lines = wrapped(text, SET, 80.0);
    assert!(
        lines.len() > 1 && lines.iter().all(|line| width(line, SET) <= 80.0),
        "{lines:?}"
    );
    assert_eq!(lines.join(" "), text);
    assert_eq!(wrapped("panjang", SET, 1.0), ["panjang"]);
    assert!(wrapped("", SET, 80.0).is_empty());
}

#[test]
fn letters_that_the_font_does_not_know_are_told_as_such() {
    assert_eq!(encoded("é–…≤"), [0xe9, 0x96, 0x85, b'?']);
}
