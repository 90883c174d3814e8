use super::{is_fit, sign};

/// The example in the tests of the libraries that read such calls (github standard-webhooks/standard-webhooks).
#[test]
fn a_call_is_signed_as_the_standard_says() {
    let secret = data_encoding::BASE64
        .decode(b"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        .unwrap();
    assert_eq!(
        sign(
            &secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#
        ),
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    );
}

#[test]
fn partners_are_called_encrypted_or_not_at_all() {
    for good in [
        "https://mitra.go.id/sigap",
        "https://mitra.go.id:8443/a?b=c",
        "http://localhost:9000/x",
        "http://127.0.0.1/x",
    ] {
        assert!(is_fit(good), "{good}");
    }
    let long = format!("https://mitra.go.id/{}", "a".repeat(500));
    for bad in [
        "http://mitra.go.id/sigap",
        "http://localhost.jahat.example/",
        "https://",
        "https:///x",
        "ftp://mitra.go.id",
        "https://mitra.go.id/a b",
        "",
        &long,
    ] {
        assert!(!is_fit(bad), "{bad}");
    }
}
