//! What every record of a run has: rounded figures, paths, memory.

use serde::Serializer;
use std::path::Path;

/// To three decimals.
pub fn millis(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The most memory this process held, in bytes, as Linux tells it.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// A path as text; what is no Unicode in it is replaced.
pub fn lossy<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}
