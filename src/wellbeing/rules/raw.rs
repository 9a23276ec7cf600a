//! The `[wellbeing]` table as it stands in the file: every key may be left out and keeps its shipped value.

use super::Rules;
use crate::wellbeing::duration::Span;
use crate::wellbeing::severity::Severity;
use serde::{Deserialize, Serialize};

/// The table `[wellbeing]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the keys of the file, each explained at its resolved field in `Rules`")]
pub struct RawRules {
    pub policy_version: Option<String>,
    pub weakened_because: Option<String>,
    pub weights: Option<[f64; 5]>,
    pub modality: Option<RawModality>,
    pub unopened: Option<f64>,
    pub text_dwell: Option<Span>,
    pub half_life: Option<Span>,
    pub break_half_life: Option<Span>,
    pub acute_limit: Option<f64>,
    pub run: Option<RawRun>,
    pub breaks: Option<RawBreaks>,
    pub shift: Option<RawShift>,
    pub ramp: Option<RawRamp>,
    pub privacy: Option<RawPrivacy>,
    /// A discount for filters, of which only 1, that is none, is taken. The same goes for the next three.
    pub filter_discount: Option<f64>,
    pub blur: Option<f64>,
    pub grey: Option<f64>,
    pub mask: Option<f64>,
}

macro_rules! table {
    ($(#[$doc:meta] $name:ident { $($key:ident: $kind:ty),* $(,)? })*) => {$(
        #[$doc]
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        #[allow(missing_docs, reason = "the keys of the file, each explained at its resolved field in `Rules`")]
        pub struct $name { $(pub $key: Option<$kind>),* }
    )*};
}

table! {
    /// `modality = { … }`
    RawModality { text: f64, image: f64, audio: f64, video: f64, live: f64 }
    /// `run = { … }`
    RawRun {
        graphic_level: Severity, max_graphic: u32, max_extreme: u32, cleanser_items: u32,
        cleanser_max_level: Severity, else_pause: Span,
    }
    /// `breaks = { … }`
    RawBreaks {
        acute: Span, after_extreme: Span, hourly_work: Span, hourly: Span, hourly_if_no_points: Span, defer: Span,
    }
    /// `shift = { … }`
    RawShift {
        graphic: Span, extreme: Span, points_soft: f64, points_hard: f64, no_graphic_first: Span,
        no_graphic_last: Span,
    }
    /// `ramp = { … }`
    RawRamp { factor: f64, first_shifts: u32, after_absence: Span, after_absence_shifts: u32 }
    /// `privacy = { … }`
    RawPrivacy { retention: Span, k_anonymity: u32 }
}

/// Why a table is refused.
#[derive(Clone, Debug, thiserror::Error, PartialEq)]
pub enum RulesError {
    /// Something is weaker than shipped, and nobody has said why.
    #[error(
        "wellbeing rules weaker than shipped ({}) load only with a reason: write weakened_because = \"…\", which \
         every desk will show, or take them out", .0.join(", ")
    )]
    Weaker(Vec<&'static str>),
    /// A filter that would count as if less had been seen.
    #[error("{0} gives no discount on exposure, since filters have no proven benefit: write 1 or take the key out")]
    Discount(&'static str),
    /// A number that the arithmetic cannot use.
    #[error("{key} must be {must}: write another value or take the key out")]
    Invalid {
        /// Which key, in the words of the file.
        key: &'static str,
        /// What it must be.
        must: &'static str,
    },
}

fn set<T>(target: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *target = value;
    }
}

fn span(target: &mut std::time::Duration, value: Option<Span>) {
    if let Some(Span(value)) = value {
        *target = value;
    }
}

impl RawRules {
    /// Lays the table over the shipped rules; refuses what the arithmetic cannot use, a discount for filters, and
    /// anything weaker than shipped without a reason.
    pub fn resolve(self) -> Result<Rules, RulesError> {
        let mut rules = Rules::shipped();
        for (key, value) in
            [("filter_discount", self.filter_discount), ("blur", self.blur), ("grey", self.grey), ("mask", self.mask)]
        {
            if value.is_some_and(|value| value != 1.0) {
                return Err(RulesError::Discount(key));
            }
        }
        set(&mut rules.policy_version, self.policy_version);
        set(&mut rules.weights, self.weights);
        set(&mut rules.unopened, self.unopened);
        span(&mut rules.text_dwell, self.text_dwell);
        span(&mut rules.half_life, self.half_life);
        span(&mut rules.break_half_life, self.break_half_life);
        set(&mut rules.acute_limit, self.acute_limit);

        let raw = self.modality.unwrap_or_default();
        set(&mut rules.modality.text, raw.text);
        set(&mut rules.modality.image, raw.image);
        set(&mut rules.modality.audio, raw.audio);
        set(&mut rules.modality.video, raw.video);
        set(&mut rules.modality.live, raw.live);

        let raw = self.run.unwrap_or_default();
        set(&mut rules.run.graphic_level, raw.graphic_level);
        set(&mut rules.run.max_graphic, raw.max_graphic);
        set(&mut rules.run.max_extreme, raw.max_extreme);
        set(&mut rules.run.cleanser_items, raw.cleanser_items);
        set(&mut rules.run.cleanser_max_level, raw.cleanser_max_level);
        span(&mut rules.run.else_pause, raw.else_pause);

        let raw = self.breaks.unwrap_or_default();
        span(&mut rules.breaks.acute, raw.acute);
        span(&mut rules.breaks.after_extreme, raw.after_extreme);
        span(&mut rules.breaks.hourly_work, raw.hourly_work);
        span(&mut rules.breaks.hourly, raw.hourly);
        span(&mut rules.breaks.hourly_if_no_points, raw.hourly_if_no_points);
        span(&mut rules.breaks.defer, raw.defer);

        let raw = self.shift.unwrap_or_default();
        span(&mut rules.shift.graphic, raw.graphic);
        span(&mut rules.shift.extreme, raw.extreme);
        set(&mut rules.shift.points_soft, raw.points_soft);
        set(&mut rules.shift.points_hard, raw.points_hard);
        span(&mut rules.shift.no_graphic_first, raw.no_graphic_first);
        span(&mut rules.shift.no_graphic_last, raw.no_graphic_last);

        let raw = self.ramp.unwrap_or_default();
        set(&mut rules.ramp.factor, raw.factor);
        set(&mut rules.ramp.first_shifts, raw.first_shifts);
        span(&mut rules.ramp.after_absence, raw.after_absence);
        set(&mut rules.ramp.after_absence_shifts, raw.after_absence_shifts);

        let raw = self.privacy.unwrap_or_default();
        span(&mut rules.privacy.retention, raw.retention);
        set(&mut rules.privacy.k_anonymity, raw.k_anonymity);

        rules.check()?;
        rules.weakened = rules.weaker_than(&Rules::shipped());
        let reason = self.weakened_because.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty());
        if reason.is_none() && !rules.weakened.is_empty() {
            return Err(RulesError::Weaker(rules.weakened));
        }
        rules.weakened_because = reason;
        Ok(rules)
    }
}

impl Rules {
    fn check(&self) -> Result<(), RulesError> {
        let refuse = |key, must| Err(RulesError::Invalid { key, must });
        let number = |x: f64| x.is_finite() && x >= 0.0;
        let m = &self.modality;
        let heavier = [m.text, m.image, m.audio, m.video, m.live];
        if !self.weights.iter().all(|w| number(*w)) || !self.weights.is_sorted() {
            return refuse("weights", "five numbers from 0 up, none smaller than the one before");
        }
        if !heavier.iter().all(|w| number(*w)) || !heavier.is_sorted() {
            return refuse("modality", "numbers from 0 up, none smaller than the lighter medium's");
        }
        if !(0.0..=1.0).contains(&self.unopened) {
            return refuse("unopened", "between 0 and 1");
        }
        if self.half_life.is_zero() {
            return refuse("half_life", "longer than nothing");
        }
        if self.break_half_life.is_zero() {
            return refuse("break_half_life", "longer than nothing");
        }
        if !(self.acute_limit.is_finite() && self.acute_limit > 0.0) {
            return refuse("acute_limit", "a number above 0");
        }
        if self.run.graphic_level <= Severity::NONE {
            return refuse("run.graphic_level", "1 to 4");
        }
        if self.run.max_graphic == 0 {
            return refuse("run.max_graphic", "1 or more");
        }
        if self.run.max_extreme == 0 {
            return refuse("run.max_extreme", "1 or more");
        }
        if self.run.cleanser_max_level >= self.run.graphic_level {
            return refuse("run.cleanser_max_level", "below run.graphic_level");
        }
        if !number(self.shift.points_soft) {
            return refuse("shift.points_soft", "a number from 0 up");
        }
        if !number(self.shift.points_hard) {
            return refuse("shift.points_hard", "a number from 0 up");
        }
        if !(self.ramp.factor > 0.0 && self.ramp.factor <= 1.0) {
            return refuse("ramp.factor", "above 0 and at most 1");
        }
        if self.breaks.hourly_work.is_zero() {
            return refuse("breaks.hourly_work", "longer than nothing");
        }
        if self.privacy.k_anonymity == 0 {
            return refuse("privacy.k_anonymity", "1 or more");
        }
        Ok(())
    }
}
