//! The rows of a batch, ten at a time, and marking them.

use super::{PAGE, Row};
use crate::plain::sitting::Sitting;
use crate::plain::spoken::Voice;
use crate::text::scrub;
use crate::wellbeing::Masking;

impl Sitting {
    /// The next rows.
    pub(in crate::plain) fn more_rows(&mut self) {
        let Some(batch) = &self.batch else { return self.tell("plain-no-batch") };
        let from = if batch.said >= batch.rows.len() { 0 } else { batch.said };
        let rows: Vec<Row> = batch.rows[from..].iter().take(PAGE).cloned().collect();
        let lines: Vec<String> = rows.iter().enumerate().map(|(at, row)| self.row_line(from + at + 1, row)).collect();
        if let Some(batch) = &mut self.batch {
            batch.said = batch.said.max(from + rows.len());
            batch.told_at = None;
        }
        self.out.extend(lines);
    }

    fn row_line(&mut self, number: usize, row: &Row) -> String {
        let item = &row.served.item;
        let lexicon = self.house.lexicon(&row.served.client, item.lang.as_deref());
        let policies = self.house.policies_of(&row.served.client);
        let mask = Masking::on_arrival(row.served.level(), self.mask_at_least);
        let voice = Voice { mask, lexicon: &lexicon, policies: &policies, words: &self.words };
        let author = item.author.as_ref();
        let name = author.and_then(|author| author.name.as_ref()).map(|name| scrub::line(name).fit(40).into_owned());
        let name = name.or_else(|| author.and_then(|author| author.id.as_deref().map(scrub::log)));
        let at = item.created_at.map(|at| self.words.moment(at, self.at.wall, &self.settings.zone));
        let reports = match item.reports.len() {
            0 => self.words.say("batch-not-reported").into_owned(),
            n => self.words.say_with("report-times", &[("n", n.into())]),
        };
        let head: Vec<String> = [Some(number.to_string()), name, at, Some(reports)].into_iter().flatten().collect();
        let texts = [&item.title, &item.text].into_iter().flatten();
        let said: Vec<String> = texts.flat_map(|text| voice.said(scrub::line(text)).paragraphs).collect();
        let said = said.join(" ");
        let said =
            if said.is_empty() { self.words.coded("masking", &mask.level().to_string()).into_owned() } else { said };
        format!("{}: {said}", head.join(", "))
    }

    /// `v` and numbers: marks these, or takes the mark away.
    pub(in crate::plain) fn mark(&mut self, rest: &str) {
        let Some(batch) = &mut self.batch else { return };
        let mut any = false;
        for part in rest.split([' ', ',']).filter(|part| !part.is_empty()) {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else { continue };
            for row in batch.rows.iter_mut().take(to).skip(from.saturating_sub(1)) {
                row.marked = !row.marked;
                any = true;
            }
        }
        if !any {
            return self.tell("plain-batch-which");
        }
        let line = self.words.say_with("batch-marked", &[("n", batch.marked().into())]);
        self.say(line);
    }

    /// `V`: all that were reported, or all where none was; with those marked, none.
    pub(in crate::plain) fn mark_all(&mut self) {
        let Some(batch) = &mut self.batch else { return };
        let any = batch.rows.iter().any(Row::reported);
        let all = batch.rows.iter().filter(|row| !any || row.reported()).all(|row| row.marked);
        for row in &mut batch.rows {
            row.marked = !all && (row.marked || !any || row.reported());
        }
        let (marked, rest) = (batch.marked(), batch.rows.iter().filter(|row| any && !row.reported()).count());
        let id = if rest > 0 && marked > 0 { "batch-marked-reported" } else { "batch-marked" };
        let line = self.words.say_with(id, &[("n", marked.into()), ("rest", rest.into())]);
        self.say(line);
    }
}
