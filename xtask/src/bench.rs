//! Starts the load bench of `sigap-sim`, which measures; this file passes the words on and sees to a server.

use crate::pg::{Care, Database};
use crate::program::Program;
use crate::{Verdict, refuse, release};

/// Words that the bench knows.
const WORDS: &[&str] = &["--quick", "--postgres", "--growth"];
/// Those among them that need a server.
const NEED_SERVER: &[&str] = &["--postgres", "--growth"];
/// Bookings for one hour, on both databases: measured by the program that counts them.
const BOOKINGS: &str = "--bookings";
/// Who gives places, and how many people want one.
const ENGINES: [(&[&str], &str); 5] = [
    (&[], "10000"),
    (&["--desk"], "20000"),
    (&["--postgres", "--processes", "1"], "4000"),
    (&["--postgres", "--processes", "2"], "4000"),
    (&["--postgres", "--desk"], "10000"),
];
/// Places: enough for everybody, and for one in twenty or more.
const FEW_PLACES: &str = "200";
/// Medians are taken over them.
const ROUNDS: usize = 3;

/// Calls in a full hall, on both databases: measured by the program that counts them.
const HALL: &str = "--hall";
/// Which database, and whether two processes serve the office.
const HALLS: [&[&str]; 3] = [&[], &["--postgres"], &["--postgres", "--services", "2"]];

/// Officers before a long list of cases: measured by the program that fills it.
const INBOX: &str = "--inbox";
/// Which database.
const INBOXES: [&[&str]; 2] = [&[], &["--postgres"]];

/// The first byte of citizens' pages under load: measured by the program that fills the office. On a file, which is what one office has.
const WEB: &str = "--web";

/// Steps of a form inside WhatsApp, on both databases: measured by the program that fills it in.
const FORMS: &str = "--forms";
/// Which database.
const FORM_STEPS: [&[&str]; 2] = [&[], &["--postgres"]];

/// `cargo xtask bench [--quick] [--postgres] [--growth] | --bookings | --hall | --inbox | --web | --forms`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words == [BOOKINGS] {
        release::build()?;
        return bookings();
    }
    if words == [HALL] {
        release::build()?;
        return each_round("counters", &HALLS);
    }
    if words == [INBOX] {
        release::build()?;
        return each_round("inbox", &INBOXES);
    }
    if words == [FORMS] {
        release::build()?;
        return each_round("form-steps", &FORM_STEPS);
    }
    if words == [WEB] {
        release::build()?;
        return web();
    }
    if let Some(word) = words.iter().find(|word| !WORDS.contains(word)) {
        return Ok(refuse("bench", word));
    }
    release::build()?;
    let mut program = Program::new(release::binary("bench"), &words);
    let needs_server = words.iter().any(|word| NEED_SERVER.contains(word));
    let database = needs_server.then(|| Database::open(Care::Durable)).transpose()?;
    if let Some(database) = &database {
        println!("measured on {}", database.describe());
        program = database.tell(program);
    }
    let ended = program.run()?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

fn bookings() -> anyhow::Result<Verdict> {
    let database = Database::open(Care::Durable)?;
    println!("measured on a file, and on {}", database.describe());
    let mut is_good = true;
    for (engine, tries) in ENGINES {
        for places in [tries, FEW_PLACES] {
            for _ in 0..ROUNDS {
                let mut words = vec!["--kill-seconds", "0", "--tries", tries, "--places", places];
                words.extend(engine);
                let program = database.tell(Program::new(release::binary("oversell"), &words));
                is_good &= program.run()?.is_success;
            }
        }
    }
    Ok(if is_good { Verdict::Passed } else { Verdict::Failed })
}

/// Runs a program that measures, with each list of words, so many rounds each, beside a server.
fn each_round(binary: &str, lists: &[&[&str]]) -> anyhow::Result<Verdict> {
    let database = Database::open(Care::Durable)?;
    println!("measured on a file, and on {}", database.describe());
    let mut is_good = true;
    for words in lists {
        for _ in 0..ROUNDS {
            let program = database.tell(Program::new(release::binary(binary), words));
            is_good &= program.run()?.is_success;
        }
    }
    Ok(if is_good { Verdict::Passed } else { Verdict::Failed })
}

fn web() -> anyhow::Result<Verdict> {
    let mut is_good = true;
    for _ in 0..ROUNDS {
        is_good &= Program::new(release::binary("first-byte"), &[]).run()?.is_success;
    }
    Ok(if is_good { Verdict::Passed } else { Verdict::Failed })
}
