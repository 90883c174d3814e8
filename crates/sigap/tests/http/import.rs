//! A spreadsheet goes in, the next answer about its numbers is another.

use crate::world::{SARI, World};
use sigap::import::read_report;
use sigap_actions::import_applications::{Actor, ImportSource};
use sigap_core::application::ReportRow;

async fn import(world: &World, name: &str, bytes: &[u8]) {
    let report = read_report(bytes, name, None).unwrap();
    let source = ImportSource::of(&report, bytes, Actor::Command);
    let service = &world.app.service;
    let imported = service
        .import_report(world.office.id, source, report, false, |_| {})
        .await;
    imported.unwrap();
}

#[tokio::test]
async fn an_import_changes_the_next_status_answer() {
    let world = World::new().await;
    let issued = read_report(
        include_bytes!("../../samples/laporan-penerbitan.xlsx"),
        "laporan-penerbitan.xlsx",
        None,
    )
    .unwrap();
    let rows: Vec<ReportRow> = issued.rows.into_iter().filter_map(|(_, row)| row.ok()).collect();
    let number = rows.first().unwrap().number.as_str().to_owned();
    let before = world.asks(SARI, &number).await;
    import(
        &world,
        "laporan-penerbitan.xlsx",
        include_bytes!("../../samples/laporan-penerbitan.xlsx"),
    )
    .await;
    let after = world.asks(SARI, &number).await;
    assert_ne!(before, after);
    assert!(after.to_lowercase().contains("siap"), "{after}");
    // Earlier reports never take it back.
    import(
        &world,
        "laporan-wawancara.xlsx",
        include_bytes!("../../samples/laporan-wawancara.xlsx"),
    )
    .await;
    assert_eq!(world.asks(SARI, &number).await, after);
}
