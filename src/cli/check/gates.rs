//! Gates of a check: what makes a run that went well end with status 1.

use crate::cli::args::named;
use crate::cli::gate::{joined, over_limit, share};
use crate::cli::messages::count;
use clap::Args;
use likewise::Kind;
use likewise::check::{CheckOptions, Checked, Group};
use likewise::credit::CreditClass;

/// Gates: what makes a run that went well end with status 1.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Gates")]
pub struct GateArgs {
    /// End with status 1 when more than this share of an article's words is found, as 0.3 or 30%
    ///
    /// Boilerplate counts only with --boilerplate. Of many articles, one is enough.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub fail_over: Option<f64>,

    /// End with status 1 when a passage is of a kind (verbatim, edited, reworded), or its credit of a class (uncredited,
    /// quoted-altered)
    ///
    /// A passage counts as credited when one of the documents that have it is credited. Boilerplate counts only with --boilerplate. May
    /// be given more than once: one is enough, and of many articles one.
    #[arg(long, value_name = "WHAT", value_parser = named(Trigger::all(), Trigger::name))]
    pub fail_on: Vec<Trigger>,
}

/// What trips a gate when it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A passage of a kind.
    Kind(Kind),
    /// A passage whose credit is of a class.
    Credit(CreditClass),
}

impl Trigger {
    fn all() -> impl Iterator<Item = Self> {
        let classes = [CreditClass::QuotedAltered, CreditClass::Uncredited];
        Kind::ALL.into_iter().map(Self::Kind).chain(classes.map(Self::Credit))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.name(),
            Self::Credit(class) => class.name(),
        }
    }

    fn takes(self, checked: &Checked<'_>, group: &Group) -> bool {
        match self {
            Self::Kind(kind) => checked.passage(checked.best(group)).passage.kind == kind,
            Self::Credit(class) => checked.credit(group) == Some(class),
        }
    }
}

impl GateArgs {
    /// Why a gate trips, if one does.
    pub fn tripped(&self, checked: &Checked<'_>, options: &CheckOptions) -> Option<String> {
        let is_asked = self.fail_over.is_some() || !self.fail_on.is_empty();
        if is_asked && !checked.has_texts && !checked.matches.is_empty() {
            let sharing = count(checked.matches.len(), "document");
            let share = if checked.matches.len() == 1 { "shares" } else { "share" };
            return Some(format!(
                "{sharing} of the archive {share} its wording; the archive keeps no texts, so how much is not known"
            ));
        }
        let share = checked.share();
        let over = self.fail_over.filter(|limit| share > *limit);
        let over = over.map(|limit| format!("{} of its words are found in the archive", over_limit(share, limit)));
        let found = |&trigger: &Trigger| {
            let counts = |group: &&Group| {
                let best = checked.passage(checked.best(group));
                (options.boilerplate || best.boilerplate.is_none()) && trigger.takes(checked, group)
            };
            let mut groups = checked.groups.iter().filter(counts);
            let first = groups.next()?;
            let passages = count(1 + groups.count(), "passage");
            Some(format!("--fail-on {}: {passages}, the first {}", trigger.name(), place(checked, first)))
        };
        joined(over.into_iter().chain(self.fail_on.iter().filter_map(found)))
    }
}

/// Where a passage stands, and where else.
fn place(checked: &Checked<'_>, group: &Group) -> String {
    let line = checked.article.text[..group.span.start].matches('\n').count() + 1;
    let source = &checked.matches[checked.best(group).source];
    format!("on line {line}, as in {}", crate::cli::messages::escaped(&source.document.id))
}
