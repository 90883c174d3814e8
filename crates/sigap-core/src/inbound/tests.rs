use super::*;

#[test]
fn a_place_reads_back_with_coordinates_and_as_older_versions_stored_it() {
    let old: Said = serde_json::from_str(r#""location""#).unwrap();
    assert_eq!(old, Said::Location);
    assert_eq!(serde_json::to_string(&Said::Location).unwrap(), r#""location""#);
    let stored = r#"{"location_at":{"north":-660,"east":10680}}"#;
    let new = Said::LocationAt(Point::new(-6.6, 106.8).unwrap());
    assert_eq!(serde_json::to_string(&new).unwrap(), stored);
    assert_eq!(serde_json::from_str::<Said>(stored).unwrap(), new);
    assert_eq!((old.name(), new.name()), ("location", "location"));
    assert_eq!(format!("{new:?}"), "location(…)");
}
