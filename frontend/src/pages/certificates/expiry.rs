//! How soon a certificate, or a revocation list, ends: said at 30, 7 and 1 days.

use crate::ui::page::Tone;

const DAY: i64 = 86_400_000;

/// How urgent the end at `end` is at `now`, in milliseconds; nothing while it is far.
pub(super) fn warning(end: i64, now: i64) -> Option<(Tone, &'static str)> {
    match end - now {
        ..=0 => Some((Tone::Bad, "Expired")),
        1..=DAY => Some((Tone::Bad, "Expires within a day")),
        left if left <= 7 * DAY => Some((Tone::Warn, "Expires within 7 days")),
        left if left <= 30 * DAY => Some((Tone::Warn, "Expires within 30 days")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_at_thirty_seven_and_one_days() {
        assert_eq!(warning(31 * DAY, 0), None);
        for (days, said) in [(30, "30 days"), (8, "30 days"), (7, "7 days"), (2, "7 days"), (1, "a day")] {
            assert!(warning(days * DAY, 0).is_some_and(|(_, text)| text.ends_with(said)), "{days}");
        }
        assert_eq!(warning(0, 0), Some((Tone::Bad, "Expired")));
    }
}
