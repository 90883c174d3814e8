//! The words of a voice note, where an office has a program that hears them: the sound goes in, words come out. Without one nothing is
//! transcribed, and officers listen themselves. The program runs on this machine: no sound leaves it.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// For one voice note.
const HEARING_MAX: Duration = Duration::from_secs(120);
/// Bytes of words that are taken.
const WORDS_BYTES_MAX: u64 = 32 * 1024;

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcriber {
    program: String,
    arguments: Vec<String>,
}

impl Transcriber {
    /// The program of a setting, words parted by spaces; none when it is empty.
    #[must_use]
    pub fn read(setting: &str) -> Option<Self> {
        let mut words = setting.split_whitespace().map(str::to_owned);
        Some(Self {
            program: words.next()?,
            arguments: words.collect(),
        })
    }

    /// The words of a sound; `None` when the program heard none, failed, or took too long.
    pub async fn hear(&self, sound: &[u8]) -> Option<String> {
        match tokio::time::timeout(HEARING_MAX, self.run(sound)).await {
            Ok(Ok(words)) => words,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the transcriber could not be run; officers listen themselves");
                None
            }
            Err(_) => {
                tracing::warn!("the transcriber took too long; officers listen themselves");
                None
            }
        }
    }

    async fn run(&self, sound: &[u8]) -> std::io::Result<Option<String>> {
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
                stdout.take(WORDS_BYTES_MAX).read_to_end(&mut words).await?;
            }
            Ok::<_, std::io::Error>(words)
        };
        let ((), words) = tokio::join!(give, take);
        let words = words?;
        if !child.wait().await?.success() {
            tracing::warn!("the transcriber failed; officers listen themselves");
            return Ok(None);
        }
        let words = String::from_utf8_lossy(&words).trim().to_owned();
        Ok(Some(words).filter(|words| !words.is_empty()))
    }
}

#[cfg(test)]
mod tests;
