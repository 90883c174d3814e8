use super::*;

fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
        .collect()
}

fn chosen(cookies: &'static str) -> Settings {
    Settings::of(&headers(&[(header::COOKIE, cookies)]))
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
fn settings_are_those_that_were_chosen() {
    assert_eq!(Settings::of(&HeaderMap::new()), Settings::default());
    let all = chosen("sigap-bahasa=su; sigap-huruf=1; sigap-kontras=1; sigap-warna=gelap");
    assert_eq!(
        all,
        Settings {
            language: Some(Language::Su),
            is_large: true,
            is_high: true,
            colours: Colours::Dark
        }
    );
    assert_eq!(all.classes(), "large high dark");
    assert_eq!(
        chosen("sigap-bahasa=xx; sigap-warna=hijau").classes(),
        "",
        "what nobody offered is nothing"
    );
}

#[test]
fn cookies_that_were_set_are_read_back_and_ordinary_ones_are_forgotten() {
    let all = chosen("sigap-bahasa=jv; sigap-huruf=1; sigap-kontras=1; sigap-warna=terang");
    let sent: Vec<String> = all
        .cookies()
        .map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect();
    let mut again = HeaderMap::new();
    again.insert(header::COOKIE, HeaderValue::from_str(&sent.join("; ")).unwrap());
    assert_eq!(Settings::of(&again), all);
    for value in Settings::default().cookies() {
        assert!(value.to_str().unwrap().ends_with("Max-Age=0"), "{value:?}");
    }
}

#[test]
fn the_address_wins_over_what_was_chosen() {
    let with = |uri: &'static str| with_language(&Uri::from_static(uri), Language::Jv).map(|uri| uri.to_string());
    assert_eq!(with("/o/sukabumi?lang=en"), None);
    assert_eq!(with("/o/sukabumi").as_deref(), Some("/o/sukabumi?lang=jv"));
    assert_eq!(with("/o/sukabumi?a=b").as_deref(), Some("/o/sukabumi?a=b&lang=jv"));
    assert_eq!(
        with("/o/sukabumi?slang=x").as_deref(),
        Some("/o/sukabumi?slang=x&lang=jv")
    );
}

#[test]
fn remembering_a_language_never_leads_to_another_site() {
    let to = |uri: &'static str| {
        let response = remember(&Uri::from_static(uri), Language::En);
        response.headers()["location"].to_str().unwrap().to_owned()
    };
    assert_eq!(to("/o/sukabumi/t/a?bahasa=en"), "/o/sukabumi/t/a");
    assert_eq!(to("http://sigap.example//evil.example?bahasa=en"), "/evil.example");
}

#[test]
fn a_page_wears_what_was_chosen_and_a_piece_stays_as_it_is() {
    let page = Bytes::from_static(b"<!doctype html>\n<html lang=\"id\"><head>");
    assert_eq!(
        dressed(page, "large dark"),
        "<!doctype html>\n<html class=\"large dark\" lang=\"id\"><head>"
    );
    assert_eq!(dressed(Bytes::from_static(b"<p>a</p>"), "large"), "<p>a</p>");
}

#[test]
fn what_a_citizen_chose_does_not_change_what_the_office_and_programs_read() {
    for path in ["/o/sukabumi/t/a", "/", "/luring"] {
        assert!(is_of_citizens(path), "{path}");
    }
    for path in ["/staff/sukabumi", "/display/sukabumi/aliran", "/api/openapi.json"] {
        assert!(!is_of_citizens(path), "{path}");
    }
}
