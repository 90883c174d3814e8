//! Why content cannot be loaded at all. What is merely wrong in a text is a finding of the check, not an error.

use std::path::PathBuf;

/// Content that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that has to be there is not.
    #[error("content file `{file}` is missing, copy it from the embedded content")]
    Missing {
        /// Path below the content folder.
        file: String,
    },
    /// A file is not what its place promises.
    #[error("content file `{file}` is not valid: {message}")]
    Invalid {
        /// Path below the content folder.
        file: String,
        /// What is wrong and where.
        message: String,
    },
}

impl ContentError {
    pub(crate) fn invalid(file: &str, message: impl std::fmt::Display) -> Self {
        Self::Invalid {
            file: file.to_owned(),
            message: message.to_string(),
        }
    }
}
