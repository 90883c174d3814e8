use std::sync::LazyLock;

use sigap_content::Content;

use super::*;

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::embedded().unwrap());

fn slugs(typed: &str) -> (&'static str, Vec<String>) {
    let content = &*CONTENT;
    let slugs = |offices: Vec<&Office>| offices.iter().map(|office| office.slug.clone()).collect();
    match find(content.offices(), typed) {
        Found::Nothing => ("nothing", Vec::new()),
        Found::Offices(offices) => ("offices", slugs(offices)),
        Found::Near(offices) => ("near", slugs(offices)),
    }
}

#[track_caller]
fn check_first(typed: &str, slug: &str) {
    let (kind, found) = slugs(typed);
    assert_eq!(
        (kind, found.first().map(String::as_str)),
        ("offices", Some(slug)),
        "{typed}: {found:?}"
    );
}

#[test]
fn an_office_is_found_by_town_name_and_province_in_any_order() {
    check_first("Sukabumi", "sukabumi");
    check_first("kanim sukabumi", "sukabumi");
    check_first("kantor imigrasi kelas I non tpi jakarta pusat", "jakarta-pusat");
    check_first("pusat jakarta", "jakarta-pusat");
    check_first("JAKARTAPUSAT", "jakarta-pusat");
    check_first("suka", "sukabumi");
    let (_, aceh) = slugs("aceh");
    assert!(
        aceh.len() >= 6 && aceh.iter().any(|slug| slug == "langsa") && aceh[0] == "banda-aceh",
        "{aceh:?}"
    );
}

#[test]
fn a_slip_or_two_is_forgiven() {
    check_first("sukabmi", "sukabumi");
    check_first("sukabumu", "sukabumi");
    check_first("jakarat pusat", "jakarta-pusat");
    check_first("makasar", "makassar");
    check_first("jaya pura", "jayapura");
    assert_eq!(slugs("lokseumawe").1.first().map(String::as_str), Some("lhokseumawe"));
}

#[test]
fn what_names_no_office_brings_none_and_near_misses_say_so() {
    for typed in ["", "   ", "kantor imigrasi", "xyzzy", "!!!", "🙂", &"a".repeat(10_000)] {
        let (kind, found) = slugs(typed);
        assert_eq!((kind, found.len()), ("nothing", 0), "{typed}");
    }
    let (kind, found) = slugs("sukobmi");
    assert_eq!(
        (kind, found.first().map(String::as_str)),
        ("near", Some("sukabumi")),
        "{found:?}"
    );
    assert!(slugs("jawa").1.len() <= FOUND_MAX);
}
