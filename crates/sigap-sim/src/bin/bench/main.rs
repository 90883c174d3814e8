//! `cargo xtask bench`: the figures of docs/performance.md, each beside a limit or a peer measured in the same run.
//!
//! The program under test runs as a process of its own; load generator, fake Graph API and peers run here, on the same
//! cores. Ratios are what counts; the machine's speed drifts.

use std::process::ExitCode;
use std::time::Duration;

mod bare;
mod engine;
mod graph;
mod growth;
mod installation;
mod load;
mod postgres;
mod program;
mod report;

use report::Report;

/// Connections of the load generator.
const CONNECTIONS: usize = 512;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [role, address] = arguments.as_slice()
        && role == "--bare-webhook"
    {
        return bare::serve(address);
    }
    let is_quick = arguments.iter().any(|word| word == "--quick");
    let length = if is_quick {
        Duration::from_secs(3)
    } else {
        Duration::from_secs(10)
    };
    let rounds = if is_quick { 1 } else { 3 };
    let mut report = Report::new(is_quick);
    if arguments.iter().any(|word| word == "--growth") {
        return run(report, async |report| growth::measure(report, length, is_quick).await);
    }
    if arguments.iter().any(|word| word == "--postgres") {
        return run(report, async |report| postgres::measure(report, length, is_quick).await);
    }
    engine::measure(&mut report, if is_quick { 2_000 } else { 20_000 });
    bare::group_commit(&mut report, length / 2);
    run(report, async |report| program::measure(report, length, rounds).await)
}

/// Runs what needs a runtime, and ends the report.
fn run(mut report: Report, measure: impl AsyncFnOnce(&mut Report) -> installation::Outcome<()>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => {
            if let Err(error) = runtime.block_on(measure(&mut report)) {
                report.failed(&format!("the program could not be measured: {error}"));
            }
        }
        Err(error) => report.failed(&error.to_string()),
    }
    report.finish()
}
