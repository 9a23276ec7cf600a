//! Fifty people over thirty shifts each, who work as people do, and some of whom try every way round a rule: grading
//! lower, reconnecting, second desks, turning the clock, erasing, breaks of a second, signing out and in. A witness
//! with a clock of its own, which nobody can turn, checks every item that comes on a screen.

use crate::person::*;
use moddesk::wellbeing::clock::TurnedClock;
use moddesk::wellbeing::{Booked, Clock, Day, Gate, Look, Modality, Opened, Rules, Running, Seen};
use std::time::Duration;

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// What the witness knows, in true seconds since the beginning.
#[derive(Default)]
struct Witness {
    now: f64,
    hard: u32,
    extreme: u32,
    owed: u32,
    load: f64,
    load_at: f64,
    acute_since: Option<f64>,
    last_extreme: f64,
    worked_since: f64,
    points: f64,
    begun: f64,
    planned: f64,
    shift_points: f64,
    ended: f64,
    agreed: bool,
    /// When a forced break began that nobody has waited out yet.
    forced: Option<f64>,
    breaks: u32,
    shown: u32,
}

impl Witness {
    fn load(&self) -> f64 {
        self.load * (-(self.now - self.load_at) / 1_800.0).exp2()
    }

    /// An item comes on screen: is it allowed?
    fn shows(&mut self, level: u8, rules: &Rules) {
        self.shown += 1;
        assert_eq!(self.acute_since, None, "an item in place of an acute break at {}, load {}", self.now, self.load());
        assert!(self.now - self.worked_since < 3_000.001, "an item after 50 minutes of work");
        assert!(self.owed == 0 || level <= 1, "level {level} where a mild one is owed");
        if level >= 3 {
            assert!(self.now - self.begun >= 599.999, "graphic in the first 10 minutes");
            assert!(self.now - self.begun <= self.planned - 1_799.999, "graphic in the last 30 minutes");
            assert!(self.agreed || self.shift_points < rules.shift.points_soft, "graphic at amber");
        }
        assert!(level <= 1 || self.shift_points < rules.shift.points_hard, "level {level} over the cap");
    }

    /// It leaves the screen and is booked.
    fn books(&mut self, level: u8, added: f64, rules: &Rules) {
        self.load = self.load() + added;
        self.load_at = self.now;
        self.points += added;
        self.shift_points += added;
        if level >= 4 {
            self.last_extreme = self.now;
        }
        if self.load >= rules.acute_limit + 1e-6 {
            self.acute_since.get_or_insert(self.now);
        }
        if level >= 3 {
            self.hard += 1;
            self.extreme += u32::from(level == 4);
            assert!(self.hard <= 5 && self.extreme <= 2);
            if self.hard >= rules.run.max_graphic || self.extreme >= rules.run.max_extreme {
                self.owed = 3;
            }
        } else {
            (self.hard, self.extreme) = (0, 0);
            self.owed = self.owed.saturating_sub(u32::from(level <= 1));
        }
    }

    /// Nothing was on screen for so long, in a break or offline.
    fn rests(&mut self, from: f64) {
        let length = self.now - from;
        let required = if from - self.last_extreme <= 1_800.0 { 900.0 } else { 600.0 };
        if length >= 180.0 {
            (self.hard, self.extreme) = (0, 0);
        }
        if length >= 600.0 || (length >= 300.0 && self.points == 0.0) {
            self.worked_since = self.now;
            self.points = 0.0;
        }
        if length >= required {
            self.acute_since = None;
        }
        // Whatever a rest was counted as, the load is no lower than if it was all a break.
        self.load = self.load * (-(from - self.load_at).max(0.0) / 1_800.0).exp2() * (-length / 600.0).exp2();
        self.load_at = self.now;
    }
}

struct Someone {
    clock: TurnedClock,
    day: Day,
    witness: Witness,
    dice: Dice,
    shipped: Rules,
    dodges: bool,
    turns_clocks: bool,
    hardness: u64,
}

impl Someone {
    fn new(seed: u64) -> Self {
        let clock = TurnedClock::at("2026-01-05T07:00:00Z".parse().expect("a time"));
        let witness = Witness { last_extreme: -1e9, ended: -1e9, ..Witness::default() };
        let (dodges, turns_clocks, hardness) = (seed.is_multiple_of(2), seed.is_multiple_of(4), seed % 5);
        let shipped = Rules::shipped();
        Self { clock, day: Day::default(), witness, dice: Dice(seed), shipped, dodges, turns_clocks, hardness }
    }

    fn rules(&self) -> Rules {
        self.day.in_force(&self.shipped).into_owned()
    }

    fn passes(&mut self, seconds: u64) {
        self.clock.turn(Duration::from_secs(seconds));
        self.witness.now += seconds as f64;
    }

    /// The wall clock says what it should again.
    fn honest_clock(&self) {
        let start: jiff::Timestamp = "2026-01-05T07:00:00Z".parse().expect("a time");
        self.clock.cheat(start + Duration::from_secs(self.witness.now as u64));
    }

    fn level(&mut self) -> u8 {
        let most = if self.dice.below(5) < self.hardness { 5 } else { 3 };
        self.dice.below(most) as u8
    }

    fn shift(&mut self) {
        let away = match self.dice.below(12) {
            0 => 3_600,
            1 => 15 * 86_400,
            _ => 36_000 + self.dice.below(40_000),
        };
        self.passes(away);
        if !self.turns_clocks && self.dice.one_in(3) {
            self.clock.reboot();
        }
        self.honest_clock();
        self.signs_in(true);
        let items = 60 + self.dice.below(60);
        for _ in 0..items {
            self.works();
            if self.dodges && self.dice.one_in(6) {
                self.tries_a_way_round();
            }
            if self.dice.one_in(30) {
                let kept = serde_json::to_string(&self.day).expect("serialises");
                let back: Day = serde_json::from_str(&kept).expect("reads back");
                assert_eq!(serde_json::to_string(&back).expect("serialises"), kept);
                self.day = back;
            }
            if self.witness.now - self.witness.begun > self.witness.planned + 3_600.0 {
                break;
            }
        }
        self.signs_out();
    }

    fn signs_in(&mut self, afresh: bool) {
        let planned = 3_600 * (2 + self.dice.below(7));
        let (rules, now) = (self.rules(), self.clock.now());
        let resting = self.day.running().is_none().then_some(self.witness.ended);
        self.day.begin_shift(&rules, &now, Duration::from_secs(planned));
        if let Some(since) = resting {
            self.witness.rests(since);
        }
        let new_end = self.witness.now + planned as f64;
        if afresh && self.witness.now - self.witness.ended >= 6.0 * 3_600.0 {
            let witness = &mut self.witness;
            (witness.begun, witness.planned, witness.shift_points, witness.agreed) =
                (witness.now, planned as f64, 0.0, false);
        } else {
            self.witness.planned = self.witness.planned.min(new_end - self.witness.begun);
        }
    }

    fn signs_out(&mut self) {
        let rules = self.rules();
        self.day.end_shift(&rules, &self.clock.now());
        self.witness.ended = self.witness.now;
    }

    /// Waits a break out, knocking at the door meanwhile; what it lasted by the true clock must be enough.
    fn waits_out(&mut self, running: &Running) {
        let started = self.witness.forced.unwrap_or(self.witness.now);
        self.witness.forced = Some(started);
        self.witness.breaks += 1;
        if self.dodges && !running.required.is_zero() {
            for _ in 0..3 {
                self.passes(running.required.as_secs() / 5);
                self.tries_a_way_round();
                let rules = self.rules();
                let gate = self.day.at_claim(&rules, &self.clock.now(), false);
                assert!(matches!(gate, Gate::Break(_)), "served {}s into a break", self.witness.now - started);
            }
        }
        self.honest_clock();
        loop {
            let rules = self.rules();
            match self.day.end_break(&rules, &self.clock.now()) {
                Ok(_) => break,
                Err(early) => self.passes(early.left.as_secs() + 1),
            }
        }
        let lasted = self.witness.now - started;
        assert!(lasted >= running.required.as_secs_f64(), "a break of {lasted}s for {:?}", running.required);
        if running.rule == moddesk::wellbeing::Rule::Run {
            self.witness.owed = 0;
        }
        self.witness.rests(started);
        self.witness.forced = None;
    }

    fn works(&mut self) {
        let (rules, now) = (self.rules(), self.clock.now());
        self.day.alive(&rules, &now);
        if self.day.shift().is_none() {
            return self.signs_in(true);
        }
        match self.day.at_claim(&rules, &now, false) {
            Gate::Break(running) => return self.waits_out(&running),
            Gate::Finish(_) => panic!("nothing is on screen"),
            // It was over at home.
            Gate::Open(Some(_)) => {
                let started = self.witness.forced.take().expect("it began");
                self.witness.rests(started);
            }
            Gate::Open(None) => {}
        }
        if self.dice.one_in(5) && self.day.agree(&rules) {
            self.witness.agreed = true;
        }
        // A claim of up to four from a queue that may have nothing mild.
        let nothing_mild = self.dice.one_in(10);
        let mut next = self.day.allowance(&rules, &now, []);
        let mut leased = Vec::new();
        for _ in 0..12 {
            let level_ = self.level();
            if (level_ > 1 || !nothing_mild) && leased.len() < 4 && next.take(level(level_), Modality::Image) {
                leased.push(level_);
            }
        }
        if leased.is_empty() && nothing_mild && next.owes_mild() {
            match self.day.nothing_mild(&rules, &now) {
                Some(running) => self.waits_out(&running),
                None => self.witness.owed = 0,
            }
            return;
        }
        for level_ in leased {
            // The desk runs the same arithmetic before it shows one, and hands the rest back.
            let (rules, now) = (self.rules(), self.clock.now());
            if !self.day.allowance(&rules, &now, []).may(level(level_)) {
                break;
            }
            self.looks_at(level_, &rules);
        }
    }

    fn looks_at(&mut self, level_: u8, rules: &Rules) {
        self.witness.shows(level_, rules);
        let seconds = [5, 20, 45, 90, 240][self.dice.below(5) as usize];
        self.passes(seconds);
        let modality = [Modality::Text, Modality::Image, Modality::Video][self.dice.below(3) as usize];
        let active = Some(Duration::from_secs(seconds));
        let mut look = Look { active, ..opened(level_, modality, SECOND) };
        if self.dice.one_in(4) {
            look = Look { opened: Some(Opened::None), seen: Some(Seen::Summary), ..look };
        }
        let now = self.clock.now();
        let booked = self.day.book(rules, &now, None, &look);
        self.witness.books(level_, booked.points, rules);
        assert!(self.day.load(rules, &now) >= self.witness.load() - 1e-3, "a load that wore off too fast");
        if self.dodges && self.dice.one_in(8) {
            self.takes_it_back(&booked, rules);
        }
    }

    /// Undoes, looks again for a moment and grades it harmless: nothing is given back.
    fn takes_it_back(&mut self, booked: &Booked, rules: &Rules) {
        let mild = Look { active: Some(SECOND), presented: Some(jiff::Timestamp::UNIX_EPOCH), ..image(0) };
        let before = self.day.load(rules, &self.clock.now());
        let again = self.day.book(rules, &self.clock.now(), Some(booked), &mild);
        assert!(again.level == booked.level && again.points >= booked.points);
        assert!(self.day.load(rules, &self.clock.now()) >= before);
        let added = again.points - booked.points;
        self.witness.load += added;
        (self.witness.points, self.witness.shift_points) =
            (self.witness.points + added, self.witness.shift_points + added);
        if self.witness.load >= rules.acute_limit + 1e-6 {
            self.witness.acute_since.get_or_insert(self.witness.now);
        }
    }

    fn tries_a_way_round(&mut self) {
        let (rules, now) = (self.rules(), self.clock.now());
        match self.dice.below(7) {
            // Another desk, or the same one killed and opened again.
            0 => {
                self.day.returned(&rules, &now);
            }
            1 => self.day.erase(&rules, &now),
            // A break of a second.
            2 => {
                let running = self.day.begin_voluntary(&rules, &now);
                if running.required.is_zero() {
                    let started = self.witness.now;
                    self.passes(1);
                    self.day.end_break(&rules, &self.clock.now()).expect("open-ended");
                    self.witness.rests(started);
                } else {
                    self.witness.forced.get_or_insert(self.witness.now);
                    assert!(!running.over(&now) && self.day.end_break(&rules, &now).is_err());
                }
            }
            3 => {
                self.signs_out();
                self.passes(1);
                self.signs_in(false);
            }
            4 if self.turns_clocks => {
                let by = Duration::from_secs(self.dice.below(10_800));
                let wall = if self.dice.one_in(2) { now.wall + by } else { now.wall - by };
                self.clock.cheat(wall);
            }
            5 => self.honest_clock(),
            _ => {
                let kept = serde_json::to_string(&self.day).expect("serialises");
                self.day = serde_json::from_str(&kept).expect("reads back");
            }
        }
    }
}

#[test]
fn fifty_people_over_thirty_shifts_find_no_way_round_a_rule() {
    let (mut shown, mut breaks) = (0, 0);
    for seed in 0..50 {
        let mut someone = Someone::new(seed);
        for _ in 0..30 {
            someone.shift();
        }
        shown += someone.witness.shown;
        breaks += someone.witness.breaks;
    }
    // The story is only worth something if much was shown and many breaks were had.
    assert!(shown > 60_000, "{shown}");
    assert!(breaks > 3_000, "{breaks}");
}
