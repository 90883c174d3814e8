//! Starts the demo on a free port with an empty folder, and lets a browser walk through it (`e2e/run.mjs`).

use std::time::Duration;

use anyhow::Context;

use crate::program::{Ended, Program, Service};
use crate::{Verdict, refuse, release, setup, workspace};

/// The journeys that exist. `phone`: a citizen writes on the phone page and is answered. `booking`: one books, enters a draw, and
/// opens the pages that belong to it. `display`: a machine gives a number, a phone follows it, the board shows and speaks the call.
/// `notices`: templates are submitted and judged. `figures`: head, directorate and citizens read what was counted. `cases`: the helpdesk talks with a citizen. `camera`: a ticket is read by a camera. `content`: what citizens read is changed, tried and published. `reports`: status reports are looked at and applied.
/// `citizen`: somebody books, changes, cancels, complains and chats in the browser. `guide`: somebody without an account chooses the office,
/// asks for papers and checks a number. `offline`: a phone without a network, and looks that everybody may choose. `staff`: officers at door and desk, with the network down in the middle.
const JOURNEYS: &[&str] = &[
    "booking", "camera", "cases", "citizen", "content", "display", "figures", "guide", "notices", "offline", "phone",
    "programs", "reports", "staff", "survey",
];

/// The demo fills its database and is ready within seconds; a minute covers a busy machine.
const DEMO_READY_MAX: Duration = Duration::from_secs(60);

/// All journeys together, browser start included.
const JOURNEYS_TIME_MAX: Duration = Duration::from_secs(10 * 60);

/// `cargo xtask e2e [booking|camera|cases|citizen|content|display|figures|guide|notices|offline|phone|programs|reports|staff|survey]`
pub(crate) fn run(words: &[String]) -> anyhow::Result<Verdict> {
    let journey = match words {
        [] => None,
        [name] if JOURNEYS.contains(&name.as_str()) => Some(name.as_str()),
        [name, ..] => return Ok(refuse("e2e", name)),
    };
    setup::install()?;
    release::build()?;
    let ended = journeys(journey)?;
    Ok(if ended.is_success {
        Verdict::Passed
    } else {
        Verdict::Failed
    })
}

/// Walks one journey, or all. Needs the release build and the npm packages to be there.
///
/// # Errors
/// When the demo does not come up.
pub(crate) fn journeys(journey: Option<&str>) -> anyhow::Result<Ended> {
    let (_demo, address) = demo("e2e-data")?;
    let mut words = vec!["e2e/run.mjs"];
    words.extend(journey);
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
