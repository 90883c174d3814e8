//! Files up and down: upload by multipart, ask for a file's address, fetch it within a bound and check its digest.

use bytes::Bytes;
use data_encoding::HEXLOWER;
use hyper::Method;
use hyper::header::HeaderValue;
use sha2::{Digest, Sha256};

use super::{Broken, CallError, Client, NotSent, answer, check_address};
use crate::media;

/// A file to upload.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its bytes.
    pub bytes: Bytes,
    /// Its name, for people.
    pub filename: String,
    /// What it is said to be; the first bytes are believed more.
    pub mime_type: String,
}

/// Where a file can be fetched, for five minutes.
#[derive(Clone)]
pub struct MediaInfo {
    /// The address; needs our token. Not for logs.
    pub url: String,
    /// What it is said to be.
    pub mime_type: String,
    /// Its SHA-256 in hex (base64 is read too); empty when Meta did not say.
    pub sha256: String,
    /// Its length in bytes, when told.
    pub bytes_count: Option<u64>,
}

impl std::fmt::Debug for MediaInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MediaInfo")
            .field("mime_type", &self.mime_type)
            .field("bytes_count", &self.bytes_count)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Uploads a file for a business number; the id works for 30 days.
    ///
    /// # Errors
    /// A file above Meta's limit for its kind, or a failed call.
    pub async fn upload_media(&self, phone_number_id: &str, upload: &Upload) -> Result<String, CallError> {
        let mime_type = media::sniff(&upload.bytes).unwrap_or(&upload.mime_type);
        let most = media::bytes_max(mime_type);
        if upload.bytes.len() > most {
            return Err(CallError::TooLarge { most });
        }
        let (content_type, body) = multipart(upload, mime_type)?;
        let uri = self.uri(&format!("{phone_number_id}/media"))?;
        let content = Some((content_type, body));
        let answer = self
            .call(Method::POST, uri, content, self.file_timeout, super::ANSWER_BYTES_MAX)
            .await?;
        let json = answer::to_success(&answer)?;
        json.get("id")
            .and_then(|id| id.as_str())
            .map(str::to_owned)
            .ok_or(CallError::NoAnswer)
    }

    /// Asks where a file can be fetched. Ids from webhooks work for seven days.
    ///
    /// # Errors
    /// A failed call.
    pub async fn media_url(&self, phone_number_id: &str, media_id: &str) -> Result<MediaInfo, CallError> {
        if !is_path_word(media_id) {
            return Err(CallError::NotSent(NotSent::Unbuildable));
        }
        let uri = self.uri(&format!("{media_id}?phone_number_id={phone_number_id}"))?;
        let json = answer::to_success(&self.get(uri).await?)?;
        let text = |name: &str| json.get(name).and_then(|value| value.as_str()).map(str::to_owned);
        Ok(MediaInfo {
            url: text("url").ok_or(CallError::NoAnswer)?,
            mime_type: text("mime_type").unwrap_or_default(),
            sha256: text("sha256").unwrap_or_default(),
            bytes_count: json.get("file_size").and_then(|size| {
                size.as_u64()
                    .or_else(|| size.as_str().and_then(|digits| digits.parse().ok()))
            }),
        })
    }

    /// Fetches a file of at most `bytes_max` bytes and checks its digest when Meta told one.
    ///
    /// # Errors
    /// An address that is not safe, a file that is too large or another one, or a failed call.
    pub async fn download_media(&self, info: &MediaInfo, bytes_max: usize) -> Result<Bytes, CallError> {
        let too_large = CallError::TooLarge { most: bytes_max };
        if info.bytes_count.is_some_and(|count| count > bytes_max as u64) {
            return Err(too_large);
        }
        let uri = check_address(&info.url).map_err(|_| CallError::NotSent(NotSent::Unbuildable))?;
        let answer = match self.call(Method::GET, uri, None, self.file_timeout, bytes_max).await {
            Err(Broken::TooLarge) => return Err(too_large),
            other => other?,
        };
        if !answer.status.is_success() {
            return Err(answer::refusal(&answer).map_or(CallError::NoAnswer, CallError::Refused));
        }
        if !info.sha256.is_empty() && !media::has_digest(&answer.body, &info.sha256) {
            return Err(CallError::WrongDigest);
        }
        Ok(answer.body)
    }

    /// Deletes an uploaded file.
    ///
    /// # Errors
    /// A failed call.
    pub async fn delete_media(&self, phone_number_id: &str, media_id: &str) -> Result<(), CallError> {
        if !is_path_word(media_id) {
            return Err(CallError::NotSent(NotSent::Unbuildable));
        }
        let uri = self.uri(&format!("{media_id}?phone_number_id={phone_number_id}"))?;
        let answer = self
            .call(Method::DELETE, uri, None, self.call_timeout, super::ANSWER_BYTES_MAX)
            .await?;
        answer::to_success(&answer).map(|_| ())
    }
}

/// Media ids come from outside: nothing but letters, digits, dashes and underscores goes into a path.
pub(super) fn is_path_word(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// The boundary around a file is its own digest: it cannot stand in the file, and no randomness is needed.
pub(super) fn boundary_of(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn multipart(upload: &Upload, mime_type: &str) -> Result<(HeaderValue, Bytes), CallError> {
    let boundary = boundary_of(&upload.bytes);
    let filename: String = upload
        .filename
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '\\'))
        .collect();
    let mime_type: String = mime_type.chars().filter(|c| !c.is_control()).collect();
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n{mime_type}\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\n\
         Content-Type: {mime_type}\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let mut body = Vec::with_capacity(head.len() + upload.bytes.len() + tail.len());
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&upload.bytes);
    body.extend_from_slice(tail.as_bytes());
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
        .map_err(|_| CallError::NotSent(NotSent::Unbuildable))?;
    Ok((content_type, Bytes::from(body)))
}
