//! Challenges, verifiers, and the two together.

use super::*;

/// RFC 7636 App. B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn challenge() -> CodeChallenge {
    CodeChallenge::parse(CHALLENGE, Some("S256")).unwrap()
}

#[test]
fn the_example_of_the_rfc_verifies() {
    assert!(challenge().verify(&CodeVerifier::parse(VERIFIER).unwrap()));
    assert_eq!(challenge().to_string(), CHALLENGE);
}

#[test]
fn every_method_but_s256_has_its_own_refusal() {
    for (method, refusal) in [
        (None, InvalidChallenge::MethodMissing),
        (Some("plain"), InvalidChallenge::MethodPlain),
        (Some("Plain"), InvalidChallenge::MethodUnknown),
        (Some("s256"), InvalidChallenge::MethodUnknown),
        (Some("S256 "), InvalidChallenge::MethodUnknown),
        (Some("S512"), InvalidChallenge::MethodUnknown),
        (Some(""), InvalidChallenge::MethodUnknown),
    ] {
        assert_eq!(CodeChallenge::parse(CHALLENGE, method), Err(refusal), "{method:?}");
    }
    assert!(CodeChallenge::parse(CHALLENGE, Some(S256)).is_ok());
}

#[test]
fn a_challenge_is_the_canonical_base64url_of_32_octets() {
    for bad in [
        "",
        VERIFIER.get(..42).unwrap(),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMA",
        // The two bits that are left over are not zero.
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw/cM",
        " 9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c\0",
    ] {
        assert_eq!(CodeChallenge::parse(bad, Some(S256)), Err(InvalidChallenge::Malformed), "{bad:?}");
        assert!(serde_json::from_value::<CodeChallenge>(bad.into()).is_err());
    }
    let read: CodeChallenge = serde_json::from_value(CHALLENGE.into()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), CHALLENGE);
}

#[test]
fn a_verifier_has_43_to_128_unreserved_characters() {
    for bad in ["", "x", &"a".repeat(42), &"a".repeat(129), &format!("{}+", "a".repeat(43))] {
        assert!(CodeVerifier::parse(bad).is_none(), "{bad}");
    }
    for strange in ["/", "=", " ", "\0", "\n", "%", "ä", "é", "\u{212a}"] {
        let bad = format!("{}{strange}", "a".repeat(50));
        assert!(CodeVerifier::parse(&bad).is_none(), "{bad:?}");
    }
    for good in ["a".repeat(43), "-._~".repeat(32), "Az09".repeat(20)] {
        assert!(CodeVerifier::parse(&good).is_some(), "{good}");
    }
}

#[test]
fn challenge_and_verifier_come_together_or_not_at_all() {
    let challenge = challenge();
    let other = "a".repeat(43);
    for (challenge, verifier, result) in [
        (Some(&challenge), None, Err(PkceFailure::VerifierMissing)),
        (None, Some(VERIFIER), Err(PkceFailure::VerifierUnexpected)),
        (None, Some(""), Err(PkceFailure::VerifierUnexpected)),
        (Some(&challenge), Some(""), Err(PkceFailure::VerifierMalformed)),
        (Some(&challenge), Some("short"), Err(PkceFailure::VerifierMalformed)),
        (Some(&challenge), Some(other.as_str()), Err(PkceFailure::Mismatch)),
        // What `plain` would have accepted.
        (Some(&challenge), Some(CHALLENGE), Err(PkceFailure::Mismatch)),
        (Some(&challenge), Some(VERIFIER), Ok(())),
        (None, None, Ok(())),
    ] {
        assert_eq!(check(challenge, verifier), result, "{verifier:?}");
    }
}
