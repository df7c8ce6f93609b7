//! What the list of clients can be narrowed to.

use cardea_protocol::AuthMethod;
use cardea_protocol::grant_type::GrantType;
use cardea_protocol::time::Timestamp;

use super::super::words::grant_name;
use crate::ui::field::Choice;

const DAY: i64 = 86_400;
/// So many days without use make a client worth a look.
const UNUSED_DAYS: i64 = 90;

pub(super) fn methods() -> Vec<Choice> {
    let any = std::iter::once(Choice::new("", "Any method"));
    any.chain(AuthMethod::ALL.iter().map(|method| Choice::new(method.as_str(), method.as_str()))).collect()
}

pub(super) fn grants() -> Vec<Choice> {
    let any = std::iter::once(Choice::new("", "Any grant"));
    any.chain(GrantType::ALL.iter().map(|grant| Choice::new(grant.as_str(), grant_name(*grant)))).collect()
}

/// Whether they were used lately. The moment stands in the URL, so `chosen` is kept as it came.
pub(super) fn unused(chosen: &str, now_ms: i64) -> Vec<Choice> {
    // Whole days, so that a link stays the same for a day.
    let day = (now_ms / 1000).div_euclid(DAY) - UNUSED_DAYS;
    let since = Timestamp::from_secs(day * DAY).to_string();
    let label = format!("Not for {UNUSED_DAYS} days");
    let mut choices = vec![Choice::new("", "Whenever")];
    if !chosen.is_empty() && chosen != since {
        let day = chosen.get(..10).unwrap_or(chosen);
        choices.push(Choice::new(chosen, format!("Not since {day}")));
    }
    choices.push(Choice::new(since, label));
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_and_grant_can_be_asked_for() {
        assert_eq!(methods().len(), AuthMethod::ALL.len() + 1);
        assert_eq!(grants().len(), GrantType::ALL.len() + 1);
    }

    #[test]
    fn ninety_days_are_counted_from_the_day_and_an_older_link_keeps_its_moment() {
        let now = 1_769_860_800_123;
        let choices = unused("", now);
        assert_eq!(choices.last().map(|choice| choice.value.as_str()), Some("2025-11-02T00:00:00.000Z"));
        assert_eq!(unused("2025-11-02T00:00:00.000Z", now), choices);
        let kept = unused("2025-01-01T00:00:00Z", now);
        assert_eq!((kept.len(), kept.get(1).map(|choice| choice.label.as_str())), (3, Some("Not since 2025-01-01")));
    }
}
