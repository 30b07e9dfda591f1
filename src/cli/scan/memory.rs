//! How much memory to use.

/// What is used where the machine does not tell what it has.
const UNKNOWN: usize = 2 << 30;

/// What is left of `memory` for what an archive's writer holds.
pub fn left_to_writer(memory: usize) -> usize {
    memory.saturating_sub(WRITER).max(WRITER / 4)
}

/// Half of the machine's memory, as Linux tells it.
pub fn half_of_all() -> usize {
    let all = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()
    });
    all.map_or(UNKNOWN, |kibibytes| kibibytes / 2 * 1024)
}

/// A size as 500M, 4G, 1.5GB, 2GiB, or in bytes; K, M and G are powers of 1024. Less than [`LEAST`] is refused.
pub fn size(text: &str) -> Result<usize, String> {
    let lower = text.trim().to_ascii_lowercase();
    let split = lower.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(lower.len());
    let (number, unit) = lower.split_at(split);
    let factor = match unit.trim() {
        "" | "b" => 1.0,
        "k" | "kb" | "kib" => 1024.0,
        "m" | "mb" | "mib" => 1024.0 * 1024.0,
        "g" | "gb" | "gib" => 1024.0 * 1024.0 * 1024.0,
        "t" | "tb" | "tib" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => return Err("a size is a number with K, M, G or T, as 500M".to_owned()),
    };
    match number.parse::<f64>() {
        Ok(number) if number * factor >= LEAST => Ok((number * factor) as usize),
        Ok(_) => Err("some 48M are taken whatever there is to hold; give it 96M at least".to_owned()),
        Err(_) => Err("a size is a number with K, M, G or T, as 500M".to_owned()),
    }
}

/// Bytes with which scans and writers keep to them: less is taken up by what they need whatever they hold.
const LEAST: f64 = 96.0 * 1024.0 * 1024.0;

/// Bytes that an archive's writer takes whatever it holds: batches in work, buffers of files, packing.
const WRITER: usize = 48 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("500M"), Ok(500 << 20));
        assert_eq!(size("1.5 GiB"), Ok(3 << 29));
        assert_eq!(size("134217728"), Ok(1 << 27));
        for wrong in ["", "G", "4 apples", "1.2.3G", "-4G", "12"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!(size("96M"), Ok(96 << 20));
        assert!(size("95M").is_err_and(|why| why.contains("96M at least")));
        assert!(half_of_all() > 1 << 24);
        assert_eq!((left_to_writer(1 << 20), left_to_writer(140 << 20)), (12 << 20, 92 << 20));
    }
}
