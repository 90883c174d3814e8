//! The phone page: what it serves, whom it refuses, and that its live line starts with everything.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::{NUMBER, World};

async fn ask(world: &World, request: Request<Body>) -> axum::response::Response {
    world.emulator.phone_router().oneshot(request).await.unwrap()
}

#[tokio::test]
async fn the_page_holds_people_and_offices_and_nothing_inline() {
    let world = World::with(|config| config.numbers[0].office_name = "<b>\"Kantor\"".into()).await;
    let response = ask(&world, Request::get("/phone?person=bayu").body(Body::empty()).unwrap()).await;
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"));
    let html = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    assert!(html.contains("SIMULASI") && html.contains("value=\"bayu\""));
    assert!(html.contains("&lt;b&gt;&quot;Kantor&quot;") && !html.contains("<b>\""));
    assert!(!html.contains("style=") && !html.contains("onclick") && !html.contains("62811"));
}

#[tokio::test]
async fn the_page_says_things_for_its_own_visitors_only() {
    let world = World::new().await;
    let say = |site: &str, body: &'static str| {
        Request::post(format!("/phone/say?person=sari&number={NUMBER}"))
            .header("sec-fetch-site", site)
            .body(Body::from(body))
            .unwrap()
    };
    let hello = r#"{"type":"text","body":"halo"}"#;
    assert_eq!(
        ask(&world, say("cross-site", hello)).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        ask(&world, say("same-origin", "{}")).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        ask(&world, say("same-origin", hello)).await.status(),
        StatusCode::CREATED
    );
    assert_eq!(world.emulator.chat("sari", NUMBER).len(), 1);
    let place = r#"{"type":"location","latitude":-6.9,"longitude":106.93,"name":null}"#;
    assert_eq!(
        ask(&world, say("same-origin", place)).await.status(),
        StatusCode::CREATED
    );
    let nowhere = r#"{"type":"location","latitude":null,"longitude":106.93}"#;
    assert_eq!(
        ask(&world, say("same-origin", nowhere)).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    world.emulator.set_online("sari", false);
    assert_eq!(
        ask(&world, say("same-origin", hello)).await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[tokio::test]
async fn the_live_line_begins_with_the_whole_state_and_goes_on_with_changes() {
    let world = World::new().await;
    world.says("sari", "halo");
    let request = Request::get(format!("/phone/events?person=sari&number={NUMBER}"))
        .body(Body::empty())
        .unwrap();
    let response = ask(&world, request).await;
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    let mut body = response.into_body();
    let mut next = async || {
        let frame = body.frame().await.unwrap().unwrap();
        String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
    };
    let first = next().await;
    assert!(
        first.contains("event: state") && first.contains("id: 1") && first.contains("\"body\":\"halo\""),
        "{first}"
    );
    world.says("kartini", "bukan untuk Sari");
    world.sends("jawaban", "1").await;
    let second = next().await;
    assert!(
        second.contains("event: bubble") && second.contains("jawaban"),
        "{second}"
    );
    let elsewhere = Request::get("/phone/events?person=nobody&number=1")
        .body(Body::empty())
        .unwrap();
    assert_eq!(ask(&world, elsewhere).await.status(), StatusCode::NOT_FOUND);
}
