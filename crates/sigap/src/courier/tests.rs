use super::*;

#[test]
fn only_https_and_this_machine_are_asked() {
    for (address, is_asked) in [
        ("https://masuk.contoh.go.id/kunci", true),
        ("http://127.0.0.1:9/kunci", true),
        ("http://[::1]:9/kunci", true),
        ("http://localhost/kunci", true),
        ("http://masuk.contoh.go.id/kunci", false),
        ("http://127.0.0.1.contoh/kunci", false),
        ("http://10.0.0.1/kunci", false),
        ("/kunci", false),
    ] {
        assert_eq!(is_safe(&address.parse().unwrap()), is_asked, "{address}");
    }
}

/// A service that takes every connection and says nothing.
async fn silent() -> (tokio::net::TcpListener, Request<Vec<u8>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    (listener, Request::get(address).body(Vec::new()).unwrap())
}

#[tokio::test]
async fn a_service_that_says_nothing_is_left() {
    let (_listener, request) = silent().await;
    let mut courier = HttpCourier::new("").unwrap();
    courier.request_max = Duration::from_millis(20);
    assert_eq!(courier.carry(request).await.unwrap_err(), NotCarried);
    assert_eq!(courier.under_way.available_permits(), UNDER_WAY_MAX);
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_that() {
    let (_listener, request) = silent().await;
    let courier = HttpCourier::new("").unwrap();
    let _all = courier.under_way.acquire_many(UNDER_WAY_MAX as u32).await.unwrap();
    assert_eq!(courier.carry(request).await.unwrap_err(), NotCarried);
}

#[test]
fn a_file_without_certificates_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("akar.pem");
    std::fs::write(&path, "bukan sertifikat\n").unwrap();
    for path in [path.as_path(), Path::new("/tidak/ada.pem")] {
        let told = format!("{:#}", HttpCourier::new(path.to_str().unwrap()).err().unwrap());
        assert!(
            told.contains(path.to_str().unwrap()) && told.contains("oidc.certificates"),
            "{told}"
        );
    }
}
