//! The item said aloud, and everything that can be asked about it.

use super::front::Front;
use super::sitting::Sitting;
use super::spoken::{self, Said, Voice};
use super::summary;
use crate::desk::floor::Teller;
use crate::desk::{Ask, HistoryEntry, known};
use crate::moderation::author::AuthorFigures;
use crate::text::spell::{Odd, odd_letters};
use crate::text::{Untrusted, scrub};
use crate::wellbeing::Masking;
use jiff::SignedDuration;
use serde_json::Value;

impl Sitting {
    /// One line with client, kind, why and due; then the words.
    pub(super) fn read_out(&mut self) {
        let Some(front) = &self.front else { return };
        let line = self.first_line(front);
        self.say(line);
        self.read_words();
    }

    /// `.`: the item again, covered as it is now.
    pub(super) fn repeat(&mut self) {
        if self.front.is_none() {
            self.said_why = None;
            return;
        }
        self.read_out();
        self.tell_draft();
    }

    fn voice<'a>(&'a self, front: &'a Front, mask: Masking) -> Voice<'a> {
        Voice { mask, lexicon: &front.lexicon, policies: &front.policies, words: &self.words }
    }

    fn first_line(&self, front: &Front) -> String {
        let (words, served, item) = (&self.words, &front.served, &front.served.item);
        let client = self.house.client_title(&served.client).to_owned();
        let queue = self.house.queue_title(&served.queue).to_owned();
        let client = match front.new_client {
            true => words.say_with("item-client-changes", &[("client", client.into())]),
            false => client,
        };
        let mut kind = vec![words.coded("kind", item.kind.code()).into_owned()];
        kind.extend(item.channel.as_ref().map(|channel| scrub::line(channel).fit(40).into_owned()));
        kind.extend(item.lang.as_deref().map(scrub::log));
        if item.live {
            kind.push(words.say("plain-live").into_owned());
        }
        let place = if queue == client { client } else { format!("{client}, {queue}") };
        let mut parts = vec![place, kind.join(", ")];
        parts.extend(self.why_here(front));
        parts.push(match served.due_at {
            None => words.say("item-no-due").into_owned(),
            Some(due) => {
                let id = if due <= self.at.wall { "plain-overdue" } else { "item-due" };
                let time = words.moment(due, self.at.wall, &self.settings.zone);
                words.say_with(id, &[("time", time.into())])
            }
        });
        if front.level().level() >= 2 {
            let level = front.level().level();
            let name = words.coded("severity", &level.to_string()).into_owned();
            parts.push(words.say_with("masking-level-notice", &[("level", level.into()), ("name", name.into())]));
        }
        match (item.online, item.created_at.map(|at| self.at.wall.duration_since(at))) {
            (Some(true), Some(since))
                if since > SignedDuration::from_mins(1) && since < SignedDuration::from_hours(48) =>
            {
                parts.push(words.say_with("plain-online-since", &[("length", words.duration(since).into())]));
            }
            (Some(true), _) => parts.push(words.say("plain-online").into_owned()),
            (Some(false), _) => parts.push(words.say("item-held-back").into_owned()),
            (None, _) => {}
        }
        if item.revision > 1 {
            parts.push(words.say_with("item-revision", &[("n", item.revision.into())]));
        }
        format!("{}.", parts.join(". "))
    }

    fn why_here(&self, front: &Front) -> Vec<String> {
        let (words, served) = (&self.words, &front.served);
        let mut why = Vec::new();
        if let Some(past) = served.rounds.last() {
            why.push(match past.reversed {
                true => words.say("rule-reversed").into_owned(),
                false => words.say_with("rule-escalated-plain", &[("who", past.by.as_str().into())]),
            });
        }
        let n = served.item.reports.len();
        let reasons = known::reasons(served, &front.policies, words.lang().code());
        if n > 0 {
            let mut text = words.say_with("plain-reported", &[("n", n.into())]);
            if !reasons.is_empty() {
                text = words.say_with("plain-named", &[("name", text.into()), ("text", reasons.into())]);
            }
            why.push(text);
        }
        if known::trusted(served) {
            why.push(words.say("report-trusted_flagger").into_owned());
        }
        for alike in &served.alike {
            let done = words.say(&format!("verdict-{}.done", alike.verdict.code())).into_owned();
            why.push(words.say_with("plain-alike", &[("what", done.into()), ("n", alike.times.into())]));
        }
        if why.is_empty() {
            why.push(words.say("report-none").into_owned());
        }
        why
    }

    /// The words of the item, or what stands for them; what is said now was seen.
    pub(super) fn read_words(&mut self) {
        let at_least = self.mask_at_least;
        let Some(front) = &self.front else { return };
        let mask = front.mask(at_least);
        let (lines, covered) = if mask >= Masking::Summary {
            (summary::lines(front, mask, &self.words), 0)
        } else {
            self.content(front, mask)
        };
        if let Some(front) = &mut self.front {
            front.seen = front.seen.max(mask.seen());
            front.covered = covered;
        }
        self.out.extend(lines);
        if mask >= Masking::Summary {
            let name = self.words.coded("masking", &mask.level().to_string()).into_owned();
            let line = self.words.say_with("plain-covered-all", &[("name", name.into())]);
            self.say(line);
        } else if covered > 0 {
            let line = self.words.say_with("plain-covered", &[("n", covered.into())]);
            self.say(line);
        }
    }

    fn content(&self, front: &Front, mask: Masking) -> (Vec<String>, usize) {
        let voice = self.voice(front, mask);
        let item = &front.served.item;
        let (mut lines, mut covered) = (Vec::new(), 0);
        let mut add = |label: &str, said: Said| {
            covered += said.covered;
            let mut label = label.to_owned();
            for paragraph in said.paragraphs {
                lines.push(match std::mem::take(&mut label) {
                    name if name.is_empty() => paragraph,
                    name => self.named(&name, &paragraph),
                });
            }
        };
        if let Some(title) = &item.title {
            add(&self.words.say("plain-title"), voice.said(scrub::line(title)));
        }
        if let Some(text) = &item.text {
            add("", voice.said(scrub::block(text)));
        }
        for (name, value) in &item.attributes {
            let value = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            add(&scrub::log(name), voice.said(scrub::line(&Untrusted::new(value))));
        }
        for medium in &item.media {
            let mime = medium.mime.as_deref().map(scrub::log);
            let mime = mime.unwrap_or_else(|| self.words.say("desk-media-unknown").into_owned());
            let none = Untrusted::new(self.words.say("desk-media-no-alt").into_owned());
            match &medium.alt {
                Some(alt) => add(&mime, voice.said(scrub::line(alt))),
                None => add(&mime, Voice { mask: Masking::Full, ..voice }.said(scrub::line(&none))),
            }
        }
        if lines.is_empty() {
            lines.push(self.words.say("item-no-text").into_owned());
        }
        (lines, covered)
    }

    fn named(&self, name: &str, text: &str) -> String {
        self.words.say_with("plain-named", &[("name", name.into()), ("text", text.into())])
    }

    /// What gathered on the item so far.
    pub(super) fn tell_draft(&mut self) {
        let Some(front) = &self.front else { return };
        let mut parts: Vec<String> = front.draft.alert_in(&self.words).into_iter().collect();
        parts.extend(front.draft.follow_ups.iter().map(|one| spoken::follow_up(one, &self.words)));
        if !front.draft.note.is_empty() {
            parts.push(self.words.say("plain-a-note").into_owned());
        }
        if !parts.is_empty() {
            let name = self.words.say("followup-composed").into_owned();
            let line = self.named(&name, &parts.join(", "));
            self.say(line);
        }
    }

    /// `v`: what it stands under and what it answers, masked as the item is.
    pub(super) fn thread(&mut self) {
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        let mask = front.mask(self.mask_at_least);
        let voice = self.voice(front, mask);
        let item = &front.served.item;
        let mut lines = Vec::new();
        match item.subject.as_ref().and_then(|subject| subject.title.as_ref()) {
            Some(title) => {
                let title = scrub::line(title);
                lines.push(self.words.say_with("item-subject", &[("title", title.as_str().into())]));
            }
            None => lines.push(self.words.say("item-no-subject").into_owned()),
        }
        if item.context.is_empty() {
            lines.push(self.words.say("thread-none").into_owned());
        }
        for message in &item.context {
            let author = message.author.as_ref().map(|author| scrub::line(author).fit(40).into_owned());
            let at = message.created_at.map(|at| self.words.moment(at, self.at.wall, &self.settings.zone));
            let who = [author, at].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let said = message.text.as_ref().map(|text| voice.said(scrub::block(text)).paragraphs.join(" "));
            lines.push(match said.filter(|said| !said.is_empty()) {
                Some(said) => self.named(&who, &said),
                None => who,
            });
        }
        if let Some(front) = &mut self.front {
            front.seen = front.seen.max(mask.seen());
            if front.served.item.subject.as_ref().is_some_and(|subject| subject.id.is_some()) {
                self.desk.ask(Ask::Thread(front.served.item.id.clone()));
            }
        }
        self.out.extend(lines);
    }

    /// `c`: the client's charter and policies; with a policy, its whole text.
    pub(super) fn charter(&mut self, rest: &str) {
        let client = self.front.as_ref().map(|front| front.served.client.clone());
        let client = client.or_else(|| self.change_ahead().map(|(client, _)| client));
        let Some(client) = client.or_else(|| self.house.clients.keys().min().cloned()) else {
            return self.tell("shift-signing-in");
        };
        let lang = self.words.lang().code();
        let policies = self.house.policies_of(&client);
        let one = policies.policies.iter().find(|policy| {
            let title = policy.title_in(lang).to_lowercase();
            !rest.is_empty()
                && (policy.code == rest || rest == policy.letter.to_string() || title == rest.to_lowercase())
        });
        if let Some(policy) = one {
            let text = policy.text.get(lang).or_else(|| policy.text.get("en"));
            let text =
                text.map_or_else(String::new, |text| text.lines().map(scrub::whole).collect::<Vec<_>>().join(" "));
            let line = self.named(policy.title_in(lang), &text);
            return self.say(line);
        }
        let title = self.house.client_title(&client).to_owned();
        let (title, version) = (title.into(), policies.version.as_str().into());
        let mut lines = vec![self.words.say_with("charter-title", &[("client", title), ("version", version)])];
        match self.house.clients.get(&client).and_then(|client| client.charter.as_deref()) {
            Some(charter) => {
                lines.extend(charter.lines().map(|line| unmarked(&scrub::whole(line))).filter(|line| !line.is_empty()))
            }
            None => lines.push(self.words.say("charter-no-charter").into_owned()),
        }
        for policy in &policies.policies {
            let mut line = format!("{} {}", policy.letter, policy.title_in(lang));
            let grave = if policy.sealed { Some("charter-sealed") } else { policy.grave.then_some("charter-grave") };
            if let Some(id) = grave {
                line.push_str(", ");
                line.push_str(&self.words.say(id));
            }
            lines.push(line);
        }
        self.out.extend(lines);
    }

    /// `h`: what is known of the author; what the queue knows follows.
    pub(super) fn author(&mut self) {
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        let (words, now, zone) = (&self.words, self.at.wall, &self.settings.zone);
        let Some(author) = &front.served.item.author else { return self.tell("desk-no-author") };
        let mut parts = Vec::new();
        parts.extend(author.name.as_ref().map(|name| scrub::line(name).fit(60).into_owned()));
        parts.extend(
            author.joined_at.map(|at| words.say_with("item-joined", &[("when", words.day(at, now, zone).into())])),
        );
        parts.extend(author.posts.map(|n| words.say_with("item-posts", &[("n", n.into())])));
        parts.extend(author.removed.map(|n| words.say_with("item-removed", &[("n", n.into())])));
        parts.extend(author.followers.map(|n| words.say_with("item-followers", &[("n", n.into())])));
        parts.extend(author.note.as_ref().map(|note| scrub::line(note).as_str().to_owned()));
        let asked = author.id.clone();
        self.say(format!("{}.", parts.join(", ")));
        if let Some(id) = asked {
            self.desk.ask(Ask::Author(id));
        }
    }

    /// The queue's figures of the author who is in front.
    pub(super) fn author_told(&mut self, id: &str, figures: &AuthorFigures) {
        let Some(front) = &self.front else { return };
        if front.served.item.author.as_ref().and_then(|author| author.id.as_deref()) != Some(id) {
            return;
        }
        let counts = [("decided", figures.decided.into()), ("removed", figures.removed.into())];
        let mut lines = vec![self.words.say_with("history-figures", &counts)];
        for recent in &figures.recent {
            let mask = Masking::on_arrival(recent.severity, self.mask_at_least);
            let said = self.voice(front, mask).said(scrub::block(&recent.text)).paragraphs.join(" ");
            let at = self.words.moment(recent.received_at, self.at.wall, &self.settings.zone);
            let done = recent.verdict.map(|verdict| format!("verdict-{}.done", verdict.code()));
            let done = done.map(|id| self.words.say(&id).into_owned());
            let head = [Some(at), done, recent.policy.as_deref().map(scrub::log)];
            let head = head.into_iter().flatten().collect::<Vec<_>>().join(", ");
            lines.push(if said.is_empty() { head } else { self.named(&head, &said) });
        }
        self.out.extend(lines);
    }

    /// `k`: what else is known of the item; what happened to it follows.
    pub(super) fn details(&mut self) {
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        let (served, item) = (&front.served, &front.served.item);
        let moment = |at| self.words.moment(at, self.at.wall, &self.settings.zone);
        let pairs = [
            ("desk-detail-id", Some(item.id.clone())),
            ("desk-detail-created", item.created_at.map(moment)),
            ("desk-detail-received", item.received_at.map(moment)),
            ("desk-detail-lease", Some(self.words.clock(served.lease_until, &self.settings.zone))),
            ("desk-detail-link", item.url.as_ref().map(|url| scrub::line(url).as_str().to_owned())),
            ("item-source", item.source.as_ref().map(|text| scrub::line(text).as_str().to_owned())),
            ("item-license", item.license.as_ref().map(|text| scrub::line(text).as_str().to_owned())),
        ];
        let mut lines: Vec<String> =
            pairs.into_iter().filter_map(|(id, text)| Some(self.named(&self.words.say(id), &text?))).collect();
        for (name, score) in &item.scores {
            let percent = score.as_f64().map(|score| self.words.percent(score)).unwrap_or_default();
            lines.push(self.named(&scrub::log(name), &percent));
        }
        let ask = Ask::History(item.id.clone());
        self.out.extend(lines);
        self.desk.ask(ask);
    }

    /// What happened to the item in front.
    pub(super) fn history_told(&mut self, item: &str, entries: &[HistoryEntry]) {
        if self.front.as_ref().is_none_or(|front| front.served.item.id != item) {
            return;
        }
        let mut lines = vec![self.words.say_with("history-item", &[("item", item.into())])];
        for entry in entries {
            let teller = Teller { words: &self.words, zone: &self.settings.zone, at: self.at.wall };
            let mut what = vec![teller.happened(entry)];
            what.extend(entry.by.as_deref().map(scrub::log));
            lines.push(self.named(&self.words.moment(entry.at, self.at.wall, &self.settings.zone), &what.join(", ")));
        }
        self.out.extend(lines);
    }

    /// `/words`: where they stand in item and context; alone, the same again.
    pub(super) fn look_for(&mut self, rest: &str) {
        if !rest.is_empty() {
            self.find = Some(rest.to_owned());
        }
        let Some(what) = self.find.clone() else {
            let line = self.words.say_with("find-again", &[("key", "/".into())]);
            return self.say(line);
        };
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        let mask = front.mask(self.mask_at_least);
        let voice = self.voice(front, mask);
        let item = &front.served.item;
        let mut texts = vec![item.title.as_ref().map(|text| voice.said(scrub::line(text)))];
        texts.push(item.text.as_ref().map(|text| voice.said(scrub::block(text))));
        texts.extend(item.context.iter().map(|message| Some(voice.said(scrub::block(message.text.as_ref()?)))));
        let (mut n, mut lines) = (0, Vec::new());
        for said in texts.into_iter().flatten() {
            let (here, found) = said.found(&what);
            n += here;
            lines.extend(found);
        }
        let line = match n {
            0 => self.words.say_with("find-none", &[("what", scrub::log(&what).into())]),
            n => self.words.say_with("find-hits", &[("n", n.into())]),
        };
        self.say(line);
        self.out.extend(lines);
    }

    /// `spell`: letters that are not what they seem, and what is invisible. What is covered stays so.
    pub(super) fn spell(&mut self) {
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        if front.mask(self.mask_at_least) > Masking::Full
            && (front.covered > 0 || front.mask(self.mask_at_least) >= Masking::Summary)
        {
            return self.tell("plain-spell-covered");
        }
        let item = &front.served.item;
        let mut lines = Vec::new();
        for text in [&item.title, &item.text].into_iter().flatten() {
            for letter in odd_letters(text) {
                let code = format!("U+{:04X}", letter.code_point);
                let word = letter.word.into();
                lines.push(match &letter.odd {
                    Odd::LooksLike(script, like) => {
                        let script = self.words.coded("plain-script", script.code()).into_owned();
                        let (script, like) = (script.into(), like.as_str().into());
                        self.words.say_with(
                            "plain-spelled",
                            &[("word", word), ("script", script), ("code", code.into()), ("like", like)],
                        )
                    }
                    Odd::Mark(name) => {
                        let name = name.trim_matches(['⟨', '⟩']).to_owned();
                        self.words.say_with(
                            "plain-spelled-mark",
                            &[("word", word), ("name", name.into()), ("code", code.into())],
                        )
                    }
                });
            }
        }
        if lines.is_empty() {
            return self.tell("plain-spelled-none");
        }
        // A text made of nothing else is told by its beginning.
        lines.truncate(60);
        self.out.extend(lines);
    }
}

/// A line of a charter without the signs of its layout, which would be read aloud.
fn unmarked(line: &str) -> String {
    line.trim_start_matches(['#', '-', '*', '>', ' ']).replace("**", "").replace('`', "")
}
