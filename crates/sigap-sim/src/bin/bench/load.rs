//! The load generator: prepared, signed requests over plain connections, closed loop for throughput and open loop
//! (a fixed timetable, whatever the answers) for latency.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use sigap_whatsapp::signature::SignatureKey;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The app secret of all benches.
pub(crate) const APP_SECRET: &str = "bench-app-secret";
/// Longest latency told apart, in microseconds.
pub(crate) const LATENCY_US_MAX: u64 = 60_000_000;
/// Offices of the benches that have several. Those of one alone take the first.
pub(crate) const OFFICES: [&str; 8] = [
    "jakarta-pusat",
    "sukabumi",
    "makassar",
    "jayapura",
    "medan",
    "surabaya",
    "denpasar",
    "semarang",
];

/// The business number of an office of the bench.
pub(crate) fn number(place: usize) -> String {
    format!("{}", 100_000_000_000_001 + place)
}

/// A prepared request and whose message it carries.
pub(crate) struct Prepared {
    pub(crate) bytes: Vec<u8>,
    pub(crate) phone: String,
}

/// Requests whose messages carry the same second.
const PREPARED_PER_MESSAGE_SECOND: usize = 8_000;

/// Persons who write one message each.
#[derive(Clone, Copy)]
pub(crate) struct Crowd {
    /// Number of the first message: no two messages of a bench share one.
    pub(crate) messages: usize,
    /// Number of the first person.
    pub(crate) persons: usize,
    /// How many.
    pub(crate) count: usize,
    /// Over how many offices they are spread.
    pub(crate) offices: usize,
}

/// A crowd's requests, of one message each in the shape Meta sends.
pub(crate) fn prepare(crowd: Crowd, now_s: i64) -> Arc<Vec<Prepared>> {
    let key = SignatureKey::new(APP_SECRET.as_bytes());
    let texts = ["halo", "biaya", "syarat paspor", "jam buka", "cara bayar"];
    let requests = (0..crowd.count).map(|at| {
        let id = crowd.messages + at;
        let person = crowd.persons + at;
        let phone = format!("628{person:010}");
        let text = texts[id % texts.len()];
        let number = number(person % crowd.offices.max(1));
        let sent_s = now_s - ((crowd.count - at) / PREPARED_PER_MESSAGE_SECOND) as i64;
        let body = format!(
            "{{\"object\":\"whatsapp_business_account\",\"entry\":[{{\"id\":\"100000000000000\",\"changes\":[{{\"value\":\
             {{\"messaging_product\":\"whatsapp\",\"metadata\":{{\"display_phone_number\":\"628118539333\",\
             \"phone_number_id\":\"{number}\"}},\"contacts\":[{{\"profile\":{{\"name\":\"Pemohon {person}\"}},\
             \"wa_id\":\"{phone}\",\"user_id\":\"ID.{person:016}\"}}],\"messages\":[{{\"from\":\"{phone}\",\
             \"from_user_id\":\"ID.{person:016}\",\"id\":\"wamid.HBgM{id:024}\",\"timestamp\":\"{sent_s}\",\
             \"text\":{{\"body\":\"{text}\"}},\"type\":\"text\"}}]}},\"field\":\"messages\"}}]}}]}}"
        );
        let head = format!(
            "POST /webhooks/whatsapp HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n\
             x-hub-signature-256: {}\r\ncontent-length: {}\r\n\r\n",
            key.sign(body.as_bytes()),
            body.len()
        );
        Prepared { bytes: [head.as_bytes(), body.as_bytes()].concat(), phone }
    });
    Arc::new(requests.collect())
}

/// What a run saw.
pub(crate) struct Run {
    pub(crate) acknowledged: u64,
    pub(crate) refused: u64,
    pub(crate) seconds: f64,
}

/// As fast as the answers come, over so many connections, until the time or the requests are used up.
#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
pub(crate) async fn closed_loop(
    addresses: &[String],
    requests: Arc<Vec<Prepared>>,
    connections: usize,
    length: Duration,
) -> std::io::Result<Run> {
    let next = Arc::new(AtomicUsize::new(0));
    let (acknowledged, refused) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let started = Instant::now();
    let mut tasks = Vec::new();
    for address in addresses.iter().cycle().take(connections) {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (next, requests) = (Arc::clone(&next), Arc::clone(&requests));
        let (acknowledged, refused) = (Arc::clone(&acknowledged), Arc::clone(&refused));
        tasks.push(tokio::spawn(async move {
            while started.elapsed() < length {
                let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                let count = if call(&mut stream, &request.bytes).await? {
                    &acknowledged
                } else {
                    &refused
                };
                count.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, std::io::Error>(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(Run {
        acknowledged: acknowledged.load(Ordering::Relaxed),
        refused: refused.load(Ordering::Relaxed),
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// When each request of an open loop was due, and how long its acknowledgement took from then.
pub(crate) struct Timetable {
    pub(crate) due: Vec<(String, Instant)>,
    pub(crate) acknowledgements: Histogram<u64>,
}

/// Requests at a fixed rate. Latency counts from when a request was due, so that waiting is not hidden.
#[expect(clippy::disallowed_methods, reason = "a bench measures by the system's clock")]
pub(crate) async fn open_loop(
    addresses: &[String],
    requests: Arc<Vec<Prepared>>,
    connections: usize,
    per_second: f64,
    length: Duration,
) -> std::io::Result<Timetable> {
    // The timetable begins when all connections stand: making them is not what is measured.
    let mut streams = Vec::with_capacity(connections);
    for address in addresses.iter().cycle().take(connections) {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    let started = Instant::now() + Duration::from_millis(50);
    let mut tasks = Vec::new();
    for (lane, mut stream) in streams.into_iter().enumerate() {
        let requests = Arc::clone(&requests);
        tasks.push(tokio::spawn(async move {
            let mut sent = Vec::new();
            for at in (lane..requests.len()).step_by(connections) {
                #[expect(clippy::cast_precision_loss, reason = "request counts are small")]
                let due = started + Duration::from_secs_f64(at as f64 / per_second);
                if due > started + length {
                    break;
                }
                tokio::time::sleep_until(due.into()).await;
                call(&mut stream, &requests[at].bytes).await?;
                sent.push((requests[at].phone.clone(), due, Instant::now()));
            }
            Ok::<_, std::io::Error>(sent)
        }));
    }
    let mut timetable = Timetable {
        due: Vec::new(),
        acknowledgements: Histogram::new_with_bounds(1, LATENCY_US_MAX, 3).map_err(std::io::Error::other)?,
    };
    for task in tasks {
        for (phone, due, acknowledged) in task.await?? {
            let took = u64::try_from((acknowledged - due).as_micros()).unwrap_or(u64::MAX);
            timetable.acknowledgements.saturating_record(took);
            timetable.due.push((phone, due));
        }
    }
    Ok(timetable)
}

/// One request and its answer; true for 200. Our answers have no body, so the head is the whole of them.
async fn call(stream: &mut TcpStream, request: &[u8]) -> std::io::Result<bool> {
    stream.write_all(request).await?;
    let mut answer = [0; 1_024];
    let mut length = 0;
    loop {
        let read = stream.read(&mut answer[length..]).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        length += read;
        if answer[..length].windows(4).any(|end| end == b"\r\n\r\n") {
            return Ok(answer.starts_with(b"HTTP/1.1 200"));
        }
    }
}
