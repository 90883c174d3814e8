use std::collections::BTreeSet;

use super::*;

/// The kinds in `schema.txt` are what the documents and the checks go by.
#[test]
fn every_table_is_distributed_as_its_kind_says() {
    let schema = include_str!("../../../sigap-store/schema.txt");
    let of_kind = |wanted: &[&str]| -> BTreeSet<&str> {
        schema
            .lines()
            .filter_map(|line| line.strip_prefix("table ")?.split_once(": "))
            .filter(|(_, kind)| wanted.contains(kind))
            .map(|(table, _)| table)
            .collect()
    };
    let distributed: BTreeSet<_> = DISTRIBUTE.iter().map(|(table, _)| *table).collect();
    assert_eq!(distributed, of_kind(&["office", "person"]));
    assert_eq!(
        REFERENCE.iter().copied().collect::<BTreeSet<_>>(),
        of_kind(&["reference"])
    );
    for (table, column) in DISTRIBUTE {
        assert_eq!(*column == "office_id", of_kind(&["office"]).contains(table), "{table}");
    }
}
