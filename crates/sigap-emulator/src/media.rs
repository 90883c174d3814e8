//! Files that travel beside messages: uploaded by the office, or sent by a person. Held in memory, few at a time.

use std::collections::HashMap;
use std::sync::Mutex;

use bytes::Bytes;
use jiff::Timestamp;

use crate::limits::{DOCUMENT_BYTES_MAX, IMAGE_BYTES_MAX, MEDIA_KEPT_MAX, SOUND_BYTES_MAX, STICKER_BYTES_MAX};
use crate::lock::lock;

/// One file.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) bytes: Bytes,
    pub(crate) mime_type: String,
    pub(crate) stored_at: Timestamp,
}

/// The files at hand.
#[derive(Default)]
pub(crate) struct MediaShelf(Mutex<HashMap<String, File>>);

impl MediaShelf {
    /// Keeps a file; the oldest goes when the shelf is full.
    pub(crate) fn put(&self, id: String, file: File) {
        let mut files = lock(&self.0);
        if files.len() >= MEDIA_KEPT_MAX {
            let oldest = files
                .iter()
                .min_by_key(|(_, file)| file.stored_at)
                .map(|(id, _)| id.clone());
            if let Some(oldest) = oldest {
                files.remove(&oldest);
            }
        }
        files.insert(id, file);
    }

    pub(crate) fn get(&self, id: &str) -> Option<File> {
        lock(&self.0).get(id).cloned()
    }

    pub(crate) fn remove(&self, id: &str) -> bool {
        lock(&self.0).remove(id).is_some()
    }
}

/// The kind of message a file of this type belongs to, and the most bytes it may have (Meta, supported media types).
pub(crate) fn kind_of(mime_type: &str) -> Option<(&'static str, usize)> {
    let plain = mime_type.split(';').next().unwrap_or_default().trim();
    Some(match plain {
        "image/jpeg" | "image/png" => ("image", IMAGE_BYTES_MAX),
        "image/webp" => ("sticker", STICKER_BYTES_MAX),
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" => ("audio", SOUND_BYTES_MAX),
        "video/mp4" | "video/3gpp" => ("video", SOUND_BYTES_MAX),
        "text/plain"
        | "application/pdf"
        | "application/msword"
        | "application/vnd.ms-excel"
        | "application/vnd.ms-powerpoint"
        | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        | "application/vnd.openxmlformats-officedocument.presentationml.presentation" => {
            ("document", DOCUMENT_BYTES_MAX)
        }
        _ => return None,
    })
}
