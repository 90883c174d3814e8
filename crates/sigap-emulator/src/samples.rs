//! Small files a person can send without having any: a photo, a letter, a voice note, a sticker. All made for this.

/// A file that is always at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sample {
    Photo,
    Letter,
    VoiceNote,
    Sticker,
}

impl Sample {
    pub(crate) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Photo => include_bytes!("../assets/photo.png"),
            Self::Letter => include_bytes!("../assets/letter.pdf"),
            Self::VoiceNote => include_bytes!("../assets/voice.ogg"),
            Self::Sticker => include_bytes!("../assets/sticker.webp"),
        }
    }

    pub(crate) fn mime_type(self) -> &'static str {
        match self {
            Self::Photo => "image/png",
            Self::Letter => "application/pdf",
            Self::VoiceNote => "audio/ogg; codecs=opus",
            Self::Sticker => "image/webp",
        }
    }

    pub(crate) fn filename(self) -> Option<&'static str> {
        match self {
            Self::Letter => Some("surat.pdf"),
            Self::Photo | Self::VoiceNote | Self::Sticker => None,
        }
    }
}
