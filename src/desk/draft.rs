//! What gathers on an item before its verdict.

use crate::moderation::follow_up::Visibility;
use crate::moderation::{AlertKind, FollowUp};
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use crate::words::Words;
use serde::{Deserialize, Serialize};

/// Follow-ups, note and grade of one item; the verdict key sends the lot, and nothing of it implies a verdict.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// In the order in which they were gathered; one of a kind, except insights and labels.
    pub follow_ups: Vec<FollowUp>,
    /// For colleagues.
    pub note: String,
    /// As judged, if it was.
    pub grade: Option<Severity>,
    /// Text boxes that were left without keeping: the text stands there again, and goes nowhere by itself.
    pub unfinished: Vec<(String, String)>,
    /// The alert that was raised on it: a verdict to escalate carries it.
    pub alert: Option<(AlertKind, bool, bool, bool)>,
    /// How the reply in the making goes out: who reads it and what it was filled from outlive leaving the box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_as: Option<ReplyAs>,
}

/// How a reply goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyAs {
    /// Who reads it.
    pub visibility: Visibility,
    /// The template it was filled from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

impl Draft {
    /// Whether nothing was gathered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The alert that was raised on it, with what is known: a draft may hold nothing else, and is named all the same.
    pub fn alert_in(&self, words: &Words) -> Option<String> {
        let (kind, plan, time, place) = self.alert?;
        let mut known = vec![words.coded("alert", kind.code())];
        let details = [(plan, "alert-plan"), (time, "alert-time"), (place, "alert-place")];
        known.extend(details.into_iter().filter(|(there, _)| *there).map(|(_, id)| words.say(id)));
        Some(format!("{} ({})", words.say("followup-alert"), known.join(", ")))
    }

    /// Takes the text of a box that was left.
    pub fn take_unfinished(&mut self, name: &str) -> Option<String> {
        let at = self.unfinished.iter().position(|(there, _)| there == name)?;
        Some(self.unfinished.remove(at).1)
    }

    /// The reply as it stands.
    pub fn reply(&self) -> Option<(&str, Visibility)> {
        self.follow_ups.iter().find_map(|follow_up| match follow_up {
            FollowUp::Reply { text, visibility, .. } => Some((text.raw(), *visibility)),
            _ => None,
        })
    }

    /// Puts the reply, or takes it out where there is nothing in it. Whether it may be sent was asked before
    /// ([`super::replying::sendable`]).
    pub fn set_reply(&mut self, text: &str, how: ReplyAs) {
        self.follow_ups.retain(|follow_up| !matches!(follow_up, FollowUp::Reply { .. }));
        self.reply_as = None;
        if !text.trim().is_empty() {
            let ReplyAs { visibility, template } = how;
            let text = Untrusted::new(text.trim_end());
            self.follow_ups.push(FollowUp::Reply { text, visibility, template });
        }
    }

    /// How the reply that is kept, or in the making, goes out.
    pub fn reply_as(&self) -> Option<ReplyAs> {
        let kept = self.follow_ups.iter().find_map(|follow_up| match follow_up {
            FollowUp::Reply { visibility, template, .. } => {
                Some(ReplyAs { visibility: *visibility, template: template.clone() })
            }
            _ => None,
        });
        self.reply_as.clone().or(kept)
    }

    /// The text of a reply that was begun and left without keeping.
    pub fn unfinished_reply(&self) -> Option<&str> {
        self.unfinished.iter().find(|(name, _)| name == "reply").map(|(_, text)| text.as_str())
    }

    /// Adds a follow-up, or takes it out where the very same is there: the same key twice changes nothing. Of likes,
    /// shares, forwards and sanctions there is one of a kind.
    pub fn toggle(&mut self, follow_up: FollowUp) -> bool {
        if let Some(at) = self.follow_ups.iter().position(|there| *there == follow_up) {
            self.follow_ups.remove(at);
            return false;
        }
        let single = !matches!(follow_up, FollowUp::Insight { .. } | FollowUp::Label { .. });
        if single {
            let kind = std::mem::discriminant(&follow_up);
            self.follow_ups.retain(|there| std::mem::discriminant(there) != kind);
        }
        self.follow_ups.push(follow_up);
        true
    }
}
