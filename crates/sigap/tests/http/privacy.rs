//! Who sees what of an application: the number alone, the birth date, the bound phone; and why guessing leads nowhere.

use jiff::civil::{Date, date};
use sigap_actions::import_applications::{Actor, ImportSource};
use sigap_core::application::slip_code::SlipCode;
use sigap_core::application::{Report, ReportKind, ReportRow};
use sigap_core::ids::ApplicationNumber;
use sigap_emulator::Person;

use crate::world::{SARI, World};

const APPLICATION: &str = "1179000000123456";
const UNKNOWN: &str = "1179000000999999";
const NAME: &str = "Budi Santoso";

fn row(number: &str, born_on: Date) -> ReportRow {
    ReportRow {
        number: ApplicationNumber::parse(number).unwrap(),
        report: ReportKind::Issue,
        stage_on: Some(date(2026, 11, 28)),
        name: Some(NAME.into()),
        kind: None,
        applied_on: Some(date(2026, 11, 20)),
        born_on: Some(born_on),
    }
}

fn source() -> ImportSource {
    ImportSource {
        report: ReportKind::Issue,
        newest_on: None,
        fingerprint: String::new(),
        actor: Actor::Command,
    }
}

async fn world_with(rows: Vec<ReportRow>) -> World {
    let world = World::new().await;
    let report = Report {
        kind: ReportKind::Issue,
        rows: (0..).zip(rows.into_iter().map(Ok)).collect(),
        passed_over: 0,
    };
    let service = &world.app.service;
    service
        .import_report(world.office.id, source(), report, false, |_| {})
        .await
        .unwrap();
    world
}

async fn world_with_budi() -> World {
    world_with(vec![row(APPLICATION, date(1990, 3, 12))]).await
}

/// A fresh citizen with a number of their own.
fn stranger(world: &World, n: u32) -> String {
    let id = format!("stranger{n}");
    world
        .emulator
        .add_person(Person::with_phone(&id, &format!("628110001{n:04}")));
    id
}

/// An answer without the number it names: what else does it tell?
fn without(answer: &str, number: &str) -> String {
    let groups: Vec<&str> = (0..4).map(|n| &number[4 * n..4 * n + 4]).collect();
    answer.replace(&groups.join(" "), "NUMBER").replace(number, "NUMBER")
}

#[tokio::test]
async fn each_proof_shows_a_little_more() {
    let world = world_with_budi().await;
    let bare = world.asks(SARI, APPLICATION).await;
    assert!(
        bare.contains("siap diambil") || bare.to_lowercase().contains("siap"),
        "{bare}"
    );
    assert!(!bare.contains(NAME) && !bare.contains("28 November"), "{bare}");
    let dated = world.asks(SARI, &format!("{APPLICATION} 12-03-1990")).await;
    assert!(dated.contains("November 2026") && !dated.contains(NAME), "{dated}");
    let code = SlipCode::from_random([1, 2, 3, 4, 5]);
    let number = ApplicationNumber::parse(APPLICATION).unwrap();
    world
        .app
        .service
        .issue_slip_code(number, code.clone())
        .await
        .unwrap()
        .unwrap();
    world.asks(SARI, "hubungkan ponsel").await;
    let bound = world.asks(SARI, &code.to_string()).await;
    let full = world.asks(SARI, APPLICATION).await;
    assert!(full.contains(NAME), "bound: {bound}\nfull: {full}");
    // The code is used up: the next phone stays a stranger.
    let other = stranger(&world, 1);
    world.asks(&other, "hubungkan ponsel").await;
    world.asks(&other, &code.to_string()).await;
    assert!(!world.asks(&other, APPLICATION).await.contains(NAME));
}

#[tokio::test]
async fn unknown_wrong_and_locked_sound_alike() {
    let world = world_with_budi().await;
    let asker = stranger(&world, 1);
    let unknown = without(&world.asks(&asker, &format!("{UNKNOWN} 12-03-1990")).await, UNKNOWN);
    let wrong = without(
        &world.asks(&asker, &format!("{APPLICATION} 13-03-1990")).await,
        APPLICATION,
    );
    assert_eq!(unknown, wrong);
    for n in 2..=5 {
        let guesser = stranger(&world, n);
        let day = 10 + n;
        assert_eq!(
            without(
                &world.asks(&guesser, &format!("{APPLICATION} {day}-04-1990")).await,
                APPLICATION
            ),
            wrong
        );
    }
    // Five wrong dates, from whomever, close the path for a day: now the right date is refused as well.
    let owner = stranger(&world, 9);
    let locked = without(
        &world.asks(&owner, &format!("{APPLICATION} 12-03-1990")).await,
        APPLICATION,
    );
    assert_eq!(locked, wrong);
    world.pass(24 * 3600);
    let next_day = world.asks(&owner, &format!("{APPLICATION} 12-03-1990")).await;
    assert!(next_day.contains("November 2026"), "{next_day}");
}

#[tokio::test]
async fn the_twenty_first_number_of_a_day_is_not_shown() {
    let numbers: Vec<String> = (0..21).map(|n| format!("11790000005000{n:02}")).collect();
    let world = world_with(numbers.iter().map(|number| row(number, date(1990, 3, 12))).collect()).await;
    let unknown = without(&world.asks("dewi", UNKNOWN).await, UNKNOWN);
    for (n, number) in numbers.iter().enumerate() {
        let answer = without(&world.asks(SARI, number).await, number);
        assert_eq!(answer == unknown, n == 20, "number {n}: {answer}");
        // A patient guesser: the pair's pace of WhatsApp is not what stops them.
        world.pass(60);
    }
}

#[tokio::test]
async fn wrong_slip_codes_lock_the_path_for_a_day() {
    let world = world_with_budi().await;
    let code = SlipCode::from_random([9, 8, 7, 6, 5]);
    let number = ApplicationNumber::parse(APPLICATION).unwrap();
    world
        .app
        .service
        .issue_slip_code(number, code.clone())
        .await
        .unwrap()
        .unwrap();
    for n in 0..5_u8 {
        world.asks(SARI, "hubungkan ponsel").await;
        world
            .asks(SARI, &SlipCode::from_random([n, 0, 0, 0, 1]).to_string())
            .await;
    }
    world.asks(SARI, "hubungkan ponsel").await;
    world.asks(SARI, &code.to_string()).await;
    assert!(!world.asks(SARI, APPLICATION).await.contains(NAME), "locked");
    world.pass(24 * 3600);
    world.asks(SARI, "hubungkan ponsel").await;
    world.asks(SARI, &code.to_string()).await;
    assert!(
        world.asks(SARI, APPLICATION).await.contains(NAME),
        "the code was not used up by the lock"
    );
}
