use super::*;

fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
        .collect()
}

#[test]
fn whoever_asks_for_another_size_comes_back_to_the_page_and_to_no_other_site() {
    let from = |page| page_before(&headers(&[(header::HOST, "sigap.example"), (header::REFERER, page)]));
    assert_eq!(
        from("https://sigap.example/o/sukabumi/undian?lang=en"),
        "/o/sukabumi/undian?lang=en"
    );
    for page in [
        "https://evil.example/o",
        "https://sigap.example.evil/o",
        "https://sigap.example//evil.example",
        "rubbish",
    ] {
        assert_eq!(from(page), "/", "{page}");
    }
    assert_eq!(page_before(&HeaderMap::new()), "/");
}

#[test]
fn the_size_is_the_one_that_was_chosen() {
    assert!(!is_large(&HeaderMap::new()));
    assert!(is_large(&headers(&[(
        header::COOKIE,
        "sigap-bahasa=en; sigap-huruf=1"
    )])));
}
