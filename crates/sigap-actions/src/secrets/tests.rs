use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

#[test]
fn a_password_fits_its_own_hash_and_nothing_fits_nobody() {
    let hash = hash_password("kopi susu di pagi hari", [7; 16]).unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert!(fits("kopi susu di pagi hari", &hash));
    assert!(!fits("kopi susu di sore hari", &hash));
    assert!(PasswordHash::new(NOBODY).is_ok());
    assert!(!fits("", ""));
    assert!(!fits("kopi", "no hash"));
    assert_ne!(hash, hash_password("kopi susu di pagi hari", [8; 16]).unwrap());
}

/// RFC 6238, appendix B: the secret `12345678901234567890` at 59 s gives 94287082, of which six digits are used.
#[test]
fn codes_are_those_of_the_standard_and_count_once() {
    let secret = code_secret(*b"12345678901234567890");
    assert_eq!(code_now(&secret, at(59)).as_deref(), Some("287082"));
    assert_eq!(step_of(&secret, "287 082", 0, at(59)), Some(1));
    assert_eq!(step_of(&secret, "287082", 1, at(59)), None);
    // A clock half a minute away counts, a minute does not.
    assert_eq!(step_of(&secret, "287082", 0, at(89)), Some(1));
    assert_eq!(step_of(&secret, "287082", 0, at(121)), None);
    assert_eq!(step_of(&secret, "287083", 0, at(59)), None);
    assert_eq!(step_of("?", "287082", 0, at(59)), None);
}

#[test]
fn a_generator_reads_the_address() {
    assert_eq!(
        code_address("ABC", "ani+1@contoh.go.id", "SIGAP Sukabumi"),
        "otpauth://totp/SIGAP%20Sukabumi:ani%2B1%40contoh.go.id?secret=ABC&issuer=SIGAP%20Sukabumi"
    );
}
