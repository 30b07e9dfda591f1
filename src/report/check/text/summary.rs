//! The first screen: how much stands in the archive, where the most, and where in the article.

use super::Text;
use crate::passage::SegmentKind;
use crate::report::check::facts::called;
use crate::report::check::wording::{answer, tally};
use crate::report::layout::Paragraph;
use crate::report::paint::{Line, Mark, Painter, fitted};
use crate::report::text::summary::{WIDEST_STRIP, fullest, mark, sign};
use crate::report::tiles::worded;
use crate::report::visible;
use crate::report::wording::{count, grouped, percent, text_warnings};
use std::io::{self, Write};

/// Classes of the strip: the kinds, then boilerplate.
const CLASSES: usize = SegmentKind::ALL.len() + 1;
const BOILERPLATE: usize = SegmentKind::ALL.len();
/// The sign of boilerplate.
pub(super) const BOILERPLATE_SIGN: char = '░';

impl Text<'_> {
    pub(super) fn summary<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let name = fitted(&visible(&self.checked.article.id), self.view.width);
        to.line(&Line::of(name, Mark::Strong))?;
        self.remark(&self.against(), to)?;
        self.indented(0, &Paragraph::of(&answer(self.checked, self.report.options.reverse), Mark::Strong), to)?;
        for told in self.told() {
            self.indented(0, &Paragraph::of(&told, Mark::Plain), to)?;
        }
        self.strip(to)?;
        self.warnings(to)
    }

    /// The article's day, and what it was checked against.
    fn against(&self) -> String {
        let date = self.checked.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        format!("{date} · against {}, {}", self.report.archive, count(self.report.documents, "document"))
    }

    /// The lines below the answer.
    fn told(&self) -> Vec<String> {
        let figures = &self.checked.figures;
        let mut told = Vec::new();
        if let Some(longest) = figures.longest.filter(|_| figures.longest_words > 0) {
            let found = &self.checked.matches[longest];
            told.push(format!(
                "Longest run word for word: {}, in {} {} ({}).",
                count(figures.longest_words, "word"),
                self.noun(),
                grouped(longest + 1),
                called(found)
            ));
        }
        told.extend(tally(&self.facts));
        if figures.boilerplate_words > 0 {
            let apart = if self.report.options.boilerplate { "counted in" } else { "counted apart" };
            let passages = count(self.facts.boilerplate().count(), "passage");
            told.push(format!("Boilerplate, {apart}: {} in {passages}.", count(figures.boilerplate_words, "word")));
        }
        told
    }

    /// The article from its beginning to its end, a sign for what has most of each part; and what the signs mean.
    fn strip<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        if self.facts.shown.is_empty() {
            return Ok(());
        }
        let class = |group: Option<usize>| match group.map(|group| &self.facts.shown[group]) {
            None => SegmentKind::Unique as usize,
            Some(shown) if shown.boilerplate => BOILERPLATE,
            Some(shown) => SegmentKind::from(shown.kind()) as usize,
        };
        let text = &self.checked.article.text;
        let tiles = worded(text, self.facts.tiles()).into_iter().map(|(span, group)| (span, class(group)));
        let cells = fullest::<CLASSES>(tiles, text.len(), self.view.width.min(WIDEST_STRIP));
        to.blank()?;
        to.line(&cells.into_iter().fold(Line::default(), |line, class| line.and(signed(class).0, signed(class).1)))?;
        let mut legend = Paragraph::default();
        for (class, share) in self.shares().into_iter().filter(|(_, share)| *share > 0.0) {
            let (sign, mark) = signed(class);
            legend.push(&sign, mark);
            legend.push(&format!(" {} {}   ", name(class), percent(share)), Mark::Plain);
        }
        self.indented(0, &legend, to)
    }

    /// Shares of the article's words.
    fn shares(&self) -> Vec<(usize, f64)> {
        let figures = &self.checked.figures;
        let share = |words: usize| words as f64 / self.checked.words.max(1) as f64;
        let mut shares: Vec<_> = figures.kind_words.iter().map(|&words| share(words)).enumerate().collect();
        let apart = if self.report.options.boilerplate { 0 } else { figures.boilerplate_words };
        shares.push((BOILERPLATE, share(apart)));
        shares.push((
            SegmentKind::Unique as usize,
            share(self.checked.words.saturating_sub(figures.found_words + apart)),
        ));
        shares
    }

    fn warnings<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let mut warnings = Vec::new();
        text_warnings("The article", self.checked.folded, &self.checked.article.decoding, &mut warnings);
        for found in &self.checked.matches {
            for cut in &found.cut_short {
                warnings.push(format!("Cut short while at {} with {}: {}", cut.stage, found.document.id, cut.what));
            }
        }
        if !warnings.is_empty() {
            to.blank()?;
        }
        for warning in warnings {
            self.indented(0, &Paragraph::of(&format!("! {warning}"), Mark::Warning), to)?;
        }
        Ok(())
    }
}

/// Sign and colour of a class of the strip.
fn signed(class: usize) -> (String, Mark) {
    match SegmentKind::ALL.get(class) {
        Some(&kind) => (sign(kind).to_string(), mark(kind)),
        None => (BOILERPLATE_SIGN.to_string(), Mark::Faint),
    }
}

fn name(class: usize) -> &'static str {
    match SegmentKind::ALL.get(class) {
        Some(SegmentKind::Unique) => "not found",
        Some(kind) => kind.name(),
        None => "boilerplate",
    }
}
