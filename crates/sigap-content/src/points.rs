//! `content/offices/points.csv`: where offices are on the map, as well as anybody knows. An office file may name its own door.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use sigap_core::catalogue::UNVERIFIED;
use sigap_core::office::{OfficePoint, PointOf};
use sigap_core::point::Point;

use crate::error::ContentError;
use crate::files::Files;
use crate::office_file::OfficeFile;

/// The file.
pub(crate) const POINTS: &str = "offices/points.csv";

/// A row: what lies at the point stands in `of` and `place`, who says so in `source` and `source_id`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PointRow {
    slug: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    of: PointOf,
    pub(crate) place: String,
    pub(crate) source: String,
    pub(crate) checked: Date,
}

/// All rows by slug.
pub(crate) fn read(files: &Files) -> Result<BTreeMap<String, PointRow>, ContentError> {
    let mut rows = BTreeMap::new();
    for row in csv::Reader::from_reader(files.get(POINTS)?.as_bytes()).deserialize() {
        let row: PointRow = row.map_err(|error| ContentError::invalid(POINTS, error))?;
        if let Some(twice) = rows.insert(row.slug.clone(), row) {
            return Err(ContentError::invalid(POINTS, format!("`{}` stands twice", twice.slug)));
        }
    }
    Ok(rows)
}

/// Where an office is: its door where somebody stands behind it, else its row. Degrees that are none give nothing; the check
/// reports them.
pub(crate) fn of(own: &OfficeFile, row: Option<&PointRow>) -> Option<OfficePoint> {
    let door = own
        .point
        .as_ref()
        .filter(|point| point.source != UNVERIFIED)
        .map(|point| (point.latitude, point.longitude, PointOf::Building));
    let (latitude, longitude, of) = door.or_else(|| row.map(|row| (row.latitude, row.longitude, row.of)))?;
    let at = Point::new(latitude, longitude)?;
    Some(OfficePoint { at, of })
}
