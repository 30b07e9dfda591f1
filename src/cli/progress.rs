//! Progress on standard error: bars on a terminal, a line per stage where progress is asked for elsewhere.

use super::args::{MessageArgs, When};
use super::messages::Messages;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// How often a bar is drawn again.
const TICK: Duration = Duration::from_millis(200);

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Bars,
    Lines,
    Hidden,
}

impl Progress {
    /// As the arguments and the terminal have it.
    pub fn new(args: &MessageArgs) -> Self {
        match (args.progress, stderr().is_terminal()) {
            _ if args.quiet => Self::Hidden,
            (When::Auto | When::Always, true) => Self::Bars,
            (When::Always, false) => Self::Lines,
            (When::Auto, false) | (When::Never, _) => Self::Hidden,
        }
    }

    /// Says at the end what came of the run and how long it took, where progress is shown.
    pub fn end(self, what: &str, started: Instant, messages: &Messages) {
        if self != Self::Hidden {
            messages.note(&format!("{what}; {:.2} s", started.elapsed().as_secs_f64()));
        }
    }

    /// Begins a stage: `doing` is a word as "comparing", `unit` what is counted up to `total`, where that is known.
    pub fn stage(self, doing: &'static str, unit: &'static str, total: Option<u64>) -> Stage {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        if self == Self::Bars {
            bar.set_style(style(unit, total));
            bar.set_message(doing);
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
        Stage { progress: self, doing, unit, bar, started: Instant::now() }
    }
}

fn style(unit: &str, total: Option<u64>) -> ProgressStyle {
    let template = match total {
        Some(_) => format!("{{msg}} [{{wide_bar}}] {{human_pos}}/{{human_len}} {unit}, {{per_sec}}, {{eta}} left"),
        None => format!("{{msg}} {{spinner}} {{human_pos}} {unit}, {{per_sec}}"),
    };
    ProgressStyle::with_template(&template).expect("the template is well-formed").progress_chars("=> ")
}

/// A stage that is going on. Counts from any thread.
pub struct Stage {
    progress: Progress,
    doing: &'static str,
    unit: &'static str,
    bar: ProgressBar,
    started: Instant,
}

impl Stage {
    /// One more is done.
    pub fn tick(&self) {
        self.bar.inc(1);
    }

    /// `count` more are done.
    pub fn advance(&self, count: u64) {
        self.bar.inc(count);
    }

    /// Ends the stage, and tells its time in seconds.
    pub fn finish(self, messages: &Messages) -> f64 {
        let seconds = self.started.elapsed().as_secs_f64();
        self.bar.finish_and_clear();
        if self.progress == Progress::Lines {
            messages.note(&format!("{} {} {} took {seconds:.2} s", self.doing, self.bar.position(), self.unit));
        }
        seconds
    }
}
