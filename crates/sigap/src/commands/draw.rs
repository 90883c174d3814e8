//! `sigap draw verify`: replays a published draw, so that nobody has to believe the office.

use std::path::PathBuf;

use anyhow::Context;
use sigap_core::release::draw::tree;
use sigap_core::release::hash::Hex;
use sigap_core::release::inclusion::prove;
use sigap_core::release::transcript::checks::{CHECKS, Mismatch};
use sigap_core::release::transcript::sample::sample;
use sigap_core::release::transcript::{Transcript, verify as replay};

use super::print;

/// Which transcript: one of the two.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub(super) struct Record {
    /// The transcript, as it was published.
    file: Option<PathBuf>,
    /// Replay the transcript in the program instead, and forgeries of it.
    #[arg(long)]
    self_test: bool,
}

/// Replays it. False when something does not match.
pub(super) fn verify(record: &Record) -> anyhow::Result<bool> {
    let mut tally = Tally::default();
    match &record.file {
        Some(file) => {
            let text = std::fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
            let transcript = Transcript::from_json(&text)
                .with_context(|| format!("`{}` is no transcript of a draw", file.display()))?;
            check(&transcript, &mut tally);
        }
        // Without a file it was asked for: one of the two is required.
        None => self_test(&mut tally)?,
    }
    print::line(&format!("checked {}, failed {}", tally.checked, tally.failed));
    Ok(tally.failed == 0)
}

#[derive(Default)]
struct Tally {
    checked: u32,
    failed: u32,
}

impl Tally {
    /// Counts one comparison. The sentence about a failure goes where failures go.
    fn count(&mut self, promise: &str, found: Result<(), String>) {
        self.checked += 1;
        match found {
            Ok(()) => print::line(&format!("ok    {promise}")),
            Err(why) => {
                self.failed += 1;
                print::line(&format!("WRONG {promise}"));
                print::error(&format!("sigap: {why}"));
            }
        }
    }
}

fn check(transcript: &Transcript, tally: &mut Tally) {
    let plan = &transcript.plan;
    let shown = |hex: Option<Hex>| hex.map_or("not published yet".to_owned(), |hex| hex.to_string());
    print::line(&format!(
        "draw          {} of {} on {}",
        plan.service, plan.office, plan.day
    ));
    print::line(&format!("commitment    {}", transcript.commitment));
    print::line(&format!("root          {}", shown(transcript.root)));
    print::line(&format!(
        "public value  {} ({})",
        transcript.public_value.as_deref().unwrap_or("not published yet"),
        plan.public_value_source
    ));
    print::line(&format!("fingerprint   {}", shown(transcript.sha256)));
    for check in CHECKS {
        tally.count(
            check.promise,
            (check.run)(transcript).map_err(|mismatch| mismatch.to_string()),
        );
    }
    if let Ok(found) = replay(transcript) {
        print::line(&format!(
            "{} entries with {} people for {} places; {} entries got {} places, {} wait",
            found.entries,
            found.people,
            found.places,
            found.winners,
            found.places_given,
            found.entries - found.winners
        ));
        print::line("compare commitment, root and public value with what was published before the draw");
    }
}

/// The record in the program is replayed, every entry in it proven, and forgeries of it are found.
fn self_test(tally: &mut Tally) -> anyhow::Result<()> {
    let sample = sample().context("the transcript in the program cannot be read; take another build")?;
    check(&sample, tally);
    let tree = tree(&sample.entries);
    let is_proven = |id| prove(&sample.entries, &tree, id).is_some_and(|proof| proof.holds_under(&tree.root()));
    let unproven = sample.entries.iter().filter(|entry| !is_proven(entry.id)).count();
    tally.count(
        &format!("each of {} entries is proven to be among them", sample.entries.len()),
        (unproven == 0)
            .then_some(())
            .ok_or(format!("{unproven} entries are not proven")),
    );
    for forgery in FORGERIES {
        let mut forged = sample.clone();
        (forgery.make)(&mut forged);
        // A forger would make the fingerprint anew.
        forged.sha256 = Some(forged.fingerprint());
        let found = match replay(&forged) {
            Err(mismatch) if mismatch == forgery.is_found_as => Ok(()),
            Err(other) => Err(format!("a forgery is found, but as another: {other}")),
            Ok(_) => Err("a forgery is not found; do not trust this build".to_owned()),
        };
        tally.count(forgery.promise, found);
    }
    Ok(())
}

/// Something that an office, or somebody in it, could try.
struct Forgery {
    promise: &'static str,
    make: fn(&mut Transcript),
    is_found_as: Mismatch,
}

const FORGERIES: &[Forgery] = &[
    Forgery {
        promise: "a place added to the plan afterwards is found",
        make: |record| record.plan.slots.iter_mut().for_each(|slot| slot.places += 1),
        is_found_as: Mismatch::Commitment,
    },
    Forgery {
        promise: "another secret is found",
        make: |record| record.secret = Some(Hex([0; 32])),
        is_found_as: Mismatch::Commitment,
    },
    Forgery {
        promise: "more weight for somebody is found",
        make: |record| {
            record
                .entries
                .iter_mut()
                .take(1)
                .for_each(|entry| entry.doubled_weight = 9)
        },
        is_found_as: Mismatch::Root,
    },
    Forgery {
        promise: "another public value is found",
        make: |record| record.public_value = Some("0".into()),
        is_found_as: Mismatch::Result,
    },
    Forgery {
        promise: "a place for somebody who lost is found",
        make: |record| {
            if let Some(result) = &mut record.result {
                let lost = result.others.first().copied();
                result
                    .winners
                    .iter_mut()
                    .zip(lost)
                    .for_each(|(winner, lost)| winner.id = lost);
            }
        },
        is_found_as: Mismatch::Result,
    },
];
