//! What makes rules weaker, key by key.

use super::Rules;
use std::cmp::Ordering;

impl Rules {
    /// The keys in which these rules protect less than `other`, in the order of the file. Weaker is: lower weights,
    /// modality, unopened factor, break lengths or cleansers; higher limits, caps or work time; shorter half-lives;
    /// longer dwell; a gentler beginning that is less gentle; keeping longer, or showing sums of fewer people.
    pub fn weaker_than(&self, other: &Rules) -> Vec<&'static str> {
        let mut weaker = Vec::new();
        let mut compare = |key: &'static str, ordering: Option<Ordering>, weak: Ordering| {
            if ordering == Some(weak) {
                weaker.push(key);
            }
        };
        macro_rules! lower {
            ($($key:literal: $($field:ident).+),* $(,)?) => {$(
                compare($key, self.$($field).+.partial_cmp(&other.$($field).+), Ordering::Less);
            )*};
        }
        macro_rules! higher {
            ($($key:literal: $($field:ident).+),* $(,)?) => {$(
                compare($key, self.$($field).+.partial_cmp(&other.$($field).+), Ordering::Greater);
            )*};
        }
        let lighter = self.weights.iter().zip(&other.weights).any(|(mine, theirs)| mine < theirs);
        compare("weights", lighter.then_some(Ordering::Less), Ordering::Less);
        lower! {
            "modality.text": modality.text, "modality.image": modality.image, "modality.audio": modality.audio,
            "modality.video": modality.video, "modality.live": modality.live, "unopened": unopened,
        }
        higher! { "text_dwell": text_dwell }
        lower! { "half_life": half_life, "break_half_life": break_half_life }
        higher! {
            "acute_limit": acute_limit, "run.graphic_level": run.graphic_level, "run.max_graphic": run.max_graphic,
            "run.max_extreme": run.max_extreme,
        }
        lower! { "run.cleanser_items": run.cleanser_items }
        higher! { "run.cleanser_max_level": run.cleanser_max_level }
        lower! {
            "run.else_pause": run.else_pause, "breaks.acute": breaks.acute,
            "breaks.after_extreme": breaks.after_extreme,
        }
        higher! { "breaks.hourly_work": breaks.hourly_work }
        lower! { "breaks.hourly": breaks.hourly, "breaks.hourly_if_no_points": breaks.hourly_if_no_points }
        higher! {
            "breaks.defer": breaks.defer, "shift.graphic": shift.graphic, "shift.extreme": shift.extreme,
            "shift.points_soft": shift.points_soft, "shift.points_hard": shift.points_hard,
        }
        lower! {
            "shift.no_graphic_first": shift.no_graphic_first, "shift.no_graphic_last": shift.no_graphic_last,
        }
        higher! { "ramp.factor": ramp.factor }
        lower! { "ramp.first_shifts": ramp.first_shifts }
        higher! { "ramp.after_absence": ramp.after_absence }
        lower! { "ramp.after_absence_shifts": ramp.after_absence_shifts }
        higher! { "privacy.retention": privacy.retention }
        lower! { "privacy.k_anonymity": privacy.k_anonymity }
        weaker
    }
}
