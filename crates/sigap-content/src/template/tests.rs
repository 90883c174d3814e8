use super::*;

fn words(text: &str) -> Segment {
    Segment::Words(text.into())
}

#[track_caller]
fn check_line(text: &str, expected: &[Segment]) {
    let (template, problems) = Template::parse(text);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(template.lines, vec![expected.to_vec()]);
}

#[test]
fn words_and_holes_are_told_apart() {
    check_line(
        "Biaya {fees} di {office}.",
        &[
            words("Biaya "),
            Segment::Hole("fees".into(), None),
            words(" di "),
            Segment::Hole("office".into(), Some(Supply::Office)),
            words("."),
        ],
    );
}

#[test]
fn doubled_braces_are_braces() {
    check_line("tulis {{nama}} begitu", &[words("tulis {nama} begitu")]);
}

#[test]
fn facts_are_supplied_by_the_office() {
    check_line(
        "{fact.helpdesk_place}",
        &[Segment::Hole("fact.helpdesk_place".into(), Some(Supply::Fact))],
    );
    assert_eq!(Supply::of_name("fact."), None);
}

#[test]
fn what_is_not_understood_stays_and_is_reported() {
    for text in ["{nama", "nama}", "{Nama Lengkap}", "{}"] {
        let (template, problems) = Template::parse(text);
        assert_eq!(problems.len(), 1, "{text}");
        assert_eq!(template.lines, vec![vec![words(text)]], "{text}");
    }
}

#[test]
fn lines_lose_the_blanks_at_their_end_and_the_text_those_around_it() {
    let (template, _) = Template::parse("\nsatu  \n\ndua\n");
    assert_eq!(
        template.lines,
        vec![vec![words("satu")], Vec::new(), vec![words("dua")]]
    );
}
