use super::*;

/// Answers what stands in the text: a stand-in for a model.
fn judge(text: &str) -> Judgement {
    let known = [
        ("berapa", Intent::Fee),
        ("buka", Intent::Hours),
        ("halo", Intent::Greeting),
        ("ya", Intent::Affirm),
    ];
    let intent = known
        .into_iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, intent)| intent);
    let first = intent.unwrap_or(Intent::OutOfScope);
    Judgement {
        ranked: [(first, 0.9), (Intent::Menu, 0.05), (Intent::Human, 0.01)],
        in_scope: if intent.is_some() { 0.9 } else { 0.0 },
        verdict: intent.map_or(Verdict::Unknown, Verdict::Answer),
    }
}

#[track_caller]
fn check(text: &str, expected: &[Intent]) {
    let wishes: Vec<Intent> = each(text, judge).iter().map(|wish| wish.ranked[0].0).collect();
    assert_eq!(wishes, expected, "`{text}`");
}

#[test]
fn wishes_are_divided_at_signs_and_joints() {
    check("paspor berapa? hari sabtu buka", &[Intent::Fee, Intent::Hours]);
    check("paspor berapa terus jam buka", &[Intent::Fee, Intent::Hours]);
    check("paspor berapa\njam buka", &[Intent::Fee, Intent::Hours]);
}

#[test]
fn one_wish_stays_one() {
    check("berapa biayanya? berapa ya?", &[Intent::Fee]);
    check("kapan dan dimana", &[Intent::OutOfScope]);
    check("", &[Intent::OutOfScope]);
}

#[test]
fn a_greeting_gives_way_to_a_wish() {
    let judgement = without_courtesy("berkas xx!\njam buka", judge("berkas"), judge);
    assert_eq!(judgement.verdict, Verdict::Answer(Intent::Hours));
    let judgement = without_courtesy("halo!\njam buka", judge("halo"), judge);
    assert_eq!(judgement.verdict, Verdict::Answer(Intent::Hours));
}

#[test]
fn a_clear_wish_is_not_divided() {
    let judgement = without_courtesy("berapa? jam buka?", judge("berapa"), judge);
    assert_eq!(judgement.verdict, Verdict::Answer(Intent::Fee));
}

#[test]
fn many_wishes_have_a_bound() {
    let text = "paspor berapa? ".repeat(100);
    assert!(parts(&text, &ENDS, &JOINTS).len() <= WISHES_MAX);
}
