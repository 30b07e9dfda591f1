//! Scores as text: a table with a row for each kind, then single figures, one a line.

use std::fmt;

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    Count(usize),
    /// Shown to five digits.
    Number(f64),
}

/// Rows whose cells stand under the columns of their names, and lines below.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    /// The columns are those of the last row, then what other rows add.
    pub rows: Vec<(&'t str, Vec<(&'static str, Cell)>)>,
    pub lines: Vec<(&'static str, Cell)>,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => f.pad(&count.to_string()),
            Self::Number(number) => f.pad(&format!("{number:.5}")),
        }
    }
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rows.is_empty() {
            self.write_rows(f)?;
        }
        self.lines.iter().try_for_each(|(name, cell)| writeln!(f, "{name:<37} {cell}"))
    }
}

impl Table<'_> {
    fn write_rows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns();
        let width = self.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        write!(f, "{:width$}", "")?;
        columns.iter().try_for_each(|column| write!(f, " {column:>9}"))?;
        writeln!(f)?;
        for (name, cells) in &self.rows {
            write!(f, "{name:<width$}")?;
            for column in &columns {
                let width = column.len().max(9);
                match cells.iter().find(|(name, _)| name == column) {
                    Some((_, cell)) => write!(f, " {cell:>width$}")?,
                    None => write!(f, " {:>width$}", "")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }

    fn columns(&self) -> Vec<&'static str> {
        let mut columns: Vec<&str> = Vec::new();
        for (name, _) in self.rows.last().into_iter().chain(&self.rows).flat_map(|(_, cells)| cells) {
            if !columns.contains(name) {
                columns.push(name);
            }
        }
        columns
    }
}
