//! Meta's error object, and the words of each code. The HTTP status is a hint only, as with Meta: the code decides.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal in Meta's shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GraphError {
    pub(crate) code: i64,
    subcode: Option<i64>,
    details: String,
}

impl GraphError {
    /// A code with a sentence about this case.
    pub(crate) fn new(code: i64, details: impl Into<String>) -> Self {
        Self {
            code,
            subcode: None,
            details: details.into(),
        }
    }

    /// The token is missing, wrong or expired.
    pub(crate) fn token() -> Self {
        Self::new(190, "Error validating access token")
    }

    /// Nothing stands under this id.
    pub(crate) fn no_such_object(id: &str) -> Self {
        Self {
            code: 100,
            subcode: Some(33),
            details: format!(
                "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions"
            ),
        }
    }

    /// A needed parameter is missing (131008).
    pub(crate) fn missing(parameter: &str) -> Self {
        Self::new(131_008, format!("Required parameter {parameter} is missing"))
    }

    /// A parameter has a value that Meta does not take (131009).
    pub(crate) fn value(details: impl Into<String>) -> Self {
        Self::new(131_009, details)
    }

    /// A parameter that Meta does not know, or of the wrong type (100).
    pub(crate) fn parameter(details: impl Into<String>) -> Self {
        Self::new(100, details)
    }

    /// Words of a template that Meta does not take: a plain code, and a subcode that says which rule.
    pub(crate) fn template(subcode: i64, details: &str) -> Self {
        Self {
            code: 100,
            subcode: Some(subcode),
            details: details.to_owned(),
        }
    }

    /// The body of the answer.
    pub(crate) fn body(&self) -> serde_json::Value {
        let meaning = meaning(self.code);
        let mut error = json!({
            "message": format!("(#{}) {meaning}", self.code),
            "type": "OAuthException",
            "code": self.code,
            "error_data": { "messaging_product": "whatsapp", "details": self.details },
            "fbtrace_id": "AEmulatorTrace",
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
            // About templates Meta speaks to people, not to programs.
            if (2_388_000..2_389_000).contains(&subcode) {
                error["error_user_title"] = json!("Message template");
                error["error_user_msg"] = json!(self.details);
                error["error_data"] = json!({});
            }
        }
        json!({ "error": error })
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self.code {
            0 | 190 => StatusCode::UNAUTHORIZED,
            3 | 10 | 200..=299 | 131_005 | 368 | 131_031 => StatusCode::FORBIDDEN,
            4 | 80_007 | 80_008 | 130_429 | 131_056 | 131_048 => StatusCode::TOO_MANY_REQUESTS,
            1 | 2 | 131_000 | 131_016 | 133_004 => StatusCode::INTERNAL_SERVER_ERROR,
            132_001 => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        (self.status(), Json(self.body())).into_response()
    }
}

/// What a code means, in a few words (Meta, error codes). Unknown codes exist, and stay unknown.
pub(crate) fn meaning(code: i64) -> &'static str {
    match code {
        0 => "AuthException",
        1 => "API Unknown",
        2 => "API Service",
        3 => "API Method",
        4 => "API Too Many Calls",
        10 | 200..=299 => "Permission Denied",
        33 => "Parameter value is not valid",
        100 => "Invalid parameter",
        190 => "Access token has expired",
        368 => "Temporarily blocked for policies violations",
        80_007 | 80_008 => "Rate limit issues",
        130_403 => "User is blocked",
        130_429 => "Rate limit hit",
        130_472 => "User's number is part of an experiment",
        130_497 => "Business account is restricted from messaging users in this country",
        131_000 => "Something went wrong",
        131_005 => "Access denied",
        131_008 => "Required parameter is missing",
        131_009 => "Parameter value is not valid",
        131_016 => "Service unavailable",
        131_021 => "Recipient cannot be sender",
        131_026 => "Message undeliverable",
        131_030 => "Recipient phone number not in allowed list",
        131_031 => "Account has been locked",
        131_037 => "Display name approval is needed",
        131_042 => "Business eligibility payment issue",
        131_045 => "Incorrect certificate",
        131_047 => "Re-engagement message",
        131_048 => "Spam rate limit hit",
        131_049 => "This message was not delivered to maintain healthy ecosystem engagement",
        131_050 => "User has stopped marketing messages",
        131_051 => "Unsupported message type",
        131_052 => "Media download error",
        131_053 => "Media upload error",
        131_056 => "(Business Account, Consumer Account) pair rate limit hit",
        131_057 => "Account in maintenance mode",
        131_062 => "Business-scoped user ID is not allowed for this message",
        132_000 => "Template parameter count mismatch",
        132_001 => "Template does not exist",
        132_005 => "Template hydrated text too long",
        132_007 => "Template format character policy violated",
        132_012 => "Template parameter format mismatch",
        132_015 => "Template is paused",
        132_016 => "Template is disabled",
        132_068 => "Flow is blocked",
        132_069 => "Flow is throttled",
        133_004 => "Server temporarily unavailable",
        133_010 => "Phone number not registered",
        135_000 => "Generic user error",
        137_000 => "Identity key hash mismatch",
        _ => "Unknown error",
    }
}
