//! A tiny server that answers well, badly, late or not at all.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use secrecy::SecretString;
use sigap_core::notices::template::{TemplateButton, TemplateText};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{CallError, Client, Config, ConfigError, MediaInfo, Upload};
use crate::errors::{CODE_UNREADABLE, NotSent, SendOutcome};
use crate::outbound::MarkAsRead;

/// What the server does with a connection after it read a request.
#[derive(Clone)]
enum Behaviour {
    Answer(String),
    Reset,
    Silence,
}

/// A server on loopback that treats every request alike and remembers them.
async fn server(behaviour: Behaviour) -> (SocketAddr, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seen_by_server = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, behaviour.clone(), Arc::clone(&seen_by_server)));
        }
    });
    (address, seen)
}

async fn serve(mut stream: TcpStream, behaviour: Behaviour, seen: Arc<Mutex<Vec<Vec<u8>>>>) {
    while let Some(request) = read_request(&mut stream).await {
        seen.lock().unwrap().push(request);
        match &behaviour {
            Behaviour::Answer(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
            Behaviour::Reset => return,
            Behaviour::Silence => std::future::pending::<()>().await,
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0_u8; 4_096];
    loop {
        let count = stream.read(&mut buffer).await.ok().filter(|&count| count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.trim().parse().unwrap());
            let head_length = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
            if bytes.len() >= head_length + length {
                return Some(bytes);
            }
        }
    }
}

fn answer(status: &str, headers: &str, body: &str) -> Behaviour {
    Behaviour::Answer(format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    ))
}

fn client(address: SocketAddr) -> Client {
    let mut config = Config::new(&format!("http://{address}"), "v25.0", SecretString::from("token-1"));
    config.connect_timeout = Duration::from_millis(500);
    config.call_timeout = Duration::from_millis(400);
    config.file_timeout = Duration::from_secs(2);
    Client::new(&config).unwrap()
}

fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(test)
}

fn send_to(behaviour: Behaviour) -> SendOutcome {
    run(async {
        let (address, _) = server(behaviour).await;
        client(address).send("106", Bytes::from_static(b"{\"a\":1}")).await
    })
}

#[test]
fn an_accepted_message_tells_its_id_and_whom_it_reaches() {
    run(async {
        let body = r#"{"messaging_product":"whatsapp","contacts":[{"input":"+62811","wa_id":"62811","user_id":"ID.1"}],
            "messages":[{"id":"wamid.OUT","message_status":"accepted"}]}"#;
        let (address, seen) = server(answer("200 OK", "", body)).await;
        let client = client(address);
        for _ in 0..3 {
            let SendOutcome::Accepted(accepted) = client.send("106", Bytes::from_static(b"{\"a\":1}")).await else {
                panic!();
            };
            assert_eq!(accepted.wamid, "wamid.OUT");
            assert_eq!(accepted.recipient_phone.as_deref(), Some("62811"));
            assert_eq!(accepted.recipient_bsuid.as_deref(), Some("ID.1"));
            assert_eq!(accepted.message_status.as_deref(), Some("accepted"));
        }
        let seen = seen.lock().unwrap();
        let request = String::from_utf8(seen[0].clone()).unwrap().to_lowercase();
        assert!(request.starts_with("post /v25.0/106/messages http/1.1"), "{request}");
        assert!(request.contains("authorization: bearer token-1"));
        assert!(request.contains("content-type: application/json"));
        assert!(request.ends_with("{\"a\":1}"));
        assert_eq!(seen.len(), 3);
    });
}

#[test]
fn a_refusal_is_known_by_its_code_and_says_how_long_to_wait() {
    let body = r#"{"error":{"code":130429,"message":"slow","is_transient":true}}"#;
    let SendOutcome::Refused(error) = send_to(answer("429 Too Many Requests", "Retry-After: 7\r\n", body)) else {
        panic!();
    };
    assert_eq!((error.code, error.retry_after), (130_429, Some(Duration::from_secs(7))));

    let usage = "X-Business-Use-Case-Usage: {\"9\":[{\"type\":\"x\",\"estimated_time_to_regain_access\":5}]}\r\n";
    let SendOutcome::Refused(error) = send_to(answer("400 Bad Request", usage, r#"{"error":{"code":80007}}"#)) else {
        panic!();
    };
    assert_eq!(error.retry_after, Some(Duration::from_secs(300)));

    let SendOutcome::Refused(error) = send_to(answer("503 Down", "", r#"{"error":{"code":131016}}"#)) else {
        panic!("a server error with a code is a refusal");
    };
    assert_eq!(error.code, 131_016);

    let SendOutcome::Refused(error) = send_to(answer("404 Not Found", "", "<html>")) else {
        panic!()
    };
    assert_eq!((error.code, error.is_transient), (CODE_UNREADABLE, false));
}

#[test]
fn after_the_request_was_written_no_answer_means_unknown() {
    assert_eq!(send_to(Behaviour::Silence), SendOutcome::Unknown, "time is over");
    assert_eq!(send_to(Behaviour::Reset), SendOutcome::Unknown, "connection closed");
    assert_eq!(send_to(answer("502 Bad Gateway", "", "<html>")), SendOutcome::Unknown);
    assert_eq!(
        send_to(answer("200 OK", "", "{}")),
        SendOutcome::Unknown,
        "accepted without an id"
    );
    let cut = Behaviour::Answer("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\":".to_owned());
    assert_eq!(send_to(cut), SendOutcome::Unknown, "the answer breaks off");
}

#[test]
fn without_a_connection_nothing_was_sent() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let outcome = client(address).send("106", Bytes::from_static(b"{}")).await;
        assert_eq!(outcome, SendOutcome::NotSent(NotSent::NoConnection));
        let outcome = client(address).send("no path", Bytes::from_static(b"{}")).await;
        assert_eq!(outcome, SendOutcome::NotSent(NotSent::Unbuildable));
    });
}

#[test]
fn a_tls_handshake_that_never_ends_sent_nothing() {
    run(async {
        let (address, _) = server(Behaviour::Silence).await;
        let mut config = Config::new(&format!("https://{address}"), "v25.0", SecretString::from("t"));
        config.call_timeout = Duration::from_millis(200);
        let outcome = Client::new(&config)
            .unwrap()
            .send("106", Bytes::from_static(b"{}"))
            .await;
        assert_eq!(outcome, SendOutcome::NotSent(NotSent::TimedOut));
    });
}

#[test]
fn a_connection_that_the_server_closed_while_idle_is_replaced() {
    run(async {
        let body = r#"{"messages":[{"id":"wamid.OUT"}]}"#;
        let closing = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                read_request(&mut stream).await;
                stream.write_all(closing.as_bytes()).await.unwrap();
            }
        });
        let client = client(address);
        for _ in 0..5 {
            let outcome = client.send("106", Bytes::from_static(b"{}")).await;
            assert!(matches!(outcome, SendOutcome::Accepted(_)), "{outcome:?}");
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let new = |url: &str, token: &str| Client::new(&Config::new(url, "v25.0", SecretString::from(token))).err();
    for url in [
        "http://127.0.0.1:9",
        "http://localhost:9",
        "http://[::1]:9",
        "https://graph.facebook.com",
    ] {
        assert_eq!(new(url, "t"), None, "{url}");
    }
    for url in [
        "http://graph.facebook.com",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
    ] {
        assert_eq!(new(url, "t"), Some(ConfigError::PlainHttp), "{url}");
    }
    for url in ["", "graph.facebook.com", "ftp://127.0.0.1", "/path"] {
        assert_eq!(new(url, "t"), Some(ConfigError::Address), "{url}");
    }
    assert_eq!(new("https://graph.facebook.com", "a\nb"), Some(ConfigError::Token));
}

#[test]
fn marking_as_read_succeeds_or_tells_the_refusal() {
    run(async {
        let (address, seen) = server(answer("200 OK", "", r#"{"success":true}"#)).await;
        let mark = MarkAsRead::new("wamid.IN").with_typing();
        assert_eq!(client(address).mark_read("106", &mark).await, Ok(()));
        assert!(String::from_utf8_lossy(&seen.lock().unwrap()[0]).contains("typing_indicator"));
        let (address, _) = server(answer("400 Bad", "", r#"{"error":{"code":100}}"#)).await;
        assert!(
            matches!(client(address).mark_read("106", &mark).await, Err(CallError::Refused(error)) if error.code == 100)
        );
    });
}

#[test]
fn an_upload_names_what_the_file_really_is() {
    run(async {
        let (address, seen) = server(answer("200 OK", "", r#"{"id":"MEDIA9"}"#)).await;
        let upload = Upload {
            bytes: Bytes::from_static(b"%PDF-1.7 body"),
            filename: "a\"b\r\n.pdf".to_owned(),
            mime_type: "image/jpeg".to_owned(),
        };
        assert_eq!(
            client(address).upload_media("106", &upload).await.as_deref(),
            Ok("MEDIA9")
        );
        let request = String::from_utf8(seen.lock().unwrap()[0].clone()).unwrap();
        assert!(request.starts_with("POST /v25.0/106/media "));
        assert!(request.contains("Content-Type: application/pdf\r\n\r\n%PDF-1.7 body\r\n--"));
        assert!(request.contains("filename=\"ab.pdf\""), "{request}");
        let too_large = Upload {
            bytes: Bytes::from(vec![0_u8; 5 * 1024 * 1024 + 1]),
            mime_type: "image/png".to_owned(),
            ..upload
        };
        assert!(matches!(
            client(address).upload_media("106", &too_large).await,
            Err(CallError::TooLarge { .. })
        ));
    });
}

#[test]
fn a_download_is_bounded_and_its_digest_checked() {
    run(async {
        let (address, seen) = server(answer("200 OK", "", "abc")).await;
        let client = client(address);
        let mut info = MediaInfo {
            url: format!("http://{address}/file"),
            mime_type: "image/jpeg".to_owned(),
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(),
            bytes_count: Some(3),
        };
        assert_eq!(client.download_media(&info, 3).await, Ok(Bytes::from_static(b"abc")));
        assert!(
            String::from_utf8_lossy(&seen.lock().unwrap()[0])
                .to_lowercase()
                .contains("bearer token-1")
        );
        assert_eq!(
            client.download_media(&info, 2).await,
            Err(CallError::TooLarge { most: 2 })
        );
        info.bytes_count = None;
        assert_eq!(
            client.download_media(&info, 2).await,
            Err(CallError::TooLarge { most: 2 })
        );
        info.sha256 = "00".repeat(32);
        assert_eq!(client.download_media(&info, 3).await, Err(CallError::WrongDigest));
        info.url = "http://example.com/file".to_owned();
        assert_eq!(
            client.download_media(&info, 3).await,
            Err(CallError::NotSent(NotSent::Unbuildable))
        );
    });
}

#[test]
fn a_files_address_is_asked_for_by_a_checked_id() {
    run(async {
        let body =
            r#"{"url":"https://lookaside.example/1","mime_type":"image/jpeg","sha256":"ab","file_size":"12","id":"9"}"#;
        let (address, seen) = server(answer("200 OK", "", body)).await;
        let client = client(address);
        let info = client.media_url("106", "9").await.unwrap();
        assert_eq!(
            (info.url.as_str(), info.bytes_count),
            ("https://lookaside.example/1", Some(12))
        );
        assert!(String::from_utf8_lossy(&seen.lock().unwrap()[0]).starts_with("GET /v25.0/9?phone_number_id=106 "));
        assert!(client.media_url("106", "../106/messages").await.is_err());
        assert_eq!(seen.lock().unwrap().len(), 1);
    });
}

#[test]
fn templates_are_listed_with_their_state() {
    run(async {
        let body = r#"{"data":[{"name":"siap","language":"id","status":"APPROVED","category":"UTILITY","id":"1",
            "rejected_reason":"NONE","quality_score":{"score":"GREEN"},"components":[{"type":"BODY","text":"Halo {{1}}"},
            {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Ya"},{"type":"URL"}]}]},{"name":5}],
            "paging":{"cursors":{"before":"a","after":"b"}}}"#;
        let (address, seen) = server(answer("200 OK", "", body)).await;
        let templates = client(address).list_templates("900").await.unwrap();
        assert_eq!(templates.len(), 2);
        let first = &templates[0];
        assert_eq!((first.name.as_str(), first.status.as_str()), ("siap", "APPROVED"));
        assert_eq!((&first.reason, first.quality.as_deref()), (&None, Some("GREEN")));
        assert_eq!(first.body, "Halo {{1}}");
        assert_eq!(first.buttons, ["Ya", ""]);
        assert_eq!(seen.lock().unwrap().len(), 1, "no next page, no further call");
    });
}

fn text() -> TemplateText {
    TemplateText {
        body: "Paspor {{1}} siap.".into(),
        holes: vec!["number".into()],
        examples: vec!["1179".into()],
        buttons: vec![TemplateButton {
            choice: "officer".into(),
            title: "Petugas".into(),
        }],
    }
}

#[test]
fn a_template_is_submitted_with_examples_and_quick_replies() {
    run(async {
        let body = r#"{"id":"77","status":"PENDING","category":"MARKETING"}"#;
        let (address, seen) = server(answer("200 OK", "", body)).await;
        let client = client(address);
        let created = client
            .create_template("900", "notice_ready", "id", &text())
            .await
            .unwrap();
        assert_eq!(
            (created.id.as_str(), created.status.as_str(), created.category.as_str()),
            ("77", "PENDING", "MARKETING")
        );
        let seen = String::from_utf8(seen.lock().unwrap()[0].clone()).unwrap();
        let (head, sent) = seen.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /v25.0/900/message_templates HTTP/1.1"), "{head}");
        let sent: serde_json::Value = serde_json::from_str(sent).unwrap();
        let expected = serde_json::json!({
            "name": "notice_ready",
            "language": "id",
            "category": "UTILITY",
            "components": [
                { "type": "BODY", "text": "Paspor {{1}} siap.", "example": { "body_text": [["1179"]] } },
                { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Petugas" }] },
            ],
        });
        assert_eq!(sent, expected);
    });
}

#[test]
fn what_meta_says_about_an_edit_is_told() {
    run(async {
        let body = r#"{"error":{"message":"Invalid parameter","code":100,"error_subcode":2388293,
            "error_user_title":"Too many","error_user_msg":"This template has too many variables for its length."}}"#;
        let (address, seen) = server(answer("400 Bad Request", "", body)).await;
        let refused = client(address).edit_template("77", &text()).await.unwrap_err();
        let CallError::Refused(error) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!((error.code, error.subcode), (100, Some(2_388_293)));
        assert_eq!(
            error.details.as_deref(),
            Some("This template has too many variables for its length.")
        );
        assert!(seen.lock().unwrap()[0].starts_with(b"POST /v25.0/77 HTTP/1.1"));
    });
}
