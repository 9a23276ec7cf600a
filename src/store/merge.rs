//! The same id again: what an import does with an item that is already there.

use crate::moderation::item::Medium;
use crate::moderation::{Author, Item};

/// What becomes of an item whose id is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Again {
    /// Nothing new.
    Unchanged,
    /// Same content, with more around it: this takes its place.
    Updated(Box<Item>),
    /// A newer revision: it waits at once, in a new round.
    Revised,
    /// Not taken in, and why.
    Refused(String),
}

/// Compares what is kept with what comes in. Same revision and content: reports are gathered, scores, reach, due and
/// a priority that is said replace the old ones, a higher severity counts. Content is what is judged: words, media,
/// attributes, subject, context, and who wrote it.
pub fn again(kept: &Item, kept_revision: u32, new: &Item) -> Again {
    if new.revision > kept_revision {
        return Again::Revised;
    }
    if new.revision < kept_revision {
        return Again::Refused(format!(
            "revision {} is older than revision {kept_revision}, which is here; send a higher one",
            new.revision
        ));
    }
    if !same_content(kept, new) {
        return Again::Refused(format!(
            "revision {kept_revision} is here with other content; send what was edited as a higher revision"
        ));
    }
    let mut merged = kept.clone();
    for report in &new.reports {
        if !merged.reports.contains(report) {
            merged.reports.push(report.clone());
        }
    }
    for (name, score) in &new.scores {
        merged.scores.insert(name.clone(), score.clone());
    }
    if let Some(new) = &new.reach {
        let old = merged.reach.unwrap_or_default();
        merged.reach = Some(crate::moderation::item::Reach {
            views: new.views.or(old.views),
            likes: new.likes.or(old.likes),
            shares: new.shares.or(old.shares),
        });
    }
    if new.priority != 0 {
        merged.priority = new.priority;
    }
    merged.due_at = new.due_at.or(merged.due_at);
    merged.online = new.online.or(merged.online);
    merged.severity = merged.severity.max(new.severity);
    for (kept, new) in merged.media.iter_mut().zip(&new.media).filter(|(kept, _)| kept.sha256.is_none()) {
        kept.sha256.clone_from(&new.sha256);
    }
    if let (Some(kept), Some(new)) = (&mut merged.author, &new.author) {
        merge_author(kept, new);
    }
    if merged == *kept { Again::Unchanged } else { Again::Updated(Box::new(merged)) }
}

fn merge_author(kept: &mut Author, new: &Author) {
    kept.joined_at = new.joined_at.or(kept.joined_at);
    kept.posts = new.posts.or(kept.posts);
    kept.removed = new.removed.or(kept.removed);
    kept.followers = new.followers.or(kept.followers);
    if new.note.is_some() {
        kept.note.clone_from(&new.note);
    }
}

fn same_content(a: &Item, b: &Item) -> bool {
    let wrote = |item: &Item| item.author.as_ref().map(|author| (author.id.clone(), author.name.clone()));
    let same_lang = a.lang.is_none() || b.lang.is_none() || a.lang == b.lang;
    same_lang
        && a.kind == b.kind
        && a.channel == b.channel
        && a.subject == b.subject
        && a.title == b.title
        && a.text == b.text
        && same_media(&a.media, &b.media)
        && a.attributes == b.attributes
        && a.url == b.url
        && a.live == b.live
        && a.created_at == b.created_at
        && a.context == b.context
        && a.sealed == b.sealed
        && wrote(a) == wrote(b)
}

/// The bytes of one whose hash only one side knows may be the same.
fn same_media(a: &[Medium], b: &[Medium]) -> bool {
    let same = |a: &Medium, b: &Medium| {
        let hashes = a.sha256.is_none() || b.sha256.is_none() || a.hash() == b.hash() && a.hash().is_some();
        let bare = |medium: &Medium| Medium { sha256: None, ..medium.clone() };
        (a.sha256 == b.sha256 || hashes) && bare(a) == bare(b)
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn item(extra: serde_json::Value) -> Item {
        let mut value = json!({"id": "a", "text": "x", "reports": [{"by": "user", "reason": "hate"}],
            "scores": {"toxicity": 0.5}, "reach": {"views": 1, "likes": 2}});
        for (key, part) in extra.as_object().expect("an object") {
            value[key] = part.clone();
        }
        serde_json::from_value(value).expect("an item")
    }

    #[test]
    fn the_same_line_twice_changes_nothing() {
        assert_eq!(again(&item(json!({})), 1, &item(json!({}))), Again::Unchanged);
    }

    #[test]
    fn reports_scores_reach_priority_and_due_are_merged() {
        let new = item(json!({"reports": [{"by": "order"}], "scores": {"spam": 1.0}, "reach": {"views": 9},
            "priority": 5, "due_at": "2026-11-22T08:00:00Z"}));
        let Again::Updated(merged) = again(&item(json!({})), 1, &new) else { panic!("not merged") };
        assert_eq!(merged.reports.len(), 2);
        assert_eq!(merged.scores.len(), 2);
        assert_eq!(merged.reach.map(|reach| (reach.views, reach.likes)), Some((Some(9), Some(2))));
        assert_eq!((merged.priority, merged.due_at), (5, new.due_at));
        assert_eq!(again(&merged, 1, &new), Again::Unchanged);
    }

    #[test]
    fn other_content_needs_a_higher_revision() {
        let edited = item(json!({"text": "y"}));
        assert!(matches!(again(&item(json!({})), 1, &edited), Again::Refused(_)));
        assert!(matches!(again(&item(json!({})), 2, &edited), Again::Refused(_)));
        let edited = item(json!({"text": "y", "revision": 2}));
        assert_eq!(again(&item(json!({})), 1, &edited), Again::Revised);
    }
}
