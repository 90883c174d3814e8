//! A watched folder on a clock that the test turns.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sigap::watched_folder::{Folder, Watcher};
use sigap_actions::ports::Clock;

use crate::world::World;

const REPORT: &str = "LAPORAN WAWANCARA\nNOMOR PEMOHON;NAMA PEMOHON\n1179000000777001;CONTOH\n12;X\n";

struct Watched {
    world: World,
    watcher: Watcher,
    path: PathBuf,
}

async fn watched() -> Watched {
    let world = World::new().await;
    let path = world.folder.path().join("laporan");
    std::fs::create_dir(&path).unwrap();
    let watcher = watcher(&world, &path);
    Watched { world, watcher, path }
}

fn watcher(world: &World, path: &Path) -> Watcher {
    let folder = Folder {
        office: world.office.id,
        path: path.to_owned(),
    };
    let clock = Arc::clone(&world.clock) as Arc<dyn Clock>;
    Watcher::new(world.app.service.clone(), clock, vec![folder])
}

impl Watched {
    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path.join(name), text).unwrap();
    }

    /// Looks, and again when files have stood still for long enough.
    async fn look(&mut self) -> usize {
        self.watcher.round().await;
        self.world.pass(10);
        self.watcher.round().await
    }

    fn files(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path.join(folder)) else {
            return Vec::new();
        };
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn told(&self, folder: &str) -> String {
        let name = self
            .files(folder)
            .into_iter()
            .find(|name| name.ends_with(".txt"))
            .unwrap();
        std::fs::read_to_string(self.path.join(folder).join(name)).unwrap()
    }

    async fn applications(&self) -> u64 {
        self.world
            .app
            .service
            .count_applications(self.world.office.id)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_file_is_taken_when_it_has_stopped_changing() {
    let mut watched = watched().await;
    watched.put("laporan.csv", "LAPORAN");
    assert_eq!(watched.watcher.round().await, 0);
    watched.world.pass(9);
    assert_eq!(watched.watcher.round().await, 0, "not yet");
    watched.put("laporan.csv", REPORT);
    watched.world.pass(9);
    assert_eq!(watched.watcher.round().await, 0, "it has grown");
    watched.world.pass(10);
    assert_eq!(watched.watcher.round().await, 1);
    assert_eq!(watched.applications().await, 1);
    assert_eq!(watched.files("done").len(), 2);
    assert_eq!(watched.files(""), ["done"]);
    let told = watched.told("done");
    assert!(
        told.starts_with("wawancara: 1 new, 0 moved on, 0 unchanged, 1 refused\n"),
        "{told}"
    );
    assert!(told.contains("row 4: ") && !told.contains("1179000000777001"), "{told}");
}

#[tokio::test]
async fn what_cannot_be_read_is_put_aside_with_the_reason() {
    let mut watched = watched().await;
    watched.put("foto.png", b"\x89PNG\r\n\x1a\n\0\0");
    watched.put(".tersembunyi.csv", REPORT);
    watched.put("setengah.csv.part", REPORT);
    assert_eq!(watched.look().await, 1);
    assert_eq!(watched.files("refused").len(), 2);
    assert!(watched.told("refused").contains("not a spreadsheet"));
    assert_eq!(watched.applications().await, 0);
}

#[tokio::test]
async fn the_same_bytes_are_imported_once_under_whichever_name() {
    let mut watched = watched().await;
    watched.put("a.csv", REPORT);
    assert_eq!(watched.look().await, 1);
    watched.put("b.csv", REPORT);
    watched.put("a.csv", REPORT);
    assert_eq!(watched.look().await, 2);
    assert_eq!(watched.files("done").len(), 6);
    let office = watched.world.office.id;
    let runs = sigap_store::read(&*watched.world.store(), move |tx| tx.list_imports(office, 9)).await;
    assert_eq!(runs.unwrap().len(), 1);
}

#[tokio::test]
async fn a_process_that_died_before_it_moved_the_file_moves_it_later() {
    let mut watched = watched().await;
    watched.put("a.csv", REPORT);
    assert_eq!(watched.look().await, 1);
    // As if it had died between the commit and the move: the file is there again, and another process looks.
    watched.put("a.csv", REPORT);
    watched.watcher = watcher(&watched.world, &watched.path);
    assert_eq!(watched.look().await, 1);
    let told: Vec<_> = watched
        .files("done")
        .into_iter()
        .filter(|name| name.ends_with(".txt"))
        .collect();
    let last = std::fs::read_to_string(watched.path.join("done").join(told.last().unwrap())).unwrap();
    assert!(last.contains("imported before"), "{last}");
    assert_eq!(watched.applications().await, 1);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told_and_waited_for() {
    let mut watched = watched().await;
    std::fs::remove_dir(&watched.path).unwrap();
    assert_eq!(watched.look().await, 0);
    std::fs::create_dir(&watched.path).unwrap();
    watched.put("a.csv", REPORT);
    assert_eq!(watched.look().await, 1);
}
