use std::sync::LazyLock;

use super::*;

const BASE: &str = "https://sigap.example.test:8443";

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::embedded().unwrap());

#[track_caller]
fn check(typed: &str, expected: &Whose) {
    assert_eq!(&whose(&CONTENT, BASE, &read(typed)), expected, "{typed}");
}

#[test]
fn a_number_is_known_in_any_spelling() {
    let office = Whose::Office("Kanim Jakarta Pusat".into());
    for typed in [
        "0811-8539-333",
        "08118539333",
        "+62 811 8539 333",
        "62811-8539-333",
        "0062 811 8539333",
        " (0811) 8539.333 ",
        "https://wa.me/628118539333",
        "wa.me/628118539333?text=halo",
        "https://api.whatsapp.com/send?phone=628118539333&text=12",
    ] {
        check(typed, &office);
    }
    // An ordinary telephone of an office.
    check("0342-554759", &Whose::Office("Kanim Blitar".into()));
}

#[test]
fn a_number_that_only_looks_alike_is_nobodys() {
    for typed in [
        "0811-8539-334",
        "0811-8539-3333",
        "811-8539-33",
        "+1 811 8539 333",
        "wa.me/628118539334",
    ] {
        check(typed, &Whose::Nobody);
    }
}

#[test]
fn addresses_are_known_by_their_host_alone() {
    for typed in [
        "www.imigrasi.go.id",
        "https://www.imigrasi.go.id/paspor?x=1",
        "IMIGRASI.GO.ID",
        "jakartapusat.imigrasi.go.id",
        "http://imigrasi.go.id:443/",
        "sigap.example.test",
    ] {
        check(typed, &Whose::Authority);
    }
    for typed in [
        "imigrasi.go.id.bantuan-paspor.com",
        "https://imigrasi.go.id@palsu.com/masuk",
        "imigrasi-go-id.com",
        "evilimigrasi.go.id.co",
        "evilimigrasi.go.id",
        "paspor-online.xyz/imigrasi.go.id",
        "https://іmigrasi.go.id",
        "go.id",
        "wa.me/imigrasi",
    ] {
        check(typed, &Whose::Nobody);
    }
}

#[test]
fn what_is_neither_is_asked_again() {
    for typed in [
        "",
        "   ",
        "halo",
        "12345",
        "petugas imigrasi",
        ".",
        "..",
        "://",
        "a..b",
        &"9".repeat(400),
    ] {
        assert_eq!(read(typed), Asking::Unclear, "{typed}");
    }
}
