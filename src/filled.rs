//! Lists of one value, made the quick way for short texts.

/// Items up to which a list is short.
const SHORT: usize = 1024;

/// A list with `value` at `len` places. For zeros `vec!` asks for memory that holds zeros already; glibc looks for such memory
/// past the small blocks that each thread keeps, so that for a short list it takes less to write them.
pub(crate) fn filled<T: Copy>(value: T, len: usize) -> Vec<T> {
    if len > SHORT {
        return vec![value; len];
    }
    let mut list = Vec::with_capacity(len);
    list.resize(len, value);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_lists_are_filled() {
        for len in [0, 1, SHORT, SHORT + 1] {
            assert_eq!(filled(0_u8, len), vec![0; len]);
            assert_eq!(filled(true, len), vec![true; len]);
        }
    }
}
