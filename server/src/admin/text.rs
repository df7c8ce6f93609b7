//! Rules for what people write: names and descriptions.

use cardea_protocol::violation::Violation;

/// The longest name, in characters.
const MAX_NAME: usize = 200;
/// The longest description, in characters.
const MAX_DESCRIPTION: usize = 1000;

/// A name: something to see, on one line.
pub(super) fn name(pointer: &str, text: &str, violations: &mut Vec<Violation>) {
    if text.trim().is_empty() || text.chars().count() > MAX_NAME || text.chars().any(char::is_control) {
        let message = format!("a name is 1 to {MAX_NAME} characters on one line");
        violations.push(Violation::new(pointer, "invalid_value", message));
    }
}

/// A description: maybe empty, maybe several lines.
pub(super) fn description(pointer: &str, text: &str, violations: &mut Vec<Violation>) {
    let is_odd = |character: char| character.is_control() && character != '\n' && character != '\t';
    if text.chars().count() > MAX_DESCRIPTION || text.chars().any(is_odd) {
        let message = format!("a description is at most {MAX_DESCRIPTION} characters");
        violations.push(Violation::new(pointer, "invalid_value", message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(rule: fn(&str, &str, &mut Vec<Violation>), text: &str) -> bool {
        let mut violations = Vec::new();
        rule("/x", text, &mut violations);
        !violations.is_empty()
    }

    #[test]
    fn a_name_is_visible_and_on_one_line() {
        for bad in ["", " ", "a\nb", "a\u{0}", "a\u{7f}", &"x".repeat(201)] {
            assert!(refused(name, bad), "{bad:?}");
        }
        for good in ["a", "Ärzte & Söhne", "日本", &"ä".repeat(200)] {
            assert!(!refused(name, good), "{good}");
        }
    }

    #[test]
    fn a_description_may_have_lines() {
        assert!(refused(description, "a\u{1b}[2J") && refused(description, &"x".repeat(1001)));
        assert!(!refused(description, "") && !refused(description, "one\n\ttwo"));
    }
}
