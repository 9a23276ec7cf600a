//! The dossier of one item: what a court, an authority or an appeal asks for, without anybody's name.

use crate::store::{HistoryEntry, Kept};
use serde_json::{Value, json};

/// Puts the dossier together: content as it was seen, context, rounds with policy versions and times, reversals. The
/// people in it are pseudonyms; answers of a gold set and what anybody looked at are left out.
pub fn dossier(kept: &Kept, history: &[HistoryEntry]) -> Value {
    let mut content = serde_json::to_value(&kept.item).expect("an item is plain data");
    if let Some(fields) = content.as_object_mut() {
        fields.remove("labels");
        fields.remove("annotators");
    }
    json!({
        "item": kept.item.id,
        "queue": kept.queue,
        "client": kept.client,
        "state": kept.state,
        "revision": kept.item.revision,
        "round": kept.round,
        "due_at": kept.due_at,
        "content": content,
        "decisions": kept.decisions,
        "history": history,
    })
}
