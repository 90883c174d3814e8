//! One office's flood does not delay another: the line is shared fairly before a turn runs, and again before it is sent.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use sigap_actions::ports::{Clock, Ids, Links};
use sigap_actions::service::{Ports, Service};
use sigap_core::ids::{OfficeId, ProcessId};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::person::Contact;
use sigap_store::Store;
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store_sqlite::SqliteStore;
use sigap_testkit::chance::SeededChance;

use crate::world::{Hands, MORNING, content};

const FLOOD: usize = 2_000;

fn message(phone: usize) -> InboundMessage {
    InboundMessage {
        number: "1".into(),
        message_id: format!("wamid.{phone}"),
        sent_at: MORNING.parse().unwrap(),
        from: Contact {
            phone: Some(format!("62812{phone:08}")),
            ..Contact::default()
        },
        said: Said::Text("halo".into()),
    }
}

#[tokio::test]
async fn a_message_behind_a_flood_of_another_office_is_among_the_first_to_be_answered_and_sent() {
    let sealer = Sealer::new(MasterKey::generate(system_random).unwrap(), system_random);
    let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory("fairness", &sealer).unwrap());
    let clock = Arc::new(Hands::default());
    clock.set(MORNING.parse().unwrap());
    let service = Service::new(
        Arc::clone(&store),
        content(),
        Ports {
            clock: clock as Arc<dyn Clock>,
            ids: Arc::new(Ids::new(ProcessId(1))),
            wake: Arc::new(sigap::sender::Bell::default()),
            chance: Arc::new(SeededChance::new(1)),
            links: Arc::new(Links::new("https://sigap.example")),
        },
        sigap_core::conversation::step,
    );
    let office = |slug: &str| content().office_by_slug(slug).unwrap().id;
    let (flooded, quiet): (OfficeId, OfficeId) = (office("jakarta-pusat"), office("sukabumi"));

    // The writer is held at a gate, so that the whole flood stands in line before the first turn runs.
    let (open, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let held = store.write(
        OfficeId(0),
        Box::new(move |_| {
            let _ = gate.lock().unwrap().recv();
            Ok(())
        }),
    );
    let mut turns = FuturesUnordered::new();
    for n in 0..FLOOD {
        let service = service.clone();
        turns.push(
            Box::pin(async move { (n, service.receive(flooded, message(n), String::new()).await.unwrap()) })
                as std::pin::Pin<Box<dyn Future<Output = _> + Send>>,
        );
    }
    let late = service.clone();
    turns.push(Box::pin(async move {
        (FLOOD, late.receive(quiet, message(FLOOD), String::new()).await.unwrap())
    }));
    // One look makes each of them stand in line.
    assert!(turns.next().now_or_never().is_none());
    open.send(()).unwrap();
    held.await.unwrap();
    let mut place = None;
    let mut done = 0;
    while let Some((n, _)) = turns.next().await {
        done += 1;
        if n == FLOOD {
            place = Some(done);
        }
    }
    let place = place.unwrap();
    assert!(place <= FLOOD / 3, "answered as number {place} of {done}");

    // The sender's share: among the first four messages one is the quiet office's.
    let claimed = service
        .claim_due(jiff::SignedDuration::from_secs(30), Vec::new(), 4)
        .await
        .unwrap();
    assert_eq!(claimed.iter().filter(|message| message.office == quiet).count(), 1);
}
