//! Starts the load bench of `sigap-sim`, which measures; this file passes the words on and sees to a server.

use crate::pg::{Care, Database};
use crate::program::Program;
use crate::{Verdict, refuse, release};

/// Words that the bench knows.
const WORDS: &[&str] = &["--quick", "--postgres", "--growth"];
/// Those among them that need a server.
const NEED_SERVER: &[&str] = &["--postgres", "--growth"];

/// `cargo xtask bench [--quick] [--postgres] [--growth]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
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
