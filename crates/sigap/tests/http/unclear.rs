//! What the assistant did not understand: seen without its writer, taught by a tap, understood once it is published.

use sigap_content::sample;
use sigap_core::staff::Role;

use crate::console::{get, officer, post, world};
use crate::contents::{form, hidden, on_draft};
use crate::world::{SARI, World};

const UNCLEAR: &str = "/staff/sukabumi/isi/belum-paham";
const DRAFT: &str = "/staff/sukabumi/isi/perubahan";

/// Two messages that nobody has taught, with what must not be kept of them.
const FIRST: &str = "gerai lippo saung blegedes kumaha a.n. Budi Santoso 081234567890";
const SECOND: &str = "saung blegedes gerai lippo";

async fn clerk(world: &World) -> String {
    officer(world, sample::OFFICE, "isi@contoh.go.id", &[Role::Content]).await
}

#[tokio::test]
async fn what_was_not_understood_is_taught_and_then_understood() {
    let world = world().await;
    let (clerk, head) = (
        clerk(&world).await,
        officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await,
    );
    let (status, page) = get(&world, UNCLEAR, &clerk).await;
    assert!(status == 200 && page.contains("Semua pesan dipahami"), "{page}");
    let hours = world.asks(SARI, "jam buka").await;
    assert_ne!(world.asks(SARI, FIRST).await, hours);
    assert_ne!(world.asks(SARI, SECOND).await, hours);

    let (_, page) = get(&world, UNCLEAR, &clerk).await;
    assert!(page.contains("blegedes"), "{page}");
    assert!(!page.contains("Budi") && !page.contains("0812345"), "{page}");
    let (status, _) = get(
        &world,
        UNCLEAR,
        &officer(&world, sample::OFFICE, "loket@contoh.go.id", &[Role::Counter]).await,
    )
    .await;
    assert_eq!(status, 403);

    let mut taught = 0;
    loop {
        let (_, page) = get(&world, UNCLEAR, &clerk).await;
        if !page.contains("name=\"ids\"") {
            break;
        }
        let ids = hidden(&page, "ids");
        let sent = form(&[("ids", &ids), ("means", "hours"), ("deed", "teach")]);
        let (status, page) = post(&world, UNCLEAR, &clerk, &sent).await;
        assert_eq!(status, 200, "{page}");
        // The same once more: a colleague was quicker.
        assert_eq!(post(&world, UNCLEAR, &clerk, &sent).await.0, 409);
        taught += 1;
    }
    assert!(taught >= 1);
    assert_ne!(world.asks(SARI, SECOND).await, hours, "a draft teaches nobody");

    let (_, page) = get(&world, DRAFT, &head).await;
    assert!(page.contains("Belajar ulang") && page.contains("blegedes"), "{page}");
    assert!(page.contains("Pesan lain tetap dipahami"), "{page}");
    let (status, page) = on_draft(&world, &head, "publish").await;
    assert_eq!(status, 303, "{page}");
    assert_eq!(world.asks(SARI, SECOND).await, hours);
}

#[tokio::test]
async fn what_teaches_nothing_is_dropped_and_nonsense_is_refused() {
    let world = world().await;
    let clerk = clerk(&world).await;
    world.asks(SARI, "blubub wawawa zzxy").await;
    let (_, page) = get(&world, UNCLEAR, &clerk).await;
    let ids = hidden(&page, "ids");
    for (ids, means, deed, status) in [
        (ids.as_str(), "nothing", "teach", 404),
        (ids.as_str(), "hours", "burn", 404),
        ("1,x,", "hours", "teach", 409),
        (ids.as_str(), "", "drop", 200),
    ] {
        let sent = form(&[("ids", ids), ("means", means), ("deed", deed)]);
        assert_eq!(post(&world, UNCLEAR, &clerk, &sent).await.0, status, "{means} {deed}");
    }
    let (_, page) = get(&world, UNCLEAR, &clerk).await;
    assert!(page.contains("Semua pesan dipahami"), "{page}");
}
