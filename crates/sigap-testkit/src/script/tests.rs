use super::*;

#[test]
fn a_script_is_read_line_by_line() {
    let script = Script::parse(concat!(
        "# status: ready\n",
        "office jakarta-pusat   now 2026-12-01 09:15   @http\n\n",
        "= lookup application 1179000000123456 -> ready  born=1990-03-12 name=\"Budi Santoso\" proved=ready:2026-11-28\n",
        "> halo\\n\\u{200f}\n",
        "< menu.welcome\n",
        "> [status]\n",
        "> (image: foto)\n",
        "+ 3d\n",
    ))
    .unwrap();
    assert_eq!(script.header.title, "status: ready");
    assert!(script.header.is_marked("http") && !script.header.is_marked("slow"));
    let steps: Vec<&Step> = script.steps.iter().map(|(_, step)| step).collect();
    assert!(matches!(steps[0], Step::Fact(Fact::Application(known)) if known.name.as_deref() == Some("Budi Santoso")));
    assert_eq!(*steps[1], Step::Says(Said::Text("halo\n\u{200f}".into())));
    assert_eq!(*steps[2], Step::Hears("menu.welcome".into()));
    assert_eq!(*steps[3], Step::Says(Said::Choice("status".into())));
    assert!(matches!(steps[4], Step::Says(Said::Media(media)) if media.caption.as_deref() == Some("foto")));
    assert_eq!(*steps[5], Step::Waits(SignedDuration::from_hours(72)));
}

#[test]
fn a_broken_line_is_named() {
    for (text, line) in [
        ("> halo", 1),
        ("office x now 2026-12-01 09:15\nhalo", 2),
        ("office x now yesterday", 1),
        ("office x now 2026-12-01 09:15\n= lookup application 12 -> ready", 2),
        ("office x now 2026-12-01 09:15\n+ soon", 2),
        ("# only a comment", 1),
    ] {
        assert_eq!(Script::parse(text).unwrap_err().line, line, "{text}");
    }
}
