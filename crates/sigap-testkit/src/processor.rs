//! What processes use of processors: a figure that other people on the machine do not change much.

/// Processor time of a process since its start, in seconds; 0 where the system does not tell.
#[must_use]
pub fn processor_seconds(process: u32) -> f64 {
    /// Ticks a second that Linux counts in for programs.
    const TICKS: f64 = 100.0;
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks: fields are counted after it.
    let fields = told.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS
}
