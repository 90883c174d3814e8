//! The promises about opening again, on a server.

use sigap_core::ids::PersonId;
use sigap_store::conformance::{REOPEN_CASES, Site};
use sigap_store::store::Done;
use sigap_store::{Fault, Store};
use sigap_store_pg::testing::Ground;

use super::{sealer, wait};

struct Server(Ground);

impl Site for Server {
    fn open(&self) -> Box<dyn Store> {
        Box::new(self.0.open(&sealer("5a")).unwrap())
    }

    fn open_wrongly(&self) -> Option<Fault> {
        self.0.open(&sealer("5b")).err()
    }

    fn destroy_keys(&self, people: &[PersonId]) {
        for person in people {
            self.0
                .keys_sql(&format!("DELETE FROM person_key WHERE person_id = {person}"))
                .unwrap();
        }
    }

    fn wait(&self, done: Done<'_>) -> Result<(), Fault> {
        wait(done)
    }
}

#[test]
fn every_promise_about_opening_again_holds() {
    for case in REOPEN_CASES {
        println!("{}", case.name);
        let Some(ground) = Ground::new().unwrap() else { return };
        (case.run)(&Server(ground));
    }
}
