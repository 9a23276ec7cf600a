//! What there is to read, and how it is said: the same for a screen and for a voice.

use super::House;
use crate::moderation::doubt::Answered;
use crate::moderation::{AskTo, BackWhy, CameBack, DoubtState, Messages, NoticeKind, NoticeState, Precedent, Verdict};
use crate::text::{Untrusted, scrub};
use crate::words::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// How much of a text stands in its line of a list.
const FIRST_WORDS: usize = 60;

/// One thing to read.
#[derive(Clone, Copy, Debug)]
pub enum Letter<'a> {
    /// A notice.
    Notice(&'a NoticeState),
    /// A question, one's own or put to the reader.
    Doubt(&'a DoubtState),
    /// What became of one's own decision.
    Back(&'a CameBack),
}

/// Who reads.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// In whose language.
    pub words: &'a Words,
    /// Where the reader's clock hangs.
    pub zone: &'a TimeZone,
    /// Now, for times of another day.
    pub now: Timestamp,
    /// For the names of clients and policies.
    pub house: &'a House,
}

/// Everything there is to read: what waits for the reader first, each the newest first.
pub fn letters(messages: &Messages) -> Vec<Letter<'_>> {
    let notices = messages.notices.iter().filter(|notice| notice.for_me).map(Letter::Notice);
    let all = notices.chain(messages.doubts.iter().map(Letter::Doubt)).chain(messages.back.iter().map(Letter::Back));
    let mut letters: Vec<Letter<'_>> = all.collect();
    letters.sort_by_key(|letter| (!letter.is_new(), std::cmp::Reverse(letter.at())));
    letters
}

/// The one of this id.
pub fn letter(messages: &Messages, id: Uuid) -> Option<Letter<'_>> {
    letters(messages).into_iter().find(|letter| letter.id() == id)
}

impl<'a> Letter<'a> {
    /// Its id.
    pub fn id(self) -> Uuid {
        match self {
            Self::Notice(notice) => notice.id,
            Self::Doubt(doubt) => doubt.id,
            Self::Back(back) => back.id,
        }
    }

    fn at(self) -> Timestamp {
        match self {
            Self::Notice(notice) => notice.at,
            Self::Doubt(doubt) => doubt.answers.last().map_or(doubt.at, |answer| answer.at.max(doubt.at)),
            Self::Back(back) => back.at,
        }
    }

    /// Whether the reader has not seen it, or what came of it.
    pub fn is_new(self) -> bool {
        match self {
            Self::Notice(notice) => notice.is_new(),
            Self::Doubt(doubt) => doubt.is_new(),
            Self::Back(back) => !back.read,
        }
    }

    /// The doubt that it is.
    pub fn doubt(self) -> Option<&'a DoubtState> {
        match self {
            Self::Doubt(doubt) => Some(doubt),
            _ => None,
        }
    }

    /// In one line of a list.
    pub fn line(self, reader: Reader<'_>) -> String {
        match self {
            Self::Notice(notice) => reader.notice(notice),
            Self::Doubt(doubt) => reader.doubt(doubt),
            Self::Back(back) => reader.back(back),
        }
    }

    /// All of it: what stands before a text, and the text.
    pub fn lines(self, reader: Reader<'_>) -> Vec<(String, String)> {
        match self {
            Self::Notice(notice) => {
                let mut lines = vec![(String::new(), reader.notice_head(notice))];
                lines.extend(reader.said("", &notice.text));
                lines
            }
            Self::Doubt(doubt) => reader.whole(doubt),
            Self::Back(back) => vec![(String::new(), reader.back(back))],
        }
    }
}

impl<'r> Reader<'r> {
    fn moment(&self, at: Timestamp) -> String {
        self.words.moment(at, self.now, self.zone)
    }

    fn first_words(text: &Untrusted) -> String {
        scrub::line(text).fit(FIRST_WORDS).into_owned()
    }

    /// The lines of a text, the first behind a label.
    fn said(&self, label: &str, text: &Untrusted) -> Vec<(String, String)> {
        let block = scrub::block(text);
        let lines = block.as_str().lines().enumerate();
        lines.map(|(at, line)| (if at == 0 { label } else { "" }.to_owned(), line.to_owned())).collect()
    }

    /// Who sent it, when, about what.
    pub fn notice_head(&self, notice: &NoticeState) -> String {
        let who = scrub::log(&notice.by);
        let when = self.moment(notice.at);
        let client = notice.client.as_deref().map(|client| self.house.client_title(client).to_owned());
        let version = scrub::log(notice.version.as_deref().unwrap_or_default());
        let all = || self.words.say("message-everybody").into_owned();
        let to = match &notice.moderator {
            Some(_) => self.words.say("message-you").into_owned(),
            None => client.clone().unwrap_or_else(all),
        };
        match notice.kind {
            NoticeKind::Message => {
                self.words.say_with("message-notice", &[("who", who.into()), ("to", to.into()), ("when", when.into())])
            }
            NoticeKind::Charter => self.words.say_with(
                "message-charter",
                &[("client", client.unwrap_or_default().into()), ("version", version.into()), ("when", when.into())],
            ),
            NoticeKind::Policies => self.words.say_with(
                "message-policies",
                &[("client", client.unwrap_or_default().into()), ("version", version.into()), ("when", when.into())],
            ),
        }
    }

    fn notice(&self, notice: &NoticeState) -> String {
        let head = self.notice_head(notice);
        match notice.text.is_empty() {
            true => head,
            false => format!("{head} · {}", Self::first_words(&notice.text)),
        }
    }

    fn to(&self, to: AskTo) -> String {
        self.words.coded("doubt", to.code()).into_owned()
    }

    fn doubt(&self, doubt: &DoubtState) -> String {
        let text = Self::first_words(&doubt.question);
        if let Some(settled) = &doubt.settled {
            return format!("{} · {}", scrub::log(&doubt.item), self.settled(&doubt.client, settled));
        }
        if let Some(answer) = doubt.answers.last() {
            let text = match answer.text.is_empty() {
                true => self.words.say("message-called").into_owned(),
                false => Self::first_words(&answer.text),
            };
            let text = match self.advises(&doubt.client, answer) {
                Some(advises) => format!("{text} · {advises}"),
                None => text,
            };
            let who = scrub::log(&answer.by);
            let when = self.moment(answer.at);
            let args = [("who", who.into()), ("when", when.into()), ("text", text.into())];
            return self.words.say_with("message-answered", &args);
        }
        let when = self.moment(doubt.at);
        if doubt.mine {
            let whom = self.to(doubt.to);
            let args = [("whom", whom.into()), ("when", when.into()), ("text", text.into())];
            return self.words.say_with("message-asked", &args);
        }
        let who = scrub::log(&doubt.by);
        match doubt.to {
            AskTo::Call => self.words.say_with("message-wants-call", &[("who", who.into()), ("when", when.into())]),
            _ => {
                let args = [("who", who.into()), ("when", when.into()), ("text", text.into())];
                self.words.say_with("message-asks", &args)
            }
        }
    }

    fn settled(&self, client: &str, settled: &crate::moderation::doubt::Settled) -> String {
        let what = self.decided(client, settled.verdict, settled.policy.as_deref());
        let (who, when) = (scrub::log(&settled.by), self.moment(settled.at));
        self.words.say_with("message-settled", &[("what", what.into()), ("who", who.into()), ("when", when.into())])
    }

    fn whole(&self, doubt: &DoubtState) -> Vec<(String, String)> {
        let words = self.words;
        let label = |id: &str| words.say(id).into_owned();
        let client = self.house.client_title(&doubt.client).to_owned();
        let queue = self.house.queue_title(&doubt.queue).to_owned();
        let mut about = vec![scrub::log(&doubt.item), format!("{client} › {queue}")];
        let level = doubt.severity.level();
        about.push(format!("{level} {}", words.coded("severity", &level.to_string())));
        if let Some(due) = doubt.due_at {
            about.push(words.say_with("item-due", &[("time", self.moment(due).into())]));
        }
        let mut lines = vec![(label("message-about"), about.join(" · "))];
        let asker = format!("{}, {}", scrub::log(&doubt.by), self.moment(doubt.at));
        lines.push((self.to(doubt.to), asker));
        lines.extend(self.said("", &doubt.question));
        for answer in &doubt.answers {
            lines.push((String::new(), String::new()));
            lines.push((scrub::log(&answer.by), self.moment(answer.at)));
            match answer.text.is_empty() {
                true => lines.push((String::new(), label("message-called"))),
                false => lines.extend(self.said("", &answer.text)),
            }
            lines.extend(self.advises(&doubt.client, answer).map(|advises| (String::new(), advises)));
        }
        lines.push((String::new(), String::new()));
        match (&doubt.settled, doubt.parked_until) {
            (Some(settled), _) => lines.push((String::new(), self.settled(&doubt.client, settled))),
            (None, Some(until)) => {
                let id = if doubt.mine { "message-parked" } else { "message-parked-other" };
                lines.push((String::new(), words.say_with(id, &[("time", self.moment(until).into())])));
            }
            (None, None) => lines.push((String::new(), label("message-not-parked"))),
        }
        if doubt.precedent {
            lines.push((String::new(), label("message-precedent")));
        }
        lines
    }

    fn decided(&self, client: &str, verdict: Verdict, policy: Option<&str>) -> String {
        let done = self.words.say(&format!("verdict-{}.done", verdict.code())).into_owned();
        self.under(client, done, policy)
    }

    /// What was or would be decided, with its policy behind it.
    fn under(&self, client: &str, what: String, policy: Option<&str>) -> String {
        let Some(code) = policy else { return what };
        let policies = self.house.policies_of(client);
        let lang = self.words.lang().code();
        let title = policies.get(code).map_or_else(|| scrub::log(code), |policy| policy.title_in(lang).to_owned());
        format!("{what} ({title})")
    }

    /// What whoever answered would decide, where they have said it.
    pub fn advises(&self, client: &str, answer: &Answered) -> Option<String> {
        let advice = answer.advice.as_ref()?;
        let mut what = self.words.coded("verdict", advice.verdict.code()).into_owned();
        if let Some(measure) = advice.measure {
            what = format!("{what}, {}", self.words.coded("measure", measure.code()));
        }
        let what = self.under(client, what, advice.policy.as_deref());
        Some(self.words.say_with("message-advises", &[("what", what.into())]))
    }

    fn back(&self, back: &CameBack) -> String {
        let own = self.decided(&back.client, back.verdict, back.policy.as_deref());
        let now = back.now.map(|now| self.decided(&back.client, now, back.now_policy.as_deref()));
        let (who, when, item) = (scrub::log(&back.by), self.moment(back.at), scrub::log(&back.item));
        let id = match (back.why, &now) {
            (BackWhy::Overturned, Some(_)) => "message-overturned-now",
            (BackWhy::Overturned, None) => "message-overturned",
            (BackWhy::Escalation, _) => "message-escalation",
        };
        let args = [
            ("item", item.into()),
            ("own", own.into()),
            ("now", now.unwrap_or_default().into()),
            ("who", who.into()),
            ("when", when.into()),
        ];
        let line = self.words.say_with(id, &args);
        match &back.reason {
            Some(reason) => format!("{line} · {}", Self::first_words(reason)),
            None => line,
        }
    }

    /// A precedent in one line: how it was answered, and when.
    pub fn precedent(&self, precedent: &Precedent) -> String {
        let answer = precedent.answers.last();
        let text = answer.map(|answer| Self::first_words(&answer.text)).unwrap_or_default();
        let when = self.moment(answer.map_or(precedent.at, |answer| answer.at));
        self.words.say_with("message-precedent-line", &[("text", text.into()), ("when", when.into())])
    }

    /// A precedent, whole.
    pub fn precedent_lines(&self, precedent: &Precedent) -> Vec<(String, String)> {
        let client = self.house.client_title(&precedent.client).to_owned();
        let mut lines = vec![(self.moment(precedent.at), client)];
        lines.extend(self.said("", &precedent.question));
        for answer in &precedent.answers {
            lines.extend(self.said(&scrub::log(&answer.by), &answer.text));
            lines.extend(self.advises(&precedent.client, answer).map(|advises| (String::new(), advises)));
        }
        if let Some(settled) = &precedent.settled {
            lines.push((String::new(), self.settled(&precedent.client, settled)));
        }
        lines
    }
}
