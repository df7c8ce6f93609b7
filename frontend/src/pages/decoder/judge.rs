//! Whether a token would be believed by what it says: its times, its issuer, its audience. The signature is judged elsewhere;
//! without it all of this is only what the token says of itself.

use super::kind::Kind;
use super::parse::Token;
use crate::ui::page::Tone;
use crate::ui::time::relative;

/// Seconds that clocks may differ by.
const SKEW: i64 = 10;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// How good that is.
    pub(super) tone: Tone,
    /// What was looked at.
    pub(super) title: &'static str,
    /// What was found.
    pub(super) text: String,
}

fn finding(tone: Tone, title: &'static str, text: impl Into<String>) -> Finding {
    Finding { tone, title, text: text.into() }
}

/// Judges `token` at `now` (milliseconds) for the workspace of `issuer`.
pub(super) fn judge(token: &Token, kind: Kind, issuer: &str, now: i64) -> Vec<Finding> {
    let mut found = times(token, kind, now);
    found.extend(who(token, kind, issuer));
    found.extend(audience(token, kind, issuer));
    if let Some(cnf) = token.claims.get("cnf") {
        found.push(finding(Tone::Info, "Binding", super::claims::confirmation(cnf)));
    }
    found
}

fn times(token: &Token, kind: Kind, now: i64) -> Vec<Finding> {
    const TITLE: &str = "Time";
    let millis = |name: &str| token.seconds(name).map(|seconds| seconds.saturating_mul(1000));
    let mut found = Vec::new();
    match millis("exp") {
        Some(exp) if exp <= now => {
            found.push(finding(Tone::Bad, TITLE, format!("It has expired: {}.", relative(now, exp))));
        }
        Some(exp) => {
            found.push(finding(Tone::Good, TITLE, format!("It has not expired; it does {}.", relative(now, exp))))
        }
        None if token.claims.contains_key("exp") => {
            found.push(finding(Tone::Bad, TITLE, "Its exp is not a number of seconds since 1970."));
        }
        None if matches!(kind, Kind::DpopProof | Kind::LogoutToken | Kind::Other) => {}
        None => found.push(finding(Tone::Bad, TITLE, "It has no exp; such a token is refused.")),
    }
    for (name, word) in [("nbf", "is not valid yet"), ("iat", "says that it was issued in the future")] {
        if let Some(moment) = millis(name).filter(|moment| *moment > now + SKEW * 1000) {
            let text = format!("It {word} ({}). Is a clock wrong?", relative(now, moment));
            found.push(finding(Tone::Bad, TITLE, text));
        }
    }
    let ahead = millis("exp").map(|exp| exp - now);
    if kind == Kind::ClientAssertion && ahead.is_some_and(|ahead| ahead > (600 + SKEW) * 1000) {
        found.push(finding(Tone::Bad, TITLE, "It lives longer than ten minutes; such an assertion is refused."));
    }
    found
}

fn who(token: &Token, kind: Kind, issuer: &str) -> Vec<Finding> {
    const TITLE: &str = "Issuer";
    let iss = token.text("iss");
    match (kind, iss) {
        (Kind::DpopProof, _) => Vec::new(),
        (Kind::ClientAssertion, Some(client)) if token.text("sub") == Some(client) => {
            let mut found = vec![finding(
                Tone::Good,
                TITLE,
                format!("The application says that it is {client}: iss and sub agree."),
            )];
            if token.text("jti").is_none_or(str::is_empty) {
                found.push(finding(Tone::Bad, "Id", "It has no jti; such an assertion is refused."));
            }
            found
        }
        (Kind::ClientAssertion, _) => vec![finding(Tone::Bad, TITLE, "iss and sub must both be the client_id.")],
        (Kind::RequestObject, Some(client)) => {
            vec![finding(Tone::Neutral, TITLE, format!("Made by the application {client}."))]
        }
        (_, Some(iss)) if iss == issuer => vec![finding(Tone::Good, TITLE, "Issued by this workspace.")],
        (_, Some(iss)) => {
            vec![finding(Tone::Bad, TITLE, format!("Issued by {iss}, which is not this workspace ({issuer})."))]
        }
        (_, None) => vec![finding(Tone::Warn, TITLE, "It does not say who issued it.")],
    }
}

fn audience(token: &Token, kind: Kind, issuer: &str) -> Option<Finding> {
    const TITLE: &str = "Audience";
    let aud = token.texts("aud");
    let named = aud.join(", ");
    let is_list = token.claims.get("aud").is_some_and(serde_json::Value::is_array);
    let none = aud.is_empty();
    Some(match kind {
        Kind::DpopProof | Kind::Other if none => return None,
        _ if none => finding(Tone::Bad, TITLE, "It does not say whom it is for."),
        Kind::ClientAssertion => of_assertion(&aud, is_list, issuer),
        Kind::RequestObject if aud.contains(&issuer) => finding(Tone::Good, TITLE, "It is for this workspace."),
        Kind::RequestObject => finding(Tone::Bad, TITLE, format!("It is for {named}, not for this workspace.")),
        Kind::AccessToken => finding(
            Tone::Neutral,
            TITLE,
            format!("It is for {named}. An API must find itself here before it takes it."),
        ),
        Kind::IdToken | Kind::LogoutToken => finding(
            Tone::Neutral,
            TITLE,
            format!("It is for the application {named}, which must find its client_id here."),
        ),
        Kind::DpopProof | Kind::Other => finding(Tone::Neutral, TITLE, format!("It is for {named}.")),
    })
}

/// By the three rules that a workspace can have (`client_assertion_audience`).
fn of_assertion(aud: &[&str], is_list: bool, issuer: &str) -> Finding {
    const TITLE: &str = "Audience";
    let is_endpoint = |aud: &str| aud.ends_with("/oauth2/token");
    match aud {
        [one] if *one == issuer && !is_list => {
            finding(Tone::Good, TITLE, "It is for this workspace's issuer, under each of the three rules.")
        }
        [one] if *one == issuer => finding(
            Tone::Good,
            TITLE,
            "It is for this workspace's issuer, in a list of one; a workspace that demands a bare string (FAPI 2.0) refuses it.",
        ),
        several if several.contains(&issuer) || several.iter().any(|aud| is_endpoint(aud)) => {
            let named = several.join(", ");
            finding(
                Tone::Warn,
                TITLE,
                format!(
                    "It is for {named}; only the legacy rule takes that, where it is this workspace's. Better: {issuer} alone."
                ),
            )
        }
        several => {
            finding(Tone::Bad, TITLE, format!("It is for {}, not for this workspace ({issuer}).", several.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::{read, tests::token};
    use super::*;
    use serde_json::{Value, json};

    const ISSUER: &str = "https://id.example/acme/shop";
    const NOW: i64 = 1_700_000_000_000;

    fn judged(header: Value, claims: Value) -> Vec<(Tone, &'static str)> {
        let token = read(&token(&header, &claims)).unwrap();
        let found = judge(&token, Kind::of(&token), ISSUER, NOW);
        found.into_iter().map(|finding| (finding.tone, finding.title)).collect()
    }

    #[test]
    fn a_good_access_token_is_good() {
        let claims = json!({"iss": ISSUER, "aud": "https://api.example", "exp": 1_700_000_600, "iat": 1_700_000_000});
        let found = judged(json!({"typ": "at+jwt"}), claims);
        assert_eq!(found, [(Tone::Good, "Time"), (Tone::Good, "Issuer"), (Tone::Neutral, "Audience")]);
    }

    #[test]
    fn another_issuer_and_passed_times_are_bad() {
        let claims =
            json!({"iss": "https://id.example/acme/other", "aud": "a", "exp": 1_700_000_000, "nbf": 1_700_000_011});
        let found = judged(json!({"typ": "at+jwt"}), claims);
        assert_eq!(
            found,
            [(Tone::Bad, "Time"), (Tone::Bad, "Time"), (Tone::Bad, "Issuer"), (Tone::Neutral, "Audience")]
        );
        assert_eq!(judged(json!({"typ": "at+jwt"}), json!({})).first(), Some(&(Tone::Bad, "Time")));
    }

    #[test]
    fn a_clock_may_be_ten_seconds_ahead_and_no_more() {
        let bad_times = |iat: i64| {
            let claims = json!({"iss": ISSUER, "aud": "a", "exp": 1_700_000_600, "iat": iat});
            judged(json!({"typ": "at+jwt"}), claims).iter().filter(|found| **found == (Tone::Bad, "Time")).count()
        };
        assert_eq!((bad_times(1_700_000_010), bad_times(1_700_000_011)), (0, 1));
    }

    #[test]
    fn an_assertion_is_held_against_the_three_rules() {
        let assertion = |aud: Value| {
            let claims = json!({"iss": "c", "sub": "c", "jti": "1", "aud": aud, "exp": 1_700_000_060});
            judged(json!({}), claims).last().copied()
        };
        assert_eq!(assertion(json!(ISSUER)), Some((Tone::Good, "Audience")));
        assert_eq!(assertion(json!([ISSUER])), Some((Tone::Good, "Audience")));
        assert_eq!(assertion(json!([ISSUER, "x"])), Some((Tone::Warn, "Audience")));
        assert_eq!(assertion(json!(format!("{ISSUER}/oauth2/token"))), Some((Tone::Warn, "Audience")));
        assert_eq!(assertion(json!("https://elsewhere.example")), Some((Tone::Bad, "Audience")));
        assert_eq!(assertion(json!(null)), Some((Tone::Bad, "Audience")));
    }

    #[test]
    fn an_assertion_needs_an_id_and_a_short_life() {
        let claims = json!({"iss": "c", "sub": "c", "aud": ISSUER, "exp": 1_700_000_700});
        let found = judged(json!({}), claims);
        assert!(found.contains(&(Tone::Bad, "Id")) && found.contains(&(Tone::Bad, "Time")), "{found:?}");
    }
}
