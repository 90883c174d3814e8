//! Starts the demo on a free port with an empty folder, and lets a browser walk through it (`e2e/run.mjs`).

use std::time::Duration;

use anyhow::Context;

use crate::program::{Ended, Program, Service};
use crate::{Verdict, refuse, release, setup, workspace};

/// What a citizen does. `booking`: one books, enters a draw, and opens the pages that belong to it. `camera`: a ticket is read by a camera.
/// `citizen`: somebody books, changes, cancels, complains and chats in the browser. `forms`: a visit is booked in a form inside the chat.
/// `guide`: somebody without an account chooses the office, asks for papers and checks a number. `offline`: a phone without a network, and
/// looks that everybody may choose. `phone`: a citizen writes on the phone page and is answered.
const CITIZENS: &[&str] = &["booking", "camera", "citizen", "forms", "guide", "offline", "phone"];

/// What an office does. `cases`: the helpdesk talks with a citizen. `content`: what citizens read is changed, tried and published. `display`: a
/// machine gives a number, a phone follows it, the board shows and speaks the call. `figures`: head, directorate and citizens read what was
/// counted. `intake`: answers and photos of papers are given ahead of a visit, and judged. `notices`: templates are submitted and judged.
/// `programs`: keys and calls of other programs. `reports`: status reports are looked at and applied. `staff`: officers at door and desk,
/// with the network down in the middle. `survey`: answers are asked for and read.
const OFFICES: &[&str] = &[
    "cases", "content", "display", "figures", "intake", "notices", "programs", "reports", "staff", "survey",
];

/// The demo fills its database and is ready within seconds; a minute covers a busy machine.
const DEMO_READY_MAX: Duration = Duration::from_secs(60);

/// All journeys together, browser start included.
const JOURNEYS_TIME_MAX: Duration = Duration::from_secs(10 * 60);

/// `cargo xtask e2e [booking|camera|cases|citizen|content|display|figures|forms|guide|intake|notices|offline|phone|programs|reports|staff|survey]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let journey = match words {
        [] => None,
        [name] => Some(name.as_str()),
        [_, name, ..] => return Ok(refuse("e2e", name)),
    };
    if let Some(name) = journey.filter(|name| ![CITIZENS, OFFICES].concat().contains(name)) {
        return Ok(refuse("e2e", name));
    }
    setup::install()?;
    release::build()?;
    let ended = match journey {
        Some(name) => walk("e2e-data", &[name])?,
        None => walk_all()?,
    };
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// Walks all journeys, what citizens do beside what offices do, each on a demo of its own. Needs the release build and the npm packages to be
/// there.
///
/// # Errors
/// When a demo does not come up.
pub(crate) fn walk_all() -> anyhow::Result<Ended> {
    let (citizens, offices) = std::thread::scope(|scope| {
        let citizens = scope.spawn(|| walk("e2e-citizens", CITIZENS));
        let offices = walk("e2e-offices", OFFICES);
        (citizens.join(), offices)
    });
    let mut ended = offices?;
    let citizens = citizens.map_err(|_| anyhow::anyhow!("walking the journeys of citizens panicked"))??;
    ended.output.push_str(&citizens.output);
    if ended.is_success {
        ended.is_success = citizens.is_success;
        ended.reason = citizens.reason;
    }
    Ok(ended)
}

fn walk(folder: &str, journeys: &[&str]) -> anyhow::Result<Ended> {
    let (_demo, address) = demo(folder)?;
    let words = [&["e2e/run.mjs"], journeys].concat();
    let browser = setup::browser_path().context("no browser; `cargo xtask setup` installs one")?;
    let program = Program::new("node", &words)
        .env("SIGAP_CHROMIUM", &browser.to_string_lossy())
        .env("SIGAP_URL", &address)
        .time_max(JOURNEYS_TIME_MAX);
    println!("{}", program.shown());
    program.run()
}

/// Starts the demo of the release build on a free port, with an empty folder of that name; its address. It ends with the value.
///
/// # Errors
/// When it does not come up.
pub(crate) fn demo(folder: &str) -> anyhow::Result<(Service, String)> {
    let data = workspace::fresh_folder(folder).context("cannot make a folder for the demo's data")?;
    let data = data.to_string_lossy();
    let (demo, address) = Program::new(
        release::binary("sigap"),
        &["demo", "--listen", "127.0.0.1:0", "--data", &data],
    )
    .time_max(DEMO_READY_MAX)
    .start(address_in)?;
    println!("the demo is up at {address}");
    Ok((demo, address))
}

/// The address in the line of the phone page, `phone    http://127.0.0.1:40123/phone`: scheme, host and port only.
fn address_in(line: &str) -> Option<String> {
    let rest = line.trim_end().strip_suffix("/phone")?;
    let start = rest.find("http://")?;
    let rest = rest.get(start + "http://".len()..)?;
    let host: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '[' | ']'))
        .collect();
    let (_, port) = host.rsplit_once(':')?;
    port.parse::<u16>()
        .is_ok_and(|port| port > 0)
        .then(|| format!("http://{host}"))
}

#[cfg(test)]
mod tests;
