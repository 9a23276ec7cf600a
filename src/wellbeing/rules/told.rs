//! The rules as they are told to a desk far away: the table `[wellbeing]` with every key said.

use super::raw::{RawBreaks, RawModality, RawPrivacy, RawRamp, RawRules, RawRun, RawShift};
use super::{BreakRule, ModalityWeights, PrivacyRule, RampRule, Rules, RunRule, ShiftRule};
use crate::wellbeing::duration::Span;
use std::time::Duration;

fn span(duration: Duration) -> Option<Span> {
    Some(Span(duration))
}

impl From<&Rules> for RawRules {
    fn from(rules: &Rules) -> Self {
        let ModalityWeights { text, image, audio, video, live } = rules.modality;
        let RunRule { graphic_level, max_graphic, max_extreme, cleanser_items, cleanser_max_level, else_pause } =
            rules.run;
        let BreakRule { acute, after_extreme, hourly_work, hourly, hourly_if_no_points, defer, .. } = rules.breaks;
        let ShiftRule { graphic, extreme, points_soft, points_hard, no_graphic_first, no_graphic_last, .. } =
            rules.shift;
        let RampRule { factor, first_shifts, after_absence, after_absence_shifts } = rules.ramp;
        let PrivacyRule { retention, k_anonymity } = rules.privacy;
        Self {
            policy_version: Some(rules.policy_version.clone()),
            weakened_because: rules.weakened_because.clone(),
            weights: Some(rules.weights),
            modality: Some(RawModality {
                text: Some(text),
                image: Some(image),
                audio: Some(audio),
                video: Some(video),
                live: Some(live),
            }),
            unopened: Some(rules.unopened),
            text_dwell: span(rules.text_dwell),
            half_life: span(rules.half_life),
            break_half_life: span(rules.break_half_life),
            acute_limit: Some(rules.acute_limit),
            run: Some(RawRun {
                graphic_level: Some(graphic_level),
                max_graphic: Some(max_graphic),
                max_extreme: Some(max_extreme),
                cleanser_items: Some(cleanser_items),
                cleanser_max_level: Some(cleanser_max_level),
                else_pause: span(else_pause),
            }),
            breaks: Some(RawBreaks {
                acute: span(acute),
                after_extreme: span(after_extreme),
                hourly_work: span(hourly_work),
                hourly: span(hourly),
                hourly_if_no_points: span(hourly_if_no_points),
                defer: span(defer),
            }),
            shift: Some(RawShift {
                graphic: span(graphic),
                extreme: span(extreme),
                points_soft: Some(points_soft),
                points_hard: Some(points_hard),
                no_graphic_first: span(no_graphic_first),
                no_graphic_last: span(no_graphic_last),
            }),
            ramp: Some(RawRamp {
                factor: Some(factor),
                first_shifts: Some(first_shifts),
                after_absence: span(after_absence),
                after_absence_shifts: Some(after_absence_shifts),
            }),
            privacy: Some(RawPrivacy { retention: span(retention), k_anonymity: Some(k_anonymity) }),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read_back_the_same() {
        let mut rules = Rules::shipped();
        rules.acute_limit = 60.0;
        rules.breaks.hourly = Duration::from_secs(725);
        let told = serde_json::to_value(RawRules::from(&rules)).expect("JSON");
        let read: RawRules = serde_json::from_value(told).expect("a table");
        assert_eq!(read.resolve(), Ok(rules));
    }
}
