//! A supervisor's floor at work, on a queue here and behind a server: the same asks, the same news.

use crate::house::{House, TOO_LONG, Way};
use moddesk::desk::floor::Word;
use moddesk::desk::{Ask, Desk, Floor, FloorAsk, FloorLine, FloorNews, Local, News, WorkingFloor};
use moddesk::moderation::doubt::{Advice, Answer};
use moddesk::moderation::floor::{FloorNow, Step};
use moddesk::moderation::policy::Policies;
use moddesk::moderation::{AskTo, Doubt, Messages, Notice, Seen, Sight, Verdict};
use moddesk::team::client::{Place, Remote};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use uuid::Uuid;

struct Watch {
    floor: WorkingFloor,
    news: mpsc::Receiver<FloorNews>,
}

impl Watch {
    /// Sonia's, on the queue of this house.
    fn open(house: &House, way: Way) -> Self {
        let token = house.person("sonia");
        let line: Arc<dyn FloorLine> = match way {
            Way::Here => {
                let policies = Policies { version: "built-in 1".into(), policies: Vec::new() };
                let resolve = Arc::new(move |_: &_| policies.clone());
                Arc::new(Local::new(house.store.clone(), "sonia", "here".to_owned(), resolve))
            }
            Way::There => {
                let url = format!("http://{}", house.address());
                let place = Place { least_wait: Duration::from_millis(600), ..Place::new(url, &token) };
                Arc::new(house.runtime.block_on(Remote::open(place)).expect("signs in"))
            }
        };
        let (told, news) = mpsc::channel();
        let floor = WorkingFloor::open(line, Arc::new(move |one| drop(told.send(one)))).expect("a floor");
        Self { floor, news }
    }

    fn hear<T>(&self, mut pick: impl FnMut(FloorNews) -> Option<T>) -> T {
        loop {
            let news = self.news.recv_timeout(TOO_LONG).expect("the floor says what became of it");
            if let Some(found) = pick(news) {
                return found;
            }
        }
    }

    fn now(&self, fits: impl Fn(&FloorNow) -> bool) -> FloorNow {
        self.hear(|news| match news {
            FloorNews::Now(now) if fits(&now) => Some(*now),
            _ => None,
        })
    }

    fn messages(&self, fits: impl Fn(&Messages) -> bool) -> Messages {
        self.hear(|news| match news {
            FloorNews::Messages(messages) if fits(&messages) => Some(*messages),
            _ => None,
        })
    }

    /// Asks, and hears that it is done.
    fn does(&mut self, ask: FloorAsk) {
        self.floor.ask(ask.clone());
        self.hear(|news| match news {
            FloorNews::Done(done, _) => (done == ask).then_some(()),
            FloorNews::Refused(_, why) => panic!("{ask:?}: {why}"),
            _ => None,
        });
    }

    fn is_refused(&mut self, ask: FloorAsk) -> String {
        self.floor.ask(ask.clone());
        self.hear(|news| match news {
            FloorNews::Refused(refused, why) => (refused == ask).then_some(why),
            _ => None,
        })
    }
}

fn waiting(now: &FloorNow) -> u64 {
    now.queues.iter().map(|queue| queue.stats.waiting).sum()
}

fn answers_and_is_read(way: Way) {
    let house = House::with(way, 4);
    let mut watch = Watch::open(&house, way);
    let mut seat = house.sit(false);
    let served = seat.next();
    let sight = Sight {
        item: served.item.id.clone(),
        revision: 1,
        seen: Seen::Full,
        opened: None,
        severity: None,
        presented_at: None,
        active_ms: Some(900),
    };
    let doubt = Doubt { id: Uuid::now_v7(), to: AskTo::Supervisor, question: "satire?".into(), sight };
    seat.desk.ask(Ask::Doubt(doubt.clone()));
    let asked = watch.messages(|messages| !messages.questions().is_empty());
    assert_eq!((asked.questions()[0].id, asked.questions()[0].by.as_str()), (doubt.id, "ines"));
    let advice = Some(Advice { verdict: Verdict::Approve, measure: None, policy: None });
    let answer = Answer { id: Uuid::now_v7(), text: "yes, leave it".into(), advice: advice.clone() };
    watch.does(FloorAsk::Answer { doubt: doubt.id, answer: answer.clone() });
    watch.does(FloorAsk::Keep(doubt.id));
    let after = watch.messages(|messages| messages.doubts.iter().any(|one| one.precedent));
    assert!(after.questions().is_empty(), "it waits for nobody any more");
    seat.hear(|news| match news {
        News::Messages(told) => {
            told.doubts.iter().any(|one| one.answers.iter().any(|a| a.advice == advice)).then_some(())
        }
        _ => None,
    });
    let notice = Notice {
        id: Uuid::now_v7(),
        moderator: Some("ines".into()),
        client: None,
        text: "call me".into(),
        confirm: false,
    };
    watch.does(FloorAsk::Notify(notice.clone()));
    seat.hear(|news| match news {
        News::Messages(told) => told.notices.iter().any(|one| one.id == notice.id && !one.waits()).then_some(()),
        _ => None,
    });
    seat.desk.ask(Ask::Confirm(vec![notice.id]));
    let read = watch.messages(|messages| messages.notices.iter().any(|one| !one.read.is_empty()));
    assert_eq!(read.notices[0].read[0].name, "ines");
    let nobody = Notice { id: Uuid::now_v7(), moderator: Some("nobody".into()), ..notice };
    let why = watch.is_refused(FloorAsk::Notify(nobody));
    assert!(why.contains("nobody"), "{why}");
    assert!(seat.desk.close().is_empty());
}

fn steps_in(way: Way) {
    let house = House::with(way, 4);
    let mut watch = Watch::open(&house, way);
    watch.now(|now| waiting(now) == 4);
    watch.does(FloorAsk::Pause { queue: "default".into(), because: Some("the site is down".into()) });
    let paused = watch.now(|now| now.queues.iter().any(|queue| queue.stats.paused));
    let because = paused.queues.iter().find_map(|queue| queue.paused_because.clone());
    assert_eq!(because.as_deref(), Some("the site is down"));
    watch.does(FloorAsk::Pause { queue: "default".into(), because: None });
    watch.does(FloorAsk::Step("i2".into(), Step::Move { to: "escalated".into() }));
    watch.does(FloorAsk::Step("i3".into(), Step::Priority { priority: Some(7), due_at: None }));
    watch.does(FloorAsk::Assign { person: "ines".into(), queues: vec!["default".into()] });
    watch.now(|now| now.people.iter().any(|person| person.name == "ines" && person.queues == ["default"]));
    let word = Word {
        item: "i1".into(),
        revision: 1,
        client: "default".into(),
        verdict: Verdict::Approve,
        measure: None,
        policy: None,
        seen: true,
    };
    let spoken = word.spoken(Uuid::now_v7(), "", "the client asked", jiff::Timestamp::now());
    watch.does(FloorAsk::Overrule(Box::new(spoken)));
    watch.now(|now| waiting(now) == 3);
    watch.floor.ask(FloorAsk::Open("i1".into()));
    let (state, happened) = watch.hear(|news| match news {
        FloorNews::Opened(kept, history) => Some((kept.state.clone(), history.len())),
        _ => None,
    });
    assert_eq!(state, "decided");
    assert!(happened >= 2, "it came and was decided");
    watch.floor.ask(FloorAsk::Find("words".into()));
    let mut found = 0;
    watch.hear(|news| match news {
        FloorNews::Found(_, part) => {
            found += part.found.len();
            None
        }
        FloorNews::Searched(_) => Some(()),
        _ => None,
    });
    assert_eq!(found, 4);
    let why = watch.is_refused(FloorAsk::Step("nowhere".into(), Step::Release));
    assert!(!why.is_empty());
    let why = watch.is_refused(FloorAsk::Pause { queue: "nowhere".into(), because: Some("x".into()) });
    assert!(why.contains("nowhere"), "{why}");
}

#[test]
fn a_question_is_answered_and_a_notice_seen_to_be_read_here() {
    answers_and_is_read(Way::Here);
}

#[test]
fn a_question_is_answered_and_a_notice_seen_to_be_read_over_http() {
    answers_and_is_read(Way::There);
}

#[test]
fn a_supervisor_steps_in_here() {
    steps_in(Way::Here);
}

#[test]
fn a_supervisor_steps_in_over_http() {
    steps_in(Way::There);
}

#[test]
fn a_line_that_breaks_is_told_and_told_again_when_it_is_back() {
    let mut house = House::with(Way::There, 4);
    let watch = Watch::open(&house, Way::There);
    watch.now(|now| waiting(now) == 4);
    house.stop();
    let why = watch.hear(|news| match news {
        FloorNews::Line(Some(broken)) => Some(broken),
        _ => None,
    });
    assert!(!why.for_good && !why.why.is_empty(), "{why:?}");
    house.start();
    watch.hear(|news| matches!(news, FloorNews::Line(None)).then_some(()));
    watch.now(|now| waiting(now) == 4);
}
