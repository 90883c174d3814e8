use super::*;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| ((*name).parse().unwrap(), HeaderValue::from_str(value).unwrap()))
        .collect()
}

#[test]
fn a_change_from_another_site_is_refused() {
    let forged = |pairs: &[(&'static str, &str)]| is_forged(&Method::POST, &headers(pairs));
    assert!(!forged(&[("sec-fetch-site", "same-origin")]));
    for site in ["cross-site", "same-site", "none"] {
        assert!(forged(&[("sec-fetch-site", site)]), "{site}");
    }
    assert!(!forged(&[
        ("origin", "https://sigap.contoh.go.id"),
        ("host", "sigap.contoh.go.id")
    ]));
    assert!(forged(&[
        ("origin", "https://calo.contoh"),
        ("host", "sigap.contoh.go.id")
    ]));
    assert!(forged(&[("origin", "null"), ("host", "sigap.contoh.go.id")]));
    assert!(forged(&[("origin", "https://sigap.contoh.go.id")]));
    assert!(!is_forged(&Method::GET, &headers(&[("sec-fetch-site", "cross-site")])));
}

#[test]
fn a_session_counts_at_its_own_office() {
    let kept = headers(&[("cookie", "sigap-bahasa=en; __Host-sigap=sukabumi.abc_-9")]);
    assert_eq!(session_of(&kept, "sukabumi").as_deref(), Some("abc_-9"));
    assert_eq!(session_of(&kept, "jakarta-pusat"), None);
    assert_eq!(
        session_of(&headers(&[("cookie", "__Host-sigapx=sukabumi.abc")]), "sukabumi"),
        None
    );
    assert_eq!(session_of(&HeaderMap::new(), "sukabumi"), None);
    assert!(session_cookie("sukabumi", "abc", 9).ends_with("Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=9"));
}

#[test]
fn a_language_that_was_chosen_is_kept() {
    let none = HeaderMap::new();
    let (language, kept) = language_of(Some("a=b&lang=en"), &none);
    assert_eq!(language, Language::En);
    assert!(kept.unwrap().to_str().unwrap().starts_with("sigap-bahasa=en;"));
    assert_eq!(language_of(None, &none).0, Language::Id);
    assert_eq!(
        language_of(None, &headers(&[("cookie", "sigap-bahasa=en")])).0,
        Language::En
    );
    assert_eq!(language_of(Some("lang=xx"), &none).0, Language::Id);
}
