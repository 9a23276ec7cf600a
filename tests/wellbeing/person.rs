//! One person at a desk, with a clock that is turned by hand.

use moddesk::wellbeing::clock::TurnedClock;
use moddesk::wellbeing::{Booked, Clock, Day, Gate, Look, Modality, Moment, Opened, Record, Rules, Seen, Severity};
use std::time::Duration;

pub const SECOND: Duration = Duration::from_secs(1);
pub const MINUTE: Duration = Duration::from_secs(60);
pub const HOUR: Duration = Duration::from_secs(3600);

pub fn level(level: u8) -> Severity {
    Severity::new(level).expect("0 to 4")
}

/// An item of this modality, opened, in front of the person for `active`.
pub fn opened(level_: u8, modality: Modality, active: Duration) -> Look {
    Look {
        level: level(level_),
        seen: Some(Seen::Full),
        opened: Some(Opened::from(modality)),
        heaviest: modality,
        active: Some(active),
        held: None,
        presented: None,
    }
}

pub fn image(level: u8) -> Look {
    opened(level, Modality::Image, MINUTE)
}

/// The rules without run, edges, caps, hourly rule and ramp: what is left is the acute rule.
pub fn acute_only() -> Rules {
    let mut rules = without_hourly();
    rules.run.max_graphic = u32::MAX;
    rules.run.max_extreme = u32::MAX;
    rules
}

pub fn without_hourly() -> Rules {
    let mut rules = Rules::shipped();
    rules.breaks.hourly_work = Duration::from_secs(1_000_000_000);
    rules
}

pub struct Person {
    pub clock: TurnedClock,
    pub day: Day,
    pub rules: Rules,
}

impl Person {
    /// On shift for eight hours, past the beginning's edge, with nothing gathered.
    pub fn at_work(rules: Rules) -> Self {
        let mut person = Self::new(rules);
        person.sign_in(8 * HOUR);
        person.clock.turn(15 * MINUTE);
        // A break long enough has just ended.
        person.day.begin_voluntary(&person.rules, &person.now());
        person.clock.turn(15 * MINUTE);
        person.end_break().expect("was one");
        person
    }

    pub fn new(rules: Rules) -> Self {
        let clock = TurnedClock::at("2026-11-23T07:00:00Z".parse().expect("a time"));
        Self { clock, day: Day::default(), rules }
    }

    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    pub fn sign_in(&mut self, planned: Duration) {
        self.day.begin_shift(&self.rules, &self.clock.now(), planned);
    }

    pub fn sign_out(&mut self) {
        self.day.end_shift(&self.rules, &self.clock.now());
    }

    /// Books an item that leaves the screen now.
    pub fn book(&mut self, look: &Look) -> Booked {
        self.day.book(&self.rules, &self.clock.now(), None, look)
    }

    /// The same after `dt`.
    pub fn after(&mut self, dt: Duration, look: &Look) -> Booked {
        self.clock.turn(dt);
        self.book(look)
    }

    pub fn load(&self) -> f64 {
        self.day.load(&self.rules, &self.now())
    }

    pub fn claim(&mut self) -> Gate {
        self.day.at_claim(&self.rules, &self.clock.now(), false)
    }

    pub fn is_served(&mut self) -> bool {
        matches!(self.claim(), Gate::Open(_))
    }

    pub fn end_break(&mut self) -> Option<Record> {
        self.day.end_break(&self.rules, &self.clock.now()).expect("it is over")
    }

    /// Whether an item of this level may be served next.
    pub fn may(&self, level_: u8) -> bool {
        self.day.allowance(&self.rules, &self.now(), []).may(level(level_))
    }

    /// As the store would keep it and read it back.
    pub fn through_the_store(&mut self) {
        let kept = serde_json::to_string(&self.day).expect("serialises");
        self.day = serde_json::from_str(&kept).expect("reads back");
    }
}
