//! Deadlines that laws and standards set, for `moddesk queue laws`.

use super::out::Out;
use super::table;
use crate::moderation::deadline::PRESETS;
use crate::wellbeing::duration::Span;
use std::io::Write;

/// All of them: which are hard, from when they count, and what is no longer in force.
pub fn write(out: &mut Out, json: bool) -> anyhow::Result<()> {
    if json {
        let all: Vec<serde_json::Value> = PRESETS
            .iter()
            .map(|preset| {
                serde_json::json!({"name": preset.name, "within": Span(preset.within), "law": preset.law,
                    "starts": preset.starts, "hard": preset.hard, "historical": preset.historical})
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &all)?;
        writeln!(out)?;
        return Ok(());
    }
    let rows: Vec<Vec<String>> = PRESETS
        .iter()
        .map(|preset| {
            let note = match (preset.hard, preset.historical) {
                (_, true) => "no longer in force",
                (true, false) => "",
                (false, false) => "the law says: without undue delay",
            };
            let [name, law, starts, note] = [preset.name, preset.law, preset.starts, note].map(str::to_owned);
            vec![name, Span(preset.within).to_string(), law, starts, note]
        })
        .collect();
    Ok(table::write(out, &["name", "within", "law", "counts from", ""], &rows)?)
}
