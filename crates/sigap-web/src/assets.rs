//! Styles, scripts and icons, in the binary. Each stands at an address with a hash of its content, so that a browser keeps it for a
//! year and an update has another address. They are packed once, when they are first asked for.

use std::io::Write;
use std::sync::OnceLock;

use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};

use crate::routes::AppState;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";
/// As many letters of the hash as tell versions of one file apart.
const HASH_LETTERS: usize = 12;
/// The best that brotli can do: a file is packed once in the life of a process.
const BROTLI_QUALITY: i32 = 11;
/// The window of brotli, as a power of two: no file is larger than this.
const BROTLI_WINDOW: i32 = 18;

/// A file that pages load.
pub(crate) struct Asset {
    name: &'static str,
    ending: &'static str,
    kind: &'static str,
    content: &'static [u8],
    slim: OnceLock<Vec<u8>>,
    address: OnceLock<String>,
    packed: OnceLock<Packed>,
}

/// The file as it travels.
struct Packed {
    brotli: Vec<u8>,
    gzip: Vec<u8>,
}

/// The style of every page.
pub(crate) static GAYA: Asset = Asset::new("gaya", "css", CSS, include_bytes!("../assets/gaya.css"));
/// The script of citizens' pages.
pub(crate) static WARGA: Asset = Asset::new("warga", "js", SCRIPT, include_bytes!("../assets/warga.js"));
/// What is sent later, for pages and the worker.
pub(crate) static KIRIM: Asset = Asset::new("kirim", "js", SCRIPT, include_bytes!("../assets/kirim.js"));
/// What a page of citizens waits for.
pub(crate) static TUNGGU: Asset = Asset::new("tunggu", "js", SCRIPT, include_bytes!("../assets/tunggu.js"));
/// The toll for machines.
pub(crate) static KERJA: Asset = Asset::new("kerja", "js", SCRIPT, include_bytes!("../assets/kerja.js"));
/// The style of the office's pages.
pub(crate) static KANTOR_STYLE: Asset = Asset::new("kantor", "css", CSS, include_bytes!("../assets/kantor.css"));
/// The script of live pages.
pub(crate) static KANTOR: Asset = Asset::new("kantor", "js", SCRIPT, include_bytes!("../assets/kantor.js"));
/// The style of the board.
pub(crate) static PAPAN_STYLE: Asset = Asset::new("papan", "css", CSS, include_bytes!("../assets/papan.css"));
/// The script of the board.
pub(crate) static PAPAN: Asset = Asset::new("papan", "js", SCRIPT, include_bytes!("../assets/papan.js"));
/// Passkeys.
pub(crate) static KUNCI: Asset = Asset::new("kunci", "js", SCRIPT, include_bytes!("../assets/kunci.js"));
/// The camera at the door.
pub(crate) static KAMERA: Asset = Asset::new("kamera", "js", SCRIPT, include_bytes!("../assets/kamera.js"));
/// The reader of QR codes, by Nimiq, under the MIT licence beside it.
pub(crate) static QR_SCANNER: Asset = Asset::new(
    "qr-scanner",
    "js",
    SCRIPT,
    include_bytes!("../assets/vendor/qr-scanner.min.js"),
);
/// The icon of the app.
pub(crate) static ICON: Asset = Asset::new("ikon", "svg", SVG, include_bytes!("../assets/ikon.svg"));
/// The same for machines that want dots.
pub(crate) static ICON_192: Asset = Asset::new("ikon-192", "png", PNG, include_bytes!("../assets/ikon-192.png"));
/// The same, large.
pub(crate) static ICON_512: Asset = Asset::new("ikon-512", "png", PNG, include_bytes!("../assets/ikon-512.png"));
/// With room around it, for phones that cut icons into their own shape.
pub(crate) static ICON_MASK: Asset = Asset::new("ikon-penuh", "png", PNG, include_bytes!("../assets/ikon-penuh.png"));

/// All of them.
static ALL: [&Asset; 16] = [
    &GAYA,
    &WARGA,
    &KIRIM,
    &TUNGGU,
    &KERJA,
    &KANTOR_STYLE,
    &KANTOR,
    &PAPAN_STYLE,
    &PAPAN,
    &KUNCI,
    &KAMERA,
    &QR_SCANNER,
    &ICON,
    &ICON_192,
    &ICON_512,
    &ICON_MASK,
];

/// The worker of the reader of QR codes: the reader asks for it by this name beside itself, so it has no hash and is kept for a day.
const QR_WORKER: &str = include_str!("../assets/vendor/qr-scanner-worker.min.js");

impl Asset {
    const fn new(name: &'static str, ending: &'static str, kind: &'static str, content: &'static [u8]) -> Self {
        Self {
            name,
            ending,
            kind,
            content,
            slim: OnceLock::new(),
            address: OnceLock::new(),
            packed: OnceLock::new(),
        }
    }

    /// Where it stands: `/aset/gaya.0123456789ab.css`.
    pub(crate) fn url(&self) -> &str {
        self.address
            .get_or_init(|| format!("/aset/{}.{}.{}", self.name, hash_of(self.content), self.ending))
    }

    /// What is sent: a script of ours without its comments.
    fn content(&self) -> &[u8] {
        if self.ending != "js" {
            return self.content;
        }
        self.slim.get_or_init(|| slim(self.content))
    }

    fn packed(&self) -> &Packed {
        self.packed.get_or_init(|| Packed {
            brotli: brotli_of(self.content()),
            gzip: gzip_of(self.content()),
        })
    }

    /// Pictures are packed already.
    fn is_text(&self) -> bool {
        self.kind != PNG
    }

    fn answer(&'static self, headers: &HeaderMap) -> Response {
        let mut response = match coding_of(headers).filter(|_| self.is_text()) {
            Some(coding) => {
                let bytes: &'static [u8] = match coding {
                    Coding::Brotli => &self.packed().brotli,
                    Coding::Gzip => &self.packed().gzip,
                };
                ([(header::CONTENT_ENCODING, coding.name())], bytes).into_response()
            }
            None => self.content().into_response(),
        };
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_TYPE, self.kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (header::VARY, "accept-encoding"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ] {
            headers.insert(name, axum::http::HeaderValue::from_static(value));
        }
        response
    }
}

/// How a file may travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// The best of what the browser takes. `q=0` is a refusal; other weights are not compared, no browser sends them.
fn coding_of(headers: &HeaderMap) -> Option<Coding> {
    let takes = |wanted: &str| {
        headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|offer| offer.split_once(';').unwrap_or((offer, "")))
            .any(|(name, weight)| name.trim().eq_ignore_ascii_case(wanted) && weight.trim() != "q=0")
    };
    [Coding::Brotli, Coding::Gzip]
        .into_iter()
        .find(|coding| takes(coding.name()))
}

/// A script without lines of comment and without what its lines begin with. Ours have no text over several lines in which that matters.
pub(crate) fn slim(script: &[u8]) -> Vec<u8> {
    let lines = script.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let told: Vec<&[u8]> = lines
        .filter(|line| !line.is_empty() && !line.starts_with(b"//"))
        .collect();
    told.join(&b'\n')
}

/// A name for this very content.
pub(crate) fn hash_of(content: &[u8]) -> String {
    let mut hash = HEXLOWER.encode(digest(&SHA256, content).as_ref());
    hash.truncate(HASH_LETTERS);
    hash
}

fn brotli_of(content: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        ..Default::default()
    };
    let mut rest = content;
    // Writing into memory cannot fail; if it did, the browser would get nothing and say so.
    let _ = brotli::BrotliCompress(&mut rest, &mut packed, &parameters);
    packed
}

fn gzip_of(content: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed
        .write_all(content)
        .and_then(|()| packed.finish())
        .unwrap_or_default()
}

/// The routes of all files.
pub(crate) fn routes() -> impl Iterator<Item = (&'static str, MethodRouter<AppState>)> {
    let hashed = ALL.iter().map(|asset| {
        (
            asset.url(),
            get(move |headers: HeaderMap| async move { asset.answer(&headers) }),
        )
    });
    hashed.chain([(
        "/aset/qr-scanner-worker.min.js",
        get(async || for_a_day(SCRIPT, QR_WORKER)),
    )])
}

fn for_a_day(kind: &'static str, text: &'static str) -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (StatusCode::OK, headers, text).into_response()
}

#[cfg(test)]
mod tests;
