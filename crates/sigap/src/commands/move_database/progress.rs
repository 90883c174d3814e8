//! How far a move is: a bar on a terminal, a line now and then elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use sigap_store::copying::Progress;

use super::super::print;

/// Rows of one table after which there is a line, where there is no terminal.
const LINE_ROWS: u64 = 100_000;

/// Tells of one pass over all tables.
pub(super) struct Teller {
    /// What is done with the rows, as `copied`.
    did: &'static str,
    bar: ProgressBar,
    /// Rows of the table at the last line.
    told: u64,
}

impl Teller {
    pub(super) fn new(did: &'static str) -> anyhow::Result<Self> {
        let bar = ProgressBar::new(0);
        bar.set_style(ProgressStyle::with_template(
            "{msg} {bar:40} {pos}/{len} rows, {eta} left",
        )?);
        Ok(Self { did, bar, told: 0 })
    }

    pub(super) fn tell(&mut self, progress: Progress<'_>) {
        let Progress { table, done, total } = progress;
        if total == 0 {
            return;
        }
        if !self.bar.is_hidden() {
            self.show(table, done, total);
            return;
        }
        if done < self.told {
            self.told = 0;
        }
        if done >= total {
            print::line(&format!("{} `{table}`: {done} rows", self.did));
            self.told = 0;
        } else if done >= self.told + LINE_ROWS {
            print::line(&format!("{} `{table}`: {done} of {total} rows", self.did));
            self.told = done;
        }
    }

    fn show(&self, table: &str, done: u64, total: u64) {
        if self.bar.message() != table {
            self.bar.reset();
            self.bar.set_message(table.to_owned());
            self.bar.set_length(total);
        }
        self.bar.set_position(done);
    }
}

impl Drop for Teller {
    /// The bar goes; what it led to is said in lines.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
