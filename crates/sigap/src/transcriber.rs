//! The words of a voice note, where an office has something that hears them: a program, or a service on the same machine. Without either
//! nothing is transcribed, and officers listen themselves. A voice is personal data: no sound leaves the machine.

use std::time::Duration;

use service::HearingService;

mod program;
mod service;

use program::Program;

/// For one voice note.
const HEARING_MAX: Duration = Duration::from_secs(120);
/// Bytes of words that are taken.
const WORDS_BYTES_MAX: usize = 32 * 1024;

/// What hears voice notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transcriber {
    /// A program that is started for each.
    Program(Program),
    /// A service that runs.
    Service(HearingService),
}

impl Transcriber {
    /// The transcriber of a setting; none when it is empty. `http://127.0.0.1:8080/inference` and `unix:/run/hear.sock` are services, anything
    /// else is a program with its arguments, words parted by spaces.
    ///
    /// # Errors
    /// For the address of another machine, and one that cannot be read.
    pub fn read(setting: &str) -> anyhow::Result<Option<Self>> {
        let setting = setting.trim();
        if let Some(service) = HearingService::read(setting)? {
            return Ok(Some(Self::Service(service)));
        }
        Ok(Program::read(setting).map(Self::Program))
    }

    /// The words of a sound of that kind; `None` when none were heard, it failed, or it took too long.
    pub async fn hear(&self, mime_type: &str, sound: &[u8]) -> Option<String> {
        let hears = async {
            match self {
                Self::Program(program) => program.hear(sound).await,
                Self::Service(service) => service.hear(mime_type, sound).await,
            }
        };
        match tokio::time::timeout(HEARING_MAX, hears).await {
            Ok(Ok(words)) => words
                .map(|words| words.trim().to_owned())
                .filter(|words| !words.is_empty()),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the transcriber cannot be used; officers listen themselves");
                None
            }
            Err(_) => {
                tracing::warn!("the transcriber took too long; officers listen themselves");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
