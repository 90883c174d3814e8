use super::marked;

#[test]
fn what_stands_between_asterisks_is_bold_and_a_lone_one_stays() {
    let shown = |words: &str| {
        let pieces = marked(words).into_iter();
        pieces
            .map(|(bold, piece)| if bold { format!("<{piece}>") } else { piece })
            .collect::<String>()
    };
    assert_eq!(
        shown("*Anda terdaftar*\nKode: *A1*, ya"),
        "<Anda terdaftar>\nKode: <A1>, ya"
    );
    assert_eq!(shown("2 * 3\n\nhabis"), "2 * 3\n\nhabis");
}
