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
