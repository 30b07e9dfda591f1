//! How much a change matters, by kind and by the classes that the data files give their words.

use super::fact::Fact;
use super::kind::{ChangeKind, Severity};

/// The severity of a change of `kind` between two facts, of which one may be missing.
///
/// | kind | material | notable | minor |
/// |---|---|---|---|
/// | number, unit, currency, percentage, date | replaced, added or dropped | | |
/// | name | replaced | added or dropped | |
/// | negation, order, misquote | always | | |
/// | modality | between duty or firm will and the rest | otherwise | |
/// | quantifier | from or to all or none; a bound turned round | otherwise | |
/// | hedge | between sure and weak | likely, sure or weak added or dropped | about how much |
/// | attribution | to or from denial | between stances | added or dropped |
pub(super) fn severity(kind: ChangeKind, a: Option<&Fact>, b: Option<&Fact>) -> Severity {
    use ChangeKind::*;
    let both = a.is_some() && b.is_some();
    let class = |fact: Option<&Fact>| fact.map_or("", Fact::class);
    let (x, y) = (class(a), class(b));
    let between = |these: &[&str]| these.contains(&x) != these.contains(&y);
    match kind {
        Number | Unit | Currency | Percentage | Date | Negation | Order | Misquote => Severity::Material,
        // Of names that only their place shows, neither side has a fact.
        Name if a.is_some() == b.is_some() => Severity::Material,
        Name => Severity::Notable,
        Modality if between(&["duty", "firm", "ban"]) => Severity::Material,
        Modality => Severity::Notable,
        Quantifier if between(&["all", "none"]) || is_turned(x, y) || is_turned(y, x) => Severity::Material,
        Quantifier => Severity::Notable,
        Hedge if x == "approximate" && y.is_empty() || x.is_empty() && y == "approximate" => Severity::Minor,
        Hedge if both && between(&["sure"]) => Severity::Material,
        Hedge => Severity::Notable,
        Attribution if between(&["deny"]) && both => Severity::Material,
        Attribution if both => Severity::Notable,
        Attribution => Severity::Minor,
    }
}

/// A bound and its contrary.
fn is_turned(x: &str, y: &str) -> bool {
    matches!((x, y), ("at-least" | "over", "at-most" | "under"))
}
