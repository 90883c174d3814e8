//! A program that hears: the sound goes into its standard input, words come out of its standard output.

use std::process::Stdio;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use super::WORDS_BYTES_MAX;

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    program: String,
    arguments: Vec<String>,
}

impl Program {
    pub(super) fn read(setting: &str) -> Option<Self> {
        let mut words = setting.split_whitespace().map(str::to_owned);
        Some(Self {
            program: words.next()?,
            arguments: words.collect(),
        })
    }

    pub(super) async fn hear(&self, sound: &[u8]) -> anyhow::Result<Option<String>> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let give = async {
            if let Some(mut stdin) = stdin {
                // A program that has heard enough may close its ear.
                let _ = stdin.write_all(sound).await;
            }
        };
        let take = async {
            let mut words = Vec::new();
            if let Some(stdout) = stdout {
                stdout.take(WORDS_BYTES_MAX as u64).read_to_end(&mut words).await?;
            }
            Ok::<_, std::io::Error>(words)
        };
        let ((), words) = tokio::join!(give, take);
        let words = words?;
        if !child.wait().await?.success() {
            tracing::warn!("the transcriber failed; officers listen themselves");
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&words).into_owned()))
    }
}
