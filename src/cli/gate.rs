//! Gates: what makes a run that went well end with status 1.

use super::args::{fraction, named};
use super::messages::{Messages, count};
use super::status::Status;
use clap::Args;
use likewise::{Change, ChangeKind, Comparison, Kind, Severity};

/// Gates: what makes a run that went well end with status 1.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Gates")]
pub struct GateArgs {
    /// End with status 1 when more than this share of either text's words is shared, as 0.3 or 30%
    ///
    /// In a batch, one such pair is enough.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub fail_over: Option<f64>,

    /// End with status 1 when this is found: a kind of passage (verbatim, edited, reworded), or a change of meaning
    ///
    /// `change` is any change, `change:material`, `change:notable` and `change:minor` one of that severity or worse, and
    /// `change:number`, `change:negation` and so on one of that kind. May be given more than once: one is enough, and in
    /// a batch one such pair.
    #[arg(long, value_name = "WHAT", value_parser = named(Trigger::all(), Trigger::name), hide_possible_values = true)]
    pub fail_on: Vec<Trigger>,
}

/// What trips a gate when it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A passage of a kind.
    Passage(Kind),
    /// A change of meaning.
    Change,
    /// A change of this severity or worse.
    Severity(Severity),
    /// A change of a kind.
    Kind(ChangeKind),
}

impl Trigger {
    fn all() -> impl Iterator<Item = Self> {
        let passages = Kind::ALL.into_iter().map(Self::Passage);
        let severities = Severity::ALL.into_iter().map(Self::Severity);
        passages.chain([Self::Change]).chain(severities).chain(ChangeKind::ALL.into_iter().map(Self::Kind))
    }

    /// The word for it on the command line.
    fn name(self) -> String {
        match self {
            Self::Passage(kind) => kind.name().to_owned(),
            Self::Change => "change".to_owned(),
            Self::Severity(severity) => format!("change:{}", severity.name()),
            Self::Kind(kind) => format!("change:{}", kind.name()),
        }
    }

    /// Whether `change` trips it.
    fn takes(self, change: &Change) -> bool {
        match self {
            Self::Passage(_) => false,
            Self::Change => true,
            // The gravest come first.
            Self::Severity(severity) => change.severity <= severity,
            Self::Kind(kind) => change.kind == kind,
        }
    }

    /// What `found` has of it, if it has any.
    fn told(self, found: &Comparison<'_>) -> Option<String> {
        if let Self::Passage(kind) = self {
            let mut passages = found.passages.iter().filter(|passage| passage.kind == kind);
            let first = passages.next()?;
            let place = place(found, first.a.start, first.b.start);
            return Some(format!("{}, the first {place}", count(1 + passages.count(), "passage")));
        }
        let mut changes =
            found.passages.iter().flat_map(|passage| &passage.changes).filter(|change| self.takes(change));
        let first = changes.next()?;
        Some(format!("{}, the first {}", count(1 + changes.count(), "change"), difference(found, first)))
    }
}

/// A change in words, with its place.
fn difference(found: &Comparison<'_>, change: &Change) -> String {
    let (a, b) = (&found.a.document.text, &found.b.document.text);
    let (before, after) = (shortened(change.a.of(a)), shortened(change.b.of(b)));
    let what = match (before.is_empty(), after.is_empty()) {
        (true, _) => format!(" added: {after}"),
        (_, true) => format!(" dropped: {before}"),
        _ => format!(": {before} → {after}"),
    };
    format!("{}: {}{what}", place(found, change.a.start, change.b.start), change.kind.name())
}

/// The lines on which bytes of the two texts stand.
fn place(found: &Comparison<'_>, a: usize, b: usize) -> String {
    let line = |text: &str, at: usize| text[..at].matches('\n').count() + 1;
    format!("on line {} of A and {} of B", line(&found.a.document.text, a), line(&found.b.document.text, b))
}

/// Characters of a text in a message.
const MOST: usize = 40;

/// The beginning of a text, on one line.
fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words,
    }
}

/// How much lies over the limit of `--fail-over`.
pub fn over_limit(share: f64, limit: f64) -> String {
    format!("--fail-over {}%: {:.1} %", 100.0 * limit, 100.0 * share)
}

/// The reasons in one line; none where there is none.
pub fn joined(reasons: impl Iterator<Item = String>) -> Option<String> {
    let reasons: Vec<String> = reasons.collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// A share between 0 and 1, or a percentage.
pub fn share(text: &str) -> Result<f64, String> {
    let share = fraction(text).ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share lies between 0 and 1, or between 0% and 100%".to_owned())
}

impl GateArgs {
    /// Whether a change of meaning may trip one.
    pub fn ask_for_changes(&self) -> bool {
        self.fail_on.iter().any(|trigger| !matches!(trigger, Trigger::Passage(_)))
    }

    /// The status of a run that made this comparison; a gate that tripped is told.
    pub fn check(&self, found: &Comparison<'_>, messages: &Messages) -> Status {
        let Some(reason) = self.tripped(found) else { return Status::Done };
        messages.note(&reason);
        Status::Gate
    }

    /// Why gates trip, if any does.
    pub fn tripped(&self, found: &Comparison<'_>) -> Option<String> {
        let (a, b) = (found.scores.shared_a, found.scores.shared_b);
        let (side, share) = if b > a { ("B", b) } else { ("A", a) };
        let over = self.fail_over.filter(|limit| share > *limit);
        let over = over.map(|limit| format!("{} of {side}'s words are shared", over_limit(share, limit)));
        let found = |trigger: &Trigger| Some(format!("--fail-on {}: {}", trigger.name(), trigger.told(found)?));
        joined(over.into_iter().chain(self.fail_on.iter().filter_map(found)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use likewise::{Document, Options, Span};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        gates: GateArgs,
    }

    /// Which of `triggers` trips on a pair with the given changes.
    fn tripped(triggers: &str, changes: &[(ChangeKind, Severity)]) -> Option<String> {
        let flags = triggers.split(' ').map(|trigger| format!("--fail-on={trigger}"));
        let line = Line::try_parse_from(["likewise".to_owned()].into_iter().chain(flags)).unwrap();
        let text = "The two sides agreed to meet\non 10 November and not before.";
        let (a, b) = (Document::new("a", text), Document::new("b", text));
        let mut found = likewise::compare(&a, &b, &Options::default());
        let all = Span::new(0, text.len());
        let place = |word: &str| Span::new(text.find(word).unwrap(), text.find(word).unwrap() + word.len());
        found.passages[0].changes = changes
            .iter()
            .map(|&(kind, severity)| Change {
                kind,
                severity,
                a: place("10"),
                b: place("not"),
                sentence_a: all,
                sentence_b: all,
            })
            .collect();
        line.gates.tripped(&found)
    }

    #[test]
    fn a_severity_takes_worse_ones_too() {
        let notable = [(ChangeKind::Name, Severity::Notable)];
        assert_eq!(tripped("change:material", &notable), None);
        let told = tripped("change:material change:notable", &notable).unwrap();
        assert_eq!(told, "--fail-on change:notable: 1 change, the first on line 2 of A and 2 of B: name: 10 → not");
        assert!(tripped("change:minor", &notable).is_some());
        assert!(tripped("change", &notable).is_some());
        assert_eq!(tripped("change", &[]), None);
    }

    #[test]
    fn a_kind_takes_only_its_own() {
        let changes = [(ChangeKind::Number, Severity::Material), (ChangeKind::Number, Severity::Minor)];
        assert_eq!(tripped("change:negation", &changes), None);
        let told = tripped("change:negation change:number", &changes).unwrap();
        assert!(
            told.starts_with("--fail-on change:number: 2 changes, the first on line 2 of A and 2 of B: number: 10"),
            "{told}"
        );
    }

    #[test]
    fn passages_trip_as_well_and_other_words_do_not_pass() {
        assert_eq!(tripped("edited", &[]), None);
        assert_eq!(
            tripped("edited verbatim", &[]),
            Some("--fail-on verbatim: 1 passage, the first on line 1 of A and 1 of B".to_owned())
        );
        for wrong in ["change:", "change:grave", "number", "Change"] {
            assert!(Line::try_parse_from(["likewise", "--fail-on", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn shares_are_fractions_or_percentages() {
        assert_eq!(share("0.3"), Ok(0.3));
        assert_eq!(share("30%"), Ok(0.3));
        assert_eq!(share("0"), Ok(0.0));
        for wrong in ["1.5", "-0.1", "101%", "NaN", "", "many"] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }
}
