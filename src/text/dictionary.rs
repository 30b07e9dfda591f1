//! Words cut by dictionary, for scripts that put no spaces between them.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

/// Where the words of `text` begin and end, in bytes: 0, every border between two, its length. Cost: linear for texts of
/// bounded length.
pub(crate) fn borders(text: &str) -> impl Iterator<Item = usize> {
    segmenter().segment_str(text)
}

fn segmenter() -> WordSegmenterBorrowed<'static> {
    WordSegmenter::new_dictionary(WordBreakInvariantOptions::default())
}
