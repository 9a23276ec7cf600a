//! Questions and notices as a supervisor reads them: what waits for an answer, and who has read what.

use crate::desk::messages::{Letter, Reader};
use crate::moderation::{DoubtState, NoticeKind, NoticeState};
use crate::text::scrub;

/// How much of a notice stands in its line.
const FIRST_WORDS: usize = 80;

impl Reader<'_> {
    /// A question in a line: by when its item is due, who asks, what.
    pub fn question(&self, doubt: &DoubtState) -> String {
        let asked = Letter::Doubt(doubt).line(*self);
        match doubt.due_at {
            Some(due) => {
                let time = self.words.moment(due, self.now, self.zone);
                format!("{} · {asked}", self.words.say_with("watch-question-due", &[("time", time.into())]))
            }
            None => asked,
        }
    }

    /// Whom a notice is to.
    pub fn addressed(&self, moderator: Option<&str>, client: Option<&str>) -> String {
        match (moderator, client) {
            (Some(name), _) => scrub::log(name),
            (None, Some(client)) => {
                let client = self.house.client_title(client).to_owned();
                self.words.say_with("watch-whom-client", &[("client", client.into())])
            }
            (None, None) => self.words.say("message-everybody").into_owned(),
        }
    }

    /// How many of those it is for have read it.
    pub fn read_count(&self, notice: &NoticeState) -> String {
        let all = notice.read.len() + notice.unread.len();
        self.words.say_with("watch-notice-read", &[("read", notice.read.len().into()), ("all", all.into())])
    }

    /// A notice that was sent, in a line: when, to whom, and its first words.
    pub fn sent(&self, notice: &NoticeState) -> String {
        let when = self.words.moment(notice.at, self.now, self.zone);
        let to = self.addressed(notice.moderator.as_deref(), notice.client.as_deref());
        let what = match notice.kind {
            NoticeKind::Message => scrub::line(&notice.text).fit(FIRST_WORDS).into_owned(),
            NoticeKind::Charter | NoticeKind::Policies => self.notice_head(notice),
        };
        format!("{when} · {to} · {what}")
    }

    /// A notice that was sent, whole: its words, whether it must be confirmed, who has not read it and who has, and
    /// when.
    pub fn sent_lines(&self, notice: &NoticeState) -> Vec<(String, String)> {
        let mut lines = vec![(String::new(), self.sent_head(notice))];
        lines.extend(scrub::block(&notice.text).as_str().lines().map(|line| (String::new(), line.to_owned())));
        lines.push((String::new(), String::new()));
        let how = if notice.confirm { "watch-notice-confirm" } else { "watch-notice-quiet" };
        lines.push((String::new(), self.words.say(how).into_owned()));
        lines.push((String::new(), self.read_count(notice)));
        if !notice.unread.is_empty() {
            let names: Vec<String> = notice.unread.iter().map(|name| scrub::log(name)).collect();
            lines.push((self.words.say("watch-unread").into_owned(), names.join(", ")));
        }
        for read in &notice.read {
            let when = self.words.moment(read.at, self.now, self.zone);
            lines.push((scrub::log(&read.name), self.words.say_with("watch-read-at", &[("when", when.into())])));
        }
        lines
    }

    fn sent_head(&self, notice: &NoticeState) -> String {
        if notice.kind != NoticeKind::Message {
            return self.notice_head(notice);
        }
        let to = self.addressed(notice.moderator.as_deref(), notice.client.as_deref());
        let when = self.words.moment(notice.at, self.now, self.zone);
        let args = [("who", scrub::log(&notice.by).into()), ("to", to.into()), ("when", when.into())];
        self.words.say_with("message-notice", &args)
    }
}
