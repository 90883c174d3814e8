//! Flows of a business account: made, given their screens, published. Meta checks the screens and says what is wrong with them.

use bytes::Bytes;
use hyper::Method;
use hyper::header::HeaderValue;
use serde_json::{Value, json};

use super::files::{boundary_of, is_path_word};
use super::{ANSWER_BYTES_MAX, CallError, Client, NotSent, answer};

/// Faults of a Flow's screens that are read.
const FAULTS_MAX: usize = 50;

impl Client {
    /// Makes a Flow of one of Meta's categories, still without screens; its id. With an address phones ask there for each screen.
    ///
    /// # Errors
    /// A failed call, or a name that is taken.
    pub async fn create_flow(
        &self,
        waba_id: &str,
        name: &str,
        category: &str,
        endpoint: Option<&str>,
    ) -> Result<String, CallError> {
        let mut body = json!({ "name": name, "categories": [category] });
        if let Some(endpoint) = endpoint {
            body["endpoint_uri"] = json!(endpoint);
        }
        let answer = self.post_json(&format!("{waba_id}/flows"), &body).await?;
        let id = answer.get("id").and_then(Value::as_str).unwrap_or_default();
        if is_path_word(id) {
            Ok(id.to_owned())
        } else {
            Err(CallError::NoAnswer)
        }
    }

    /// Gives a Flow its screens; what Meta finds wrong with them, in its words. Empty: nothing.
    ///
    /// # Errors
    /// A failed call.
    pub async fn put_flow_json(&self, flow_id: &str, flow: &Value) -> Result<Vec<String>, CallError> {
        if !is_path_word(flow_id) {
            return Err(CallError::NotSent(NotSent::Unbuildable));
        }
        let text = flow.to_string();
        let boundary = boundary_of(text.as_bytes());
        let body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nflow.json\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"asset_type\"\r\n\r\nFLOW_JSON\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"flow.json\"\r\n\
             Content-Type: application/json\r\n\r\n{text}\r\n--{boundary}--\r\n"
        );
        let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
            .map_err(|_| CallError::NotSent(NotSent::Unbuildable))?;
        let answer = self
            .post_flow(&format!("{flow_id}/assets"), content_type, Bytes::from(body))
            .await?;
        let faults = answer.get("validation_errors").and_then(Value::as_array);
        let faults = faults.into_iter().flatten().take(FAULTS_MAX);
        Ok(faults
            .map(|fault| {
                let message = fault.get("message").and_then(Value::as_str);
                message.map_or_else(|| fault.to_string(), str::to_owned)
            })
            .collect())
    }

    /// Publishes a Flow; from then on messages may carry it.
    ///
    /// # Errors
    /// A failed call, or screens that Meta will not have.
    pub async fn publish_flow(&self, flow_id: &str) -> Result<(), CallError> {
        if !is_path_word(flow_id) {
            return Err(CallError::NotSent(NotSent::Unbuildable));
        }
        self.post_json(&format!("{flow_id}/publish"), &json!({})).await?;
        Ok(())
    }

    /// Gives a number the public key with which phones close what they send to our endpoint. Again after a migration of the number.
    ///
    /// # Errors
    /// A failed call, or a key that Meta will not have.
    pub async fn put_public_key(&self, phone_number_id: &str, public_pem: &str) -> Result<(), CallError> {
        if !is_path_word(phone_number_id) {
            return Err(CallError::NotSent(NotSent::Unbuildable));
        }
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        let body = format!("business_public_key={}", in_form(public_pem));
        let path = format!("{phone_number_id}/whatsapp_business_encryption");
        self.post_flow(&path, form_type, Bytes::from(body)).await?;
        Ok(())
    }

    async fn post_json(&self, path: &str, body: &Value) -> Result<Value, CallError> {
        let json_type = HeaderValue::from_static("application/json");
        self.post_flow(path, json_type, Bytes::from(body.to_string())).await
    }

    async fn post_flow(&self, path: &str, content_type: HeaderValue, body: Bytes) -> Result<Value, CallError> {
        let content = Some((content_type, body));
        let uri = self.uri(path)?;
        let answer = self
            .call(Method::POST, uri, content, self.call_timeout, ANSWER_BYTES_MAX)
            .await?;
        answer::to_success(&answer)
    }
}

/// A value of a form: everything but letters and digits by its bytes.
fn in_form(value: &str) -> String {
    let mut text = String::with_capacity(value.len() * 2);
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
