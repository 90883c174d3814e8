//! What search engines may keep: what an office tells everybody, and nothing about one person.

use bytes::Bytes;
use hyper::Method;
use sigap_web::routes::{Access, routes};

use crate::console::{filled, world};
use crate::world::World;

/// Pages that tell everybody the same. All others that can be opened without a key must stay out.
const PUBLIC: [&str; 9] = [
    "/",
    "/o/{office}",
    "/o/{office}/info/{choice}",
    "/o/{office}/syarat",
    "/o/{office}/syarat/{choice}",
    "/o/{office}/kantor",
    "/o/{office}/privasi",
    "/o/{office}/undian",
    "/o/{office}/angka",
];
/// Public as well, and the same for all offices.
const PUBLIC_FOR_ALL: &str = "/cek-nomor";

async fn robots_of(world: &World, path: &str) -> (u16, bool, String) {
    let response = world.respond(Method::GET, path, &[], Bytes::new()).await;
    let kind = response.headers().get("content-type");
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let is_barred = response
        .headers()
        .get("x-robots-tag")
        .is_some_and(|told| told == "noindex");
    (response.status().as_u16(), is_barred, kind)
}

#[tokio::test]
async fn search_engines_keep_what_is_public_and_nothing_else() {
    let world = world().await;
    let mut public = 0;
    for route in routes().iter().filter(|route| route.access == Access::Everybody) {
        let choice = if route.path.contains("/syarat/") { "new" } else { "fees" };
        let path = filled(route.path, sigap_content::sample::OFFICE).replace("{choice}", choice);
        // A stream of events never ends, and is no page.
        if path.ends_with("/aliran") {
            continue;
        }
        let (status, is_barred, kind) = robots_of(&world, &path).await;
        if status != 200 || !kind.starts_with("text/html") {
            continue;
        }
        let is_public = PUBLIC.contains(&route.path) || route.path == PUBLIC_FOR_ALL;
        public += usize::from(is_public);
        assert_eq!(is_barred, !is_public, "{path}");
    }
    assert_eq!(public, PUBLIC.len() + 1);
    let (status, robots) = world.request(Method::GET, "/robots.txt", &[], Bytes::new()).await;
    assert!(status == 200 && robots.contains("Disallow: /staff"), "{robots}");
    // A robot must be able to open them to read that it must not keep them.
    assert!(!robots.contains("Disallow: /o/"), "{robots}");
}
