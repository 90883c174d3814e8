use super::*;

#[test]
fn each_right_belongs_to_those_who_need_it() {
    let who = |right| {
        Role::ALL
            .into_iter()
            .filter(|role| role.allows(right))
            .collect::<Vec<_>>()
    };
    assert_eq!(who(Right::Account), Role::ALL);
    assert_eq!(who(Right::Hall), [Role::Counter, Role::Helpdesk, Role::Head]);
    assert_eq!(who(Right::Import), [Role::Content, Role::Head, Role::It]);
    assert_eq!(who(Right::Trail), [Role::Head, Role::Directorate, Role::Auditor]);
    assert_eq!(who(Right::Staff), [Role::Head, Role::It]);
    assert_eq!(who(Right::Figures), [Role::Head, Role::Directorate, Role::Auditor]);
    assert_eq!(who(Right::Lead), [Role::Head]);
    assert_eq!(who(Right::Nation), [Role::Directorate]);
    assert_eq!(who(Right::Intakes), [Role::Counter, Role::Helpdesk, Role::Head]);
    assert_eq!(who(Right::Cases), [Role::Helpdesk, Role::Head]);
    assert!(allows(&[Role::Content, Role::Counter], Right::Hall));
    assert!(!allows(&[], Right::Account));
}

#[test]
fn pauses_grow_and_never_last_for_ever() {
    let minutes = |failed| pause_after(failed).map(|pause| pause.as_mins());
    assert_eq!([3, 4, 5, 6, 7].map(minutes), [None, None, Some(1), Some(2), Some(4)]);
    assert_eq!([11, 12, 90, u32::MAX].map(minutes), [Some(60); 4]);
}

#[test]
fn a_session_ends_idle_or_with_the_shift() {
    let at = |minutes: i64| Timestamp::from_second(1_790_000_000 + 60 * minutes).unwrap();
    assert!(is_alive(at(0), at(600), at(29)));
    assert!(!is_alive(at(0), at(600), at(30)));
    assert!(is_alive(at(590), at(600), at(599)));
    assert!(!is_alive(at(599), at(600), at(600)));
}

#[test]
fn passwords_that_others_would_try_are_refused() {
    let words = ["imigrasi", "sukabumi", "ani"];
    let check = |password: &str| check_password(password, &words);
    assert_eq!(check("kopi susu di pagi hari"), Ok(()));
    assert_eq!(check("kopi pagi"), Err(WeakPassword::Short));
    assert_eq!(check(&"ab1 ".repeat(51)), Err(WeakPassword::Long));
    assert_eq!(check("abababababababab"), Err(WeakPassword::Monotone));
    assert_eq!(check("ImigrasiSukabumi2026"), Err(WeakPassword::Guessable));
    assert_eq!(check("imigrasi itu tempat kerja saya"), Ok(()));
}
