//! Stages by themselves, so that the benches can time what [`compare()`](crate::compare()) does in one go. Nothing else
//! should call this: it changes with the stages.

use crate::archive::Fingerprinting;
use crate::options::Options;
use crate::shingle::shingles;
use crate::simhash;
use crate::text;

/// Folds and tokenises `text`, and cuts it into sentences: how many of both there are.
pub fn tokenise(text: &str) -> (usize, usize) {
    let read = text::tokenise(text);
    (read.len(), read.sentences.len())
}

/// As [`tokenise`], with the hashes of all shingles and the simhash, put together so that none can be left out.
pub fn fingerprint(text: &str, options: &Options) -> u64 {
    let read = text::tokenise(text);
    shingles(&read.tokens, options.shingle_size()).fold(simhash::of_tokens(&read.tokens), |all, (_, hash)| all ^ hash)
}

/// Hashes of the fingerprints of `text`, as an archive with the default options has them.
pub fn archive_fingerprints(text: &str) -> Vec<u64> {
    let mut hashes = Vec::new();
    Fingerprinting::default().fingerprinter().of_text(text, |hash| hashes.push(hash));
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_timed_is_done() {
        let text = "The two sides agreed to talk. Both armies were told.";
        assert_eq!(tokenise(text), (10, 2));
        assert_eq!(archive_fingerprints(text).len(), 1);
        assert_ne!(fingerprint(text, &Options::default()), fingerprint(&text[1..], &Options::default()));
    }
}
