//! The audit chain: what an entry's hash covers, and how a chain is checked, in a store or in a file.

use super::{AuditEntry, BrokenLink};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::BufRead;

/// A SHA-256, as the chain hands it on.
pub type Hash = [u8; 32];

/// What stands before the first entry.
pub const BEGINNING: Hash = [0; 32];

/// JSON with keys in byte order and no spaces: the one form in which an entry is hashed.
pub fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                text(key, out);
                out.push(':');
                canonical(&map[key.as_str()], out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                canonical(value, out);
            }
            out.push(']');
        }
        Value::String(string) => text(string, out),
        other => out.push_str(&other.to_string()),
    }
}

fn text(string: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(string).expect("a string is always JSON"));
}

/// Hashes one entry onto the chain before it. `detail` is already canonical.
pub fn link(before: &Hash, seq: u64, at: Timestamp, actor: &str, action: &str, subject: &str, detail: &str) -> Hash {
    let mut line = String::with_capacity(160 + detail.len());
    line.push_str("{\"action\":");
    text(action, &mut line);
    line.push_str(",\"actor\":");
    text(actor, &mut line);
    let _ = write!(line, ",\"at\":\"{at}\",\"detail\":{detail},\"seq\":{seq},\"subject\":");
    text(subject, &mut line);
    line.push('}');
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(line.as_bytes());
    hasher.finalize().into()
}

/// A hash as the chain is written down.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The SHA-256 of a text that the log must not hold itself, in hex.
pub fn checksum(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// A chain as far as it has been checked. Entries are fed in order; the first that does not fit is named.
#[derive(Clone, Debug)]
pub struct Chain {
    next: u64,
    hash: Hash,
}

impl Default for Chain {
    fn default() -> Self {
        Self { next: 1, hash: BEGINNING }
    }
}

impl Chain {
    /// Checks one more entry.
    pub fn check(&mut self, entry: &AuditEntry) -> Result<(), BrokenLink> {
        if entry.seq != self.next {
            let why = format!("entry {} stands where {} should be", entry.seq, self.next);
            return Err(BrokenLink { seq: self.next, why });
        }
        let mut detail = String::new();
        canonical(&entry.detail, &mut detail);
        let hash = link(&self.hash, entry.seq, entry.at, &entry.actor, &entry.action, &entry.subject, &detail);
        if hex(&hash) != entry.hash {
            return Err(BrokenLink { seq: entry.seq, why: "its hash does not fit what stands before it".into() });
        }
        self.hash = hash;
        self.next += 1;
        Ok(())
    }

    /// How many entries fit so far.
    pub fn checked(&self) -> u64 {
        self.next - 1
    }
}

/// Checks an exported log, one entry a line, without a store. Blank lines are skipped. Answers how many entries
/// fitted, and where the chain is broken.
pub fn verify_lines(lines: impl BufRead) -> std::io::Result<(u64, Option<BrokenLink>)> {
    let mut chain = Chain::default();
    for line in lines.split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let checked = serde_json::from_slice::<AuditEntry>(&line)
            .map_err(|_| BrokenLink { seq: chain.next, why: "it is no audit entry".into() })
            .and_then(|entry| chain.check(&entry));
        if let Err(broken) = checked {
            return Ok((chain.checked(), Some(broken)));
        }
    }
    Ok((chain.checked(), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn chain(n: u64) -> Vec<AuditEntry> {
        let mut before = BEGINNING;
        let at: Timestamp = "2026-11-22T08:00:00.000001Z".parse().expect("a time");
        (1..=n)
            .map(|seq| {
                let detail = json!({"z": 1, "a": {"c": [true, null, "é\u{0}\""], "b": seq}});
                let mut text = String::new();
                canonical(&detail, &mut text);
                before = link(&before, seq, at, "M-01", "decision.recorded", "forum:1 \"x\"", &text);
                AuditEntry {
                    seq,
                    at,
                    actor: "M-01".into(),
                    action: "decision.recorded".into(),
                    subject: "forum:1 \"x\"".into(),
                    detail,
                    hash: hex(&before),
                }
            })
            .collect()
    }

    fn lines(entries: &[AuditEntry]) -> String {
        entries.iter().map(|entry| serde_json::to_string(entry).expect("JSON") + "\n").collect()
    }

    #[test]
    fn an_untouched_chain_fits_and_each_touch_is_named() {
        let whole = chain(5);
        assert_eq!(verify_lines(lines(&whole).as_bytes()).expect("reads"), (5, None));
        let mut changed = whole.clone();
        changed[2].detail["z"] = json!(2);
        assert_eq!(verify_lines(lines(&changed).as_bytes()).expect("reads").1.map(|b| b.seq), Some(3));
        let mut missing = whole.clone();
        missing.remove(3);
        assert_eq!(verify_lines(lines(&missing).as_bytes()).expect("reads").1.map(|b| b.seq), Some(4));
        let torn = lines(&whole).replace("\"seq\":2", "\"seq\":");
        assert_eq!(verify_lines(torn.as_bytes()).expect("reads").1.map(|b| b.seq), Some(2));
    }

    #[test]
    fn canonical_json_does_not_depend_on_the_order_of_keys() {
        let (mut one, mut two) = (String::new(), String::new());
        canonical(&json!({"b": 1, "a": 2}), &mut one);
        canonical(&json!({"a": 2, "b": 1}), &mut two);
        assert_eq!(one, two);
        assert_eq!(one, r#"{"a":2,"b":1}"#);
    }
}
