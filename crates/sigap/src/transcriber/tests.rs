use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use tokio::net::{TcpListener, UnixListener};

use super::Transcriber;

const OGG: &str = "audio/ogg";

fn read(setting: &str) -> Transcriber {
    Transcriber::read(setting).unwrap().unwrap()
}

#[tokio::test]
async fn a_program_hears_and_one_that_fails_is_passed_over() {
    assert_eq!(Transcriber::read("  ").unwrap(), None);
    let echo = read("cat");
    assert_eq!(echo.hear(OGG, b" halo \n").await.as_deref(), Some("halo"));
    assert_eq!(echo.hear(OGG, b"").await, None);
    assert_eq!(read("false").hear(OGG, b"x").await, None);
    assert_eq!(read("/no/such/program").hear(OGG, b"x").await, None);
}

/// Says what it was given: the name of the file, its kind and its bytes as text.
async fn listens(headers: HeaderMap, mut form: Multipart) -> Response {
    assert!(
        headers.contains_key(header::CONTENT_LENGTH),
        "whisper.cpp reads no pieces"
    );
    let mut told = String::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let name = field.name().unwrap().to_owned();
        let file = field.file_name().unwrap_or_default().to_owned();
        let kind = field.content_type().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.unwrap();
        told += &format!("{name} {file} {kind} {};", String::from_utf8_lossy(&bytes));
    }
    format!(" {told}\n").into_response()
}

fn service() -> Router {
    let json = || async {
        (
            [(header::CONTENT_TYPE, "application/json")],
            "{\"text\":\" halo dunia\\n\"}",
        )
    };
    Router::new()
        .route("/inference", post(listens).layer(DefaultBodyLimit::disable()))
        .route("/json", post(json))
        .route("/long", post(|| async { "x".repeat(40_000) }))
        .route("/broken", post(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
        .route(
            "/elsewhere",
            post(|| async { Redirect::temporary("http://192.0.2.1/") }),
        )
}

#[tokio::test]
async fn a_service_hears_over_loopback_and_a_socket() {
    const HEARD: &str = "response_format   text;file suara.ogg audio/ogg OggS\0\u{1};";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, service()).await });
    let heard = async |path: &str| read(&format!("http://{at}{path}")).hear(OGG, b"OggS\0\x01").await;
    assert_eq!(heard("").await.as_deref(), Some(HEARD));
    assert_eq!(heard("/json").await.as_deref(), Some("halo dunia"));
    for path in ["/long", "/broken", "/elsewhere", "/nowhere"] {
        assert_eq!(heard(path).await, None, "{path}");
    }
    let large = vec![b'a'; 3_000_000];
    let told = read(&format!("http://{at}/json")).hear(OGG, &large).await;
    assert_eq!(told.as_deref(), Some("halo dunia"));

    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("hear.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    tokio::spawn(async move { axum::serve(listener, service()).await });
    let socket = socket.display();
    assert_eq!(
        read(&format!("unix:{socket}"))
            .hear(OGG, b"OggS\0\x01")
            .await
            .as_deref(),
        Some(HEARD)
    );
    let told = read(&format!("unix:{socket} /json")).hear(OGG, b"x").await;
    assert_eq!(told.as_deref(), Some("halo dunia"));
    assert_eq!(read("unix:/no/such.sock").hear(OGG, b"x").await, None);
}

#[test]
fn no_voice_goes_to_another_machine() {
    for elsewhere in [
        "http://192.0.2.1:8080/inference",
        "http://0.0.0.0:8080/",
        "http://[2001:db8::1]:8080/",
        "http://localhost:8080/inference",
        "http://127.0.0.1/inference",
        "http://127.0.0.1:80@example.org/",
        "https://127.0.0.1:8080/",
        "https://suara.example.org/v1",
        "unix:",
        "unix:/run/hear.sock inference",
    ] {
        let refused = Transcriber::read(elsewhere).unwrap_err().to_string();
        assert!(refused.contains("`files.transcriber`"), "{elsewhere}: {refused}");
    }
    for here in [
        "http://127.0.0.1:8080/inference",
        "http://[::1]:8080",
        "unix:/run/hear.sock",
    ] {
        assert!(matches!(read(here), Transcriber::Service(_)), "{here}");
    }
    assert!(matches!(read("/usr/local/bin/dengar -l id"), Transcriber::Program(_)));
}
