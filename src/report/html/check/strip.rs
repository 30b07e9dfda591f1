//! Where the passages lie in the article, and which of them no credit was found near.

use super::{classes, credit, said};
use crate::credit::CreditClass;
use crate::report::check::facts::Facts;
use crate::report::tiles::worded;
use std::fmt;

/// Units across; the picture is stretched to the page's width.
const WIDTH: f64 = 1000.0;
/// A passage is never thinner than this.
const THINNEST: f64 = 2.0;

/// The picture, as inline SVG. It holds no document text.
pub(super) struct Strip<'c> {
    pub facts: &'c Facts<'c>,
}

impl fmt::Display for Strip<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<svg class=\"strip\" viewBox=\"0 0 {WIDTH} 30\" preserveAspectRatio=\"none\" role=\"img\" ")?;
        f.write_str("aria-label=\"Where the passages lie in the article; the list of them says the same in words\">")?;
        write!(f, "<rect class=\"fill unique\" width=\"{WIDTH}\" height=\"22\"/>")?;
        let text = &self.facts.checked.article.text;
        let unit = WIDTH / text.len().max(1) as f64;
        for (span, group) in worded(text, self.facts.tiles()) {
            let Some(shown) = group.map(|group| &self.facts.shown[group]) else { continue };
            let width = (span.len() as f64 * unit).max(THINNEST);
            let x = (span.start as f64 * unit).min(WIDTH - width);
            let (classes, number) = (classes(shown), shown.number);
            write!(f, "<g class=\"mark {classes}\" data-p=\"{number}\"><title>{number}: {}</title>", said(shown))?;
            write!(f, "<rect class=\"fill\" x=\"{x:.1}\" width=\"{width:.1}\" height=\"22\"/>")?;
            if credit(shown) == Some(CreditClass::Uncredited) {
                write!(f, "<rect class=\"open\" x=\"{x:.1}\" y=\"24\" width=\"{width:.1}\" height=\"6\"/>")?;
            }
            f.write_str("</g>")?;
        }
        f.write_str("</svg>")
    }
}
