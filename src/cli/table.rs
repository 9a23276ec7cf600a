//! Plain tables for lists at a prompt.

use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes columns as wide as their widest cell, two spaces apart; numbers stand right.
pub fn write(out: &mut impl Write, head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let width = |column: usize| {
        rows.iter().map(|row| row[column].width()).chain([head[column].width()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let numeric: Vec<bool> = (0..head.len())
        .map(|column| !rows.is_empty() && rows.iter().all(|row| row[column].parse::<f64>().is_ok()))
        .collect();
    let mut line = |cells: &[String]| {
        let mut text = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let gap = " ".repeat(widths[column] - cell.width());
            if column > 0 {
                text.push_str("  ");
            }
            if numeric[column] {
                text.push_str(&gap);
                text.push_str(cell);
            } else {
                text.push_str(cell);
                text.push_str(&gap);
            }
        }
        writeln!(out, "{}", text.trim_end())
    };
    line(&head.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    rows.iter().try_for_each(|row| line(row))
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_numbers_stand_right() {
        let mut out = Vec::new();
        let rows = vec![vec!["météo".to_owned(), "7".to_owned()], vec!["x".to_owned(), "412".to_owned()]];
        super::write(&mut out, &["queue", "waiting"], &rows).expect("a vector takes everything");
        assert_eq!(String::from_utf8(out).expect("text"), "queue  waiting\nmétéo        7\nx          412\n");
    }
}
