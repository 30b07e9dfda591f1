//! The report of a batch: a page for every pair, and an index of them.

use super::super::messages::Messages;
use super::super::output::OutputFolder;
use super::super::status::{Stop, failure};
use super::BatchArgs;
use super::sink::file_name;
use askama::Template;
use likewise::report::lines::PairLine;
use likewise::report::write_page_of;
use likewise::{Comparison, Severity};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

/// A folder of pages in the making.
pub struct Pages {
    folder: OutputFolder,
    /// Changes of each pair that has any, by its index: all, and the material ones.
    changes: Mutex<BTreeMap<usize, (usize, usize)>>,
}

/// The page that links to all others.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>likewise: {{ rows.len() }} pairs</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding-bottom: .5rem; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .3rem .6rem; text-align: left; overflow-wrap: anywhere; }
th { position: sticky; top: 0; background: Canvas; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.none { opacity: .65; }
</style>
</head>
<body>
<main>
<h1>Compared pairs</h1>
<table>
<caption>{{ rows.len() }} pairs, {{ shared }} of them with shared passages. Those that share most words come first.</caption>
<thead>
<tr><th scope="col">A</th><th scope="col">B</th><th scope="col" class="number">Material changes</th><th scope="col" class="number">Changes</th><th scope="col" class="number">Passages</th><th scope="col" class="number">Shared words</th><th scope="col" class="number">Longest run</th><th scope="col" class="number">Resemblance</th></tr>
</thead>
<tbody>
{% for row in rows %}<tr{% if row.pair.passages == 0 %} class="none"{% endif %}><td><a href="{{ row.page }}">{{ row.pair.a }}</a></td><td>{{ row.pair.b }}</td><td class="number">{{ row.material }}</td><td class="number">{{ row.changes }}</td><td class="number">{{ row.pair.passages }}</td><td class="number">{{ row.pair.shared_words }}</td><td class="number">{{ row.pair.longest_words }}</td><td class="number">{{ row.pair.resemblance }}</td></tr>
{% endfor %}</tbody>
</table>
</main>
</body>
</html>
"#
)]
struct Index<'i> {
    rows: Vec<Row<'i>>,
    shared: usize,
}

struct Row<'i> {
    pair: &'i PairLine,
    page: String,
    changes: usize,
    material: usize,
}

impl Pages {
    /// A folder that cannot be written to is found out here, before any work.
    pub fn open(path: &Path, args: &BatchArgs) -> Result<Self, Stop> {
        Ok(Self { folder: OutputFolder::open(path, args.read())?, changes: Mutex::default() })
    }

    /// Writes the page of a pair, from any thread.
    pub fn write(&self, index: usize, found: &Comparison<'_>) -> Result<(), Stop> {
        let changes = found.passages.iter().flat_map(|passage| &passage.changes);
        let material = changes.clone().filter(|change| change.severity == Severity::Material).count();
        let all = changes.count();
        if all > 0 {
            self.changes.lock().expect("no writer panics").insert(index, (all, material));
        }
        let name = page(index, &found.a.document.id, &found.b.document.id);
        let mut file = self.folder.create(&name)?;
        write_page_of("../index.html", found, &mut file).map_err(|error| self.folder.stop(&name, &error))
    }

    /// Writes the index and puts all pages in their place, of those of an earlier report.
    pub fn finish(self, pairs: &[PairLine], messages: &Messages) -> Result<(), Stop> {
        let counts = self.changes.into_inner().expect("no writer panics");
        let mut rows: Vec<_> = pairs
            .iter()
            .enumerate()
            .map(|(index, pair)| {
                let (changes, material) = counts.get(&index).copied().unwrap_or_default();
                Row { pair, page: page(index, &pair.a, &pair.b), changes, material }
            })
            .collect();
        // What shares most comes first; the sort is stable, so equals stay in order.
        rows.sort_by_key(|row| std::cmp::Reverse(row.pair.shared_words));
        let shared = rows.iter().filter(|row| row.pair.passages > 0).count();
        let html = Index { rows, shared }.render().map_err(|error| failure("index.html", &error))?;
        self.folder.write("index.html", html.as_bytes())?;
        self.folder.finish_report(messages)
    }
}

fn page(index: usize, a: &str, b: &str) -> String {
    format!("pages/{}", file_name(index, a, b, "html"))
}
