//! Who rotates, what is theft, and how little may be asked for.

use super::*;

#[test]
fn the_kind_of_client_decides_unless_it_has_chosen() {
    use RefreshTokenRotation::{Never, Rotate, RotateWithGrace};
    for method in AuthMethod::ALL {
        let (public, default) = (*method == AuthMethod::None, Profile::Default);
        let expected = if public { Rotate } else { RotateWithGrace };
        assert_eq!(RefreshTokenRotation::default_for(*method, default), expected, "{method}");
        assert_eq!(RefreshTokenRotation::default_for(*method, Profile::Fapi2), Never, "{method}");
        for profile in Profile::ALL {
            assert!(RefreshTokenRotation::default_for(*method, *profile).is_allowed_for(*method, *profile));
        }
        assert_eq!(Never.is_allowed_for(*method, default), !public, "{method}");
        assert!(Rotate.is_allowed_for(*method, default) && !Rotate.is_allowed_for(*method, Profile::Fapi2));
    }
}

#[test]
fn a_replaced_token_is_theft_unless_it_comes_within_the_grace() {
    use RefreshTokenRotation::{Never, Rotate, RotateWithGrace};
    let at = |secs| Some(Timestamp::from_secs(secs));
    let now = Timestamp::from_secs(1000);
    for (policy, replaced_at, redemption) in [
        (Never, None, Redemption::Keep),
        (Rotate, None, Redemption::Replace),
        (RotateWithGrace, None, Redemption::Replace),
        (Never, at(1000), Redemption::RevokeFamily),
        (Rotate, at(1000), Redemption::RevokeFamily),
        (RotateWithGrace, at(1000), Redemption::RepeatSuccessor),
        (RotateWithGrace, at(1000 - GRACE_SECS), Redemption::RepeatSuccessor),
        (RotateWithGrace, at(999 - GRACE_SECS), Redemption::RevokeFamily),
        // Another node's clock.
        (RotateWithGrace, at(1001), Redemption::RepeatSuccessor),
    ] {
        assert_eq!(policy.redeem(replaced_at, now), redemption, "{policy} {replaced_at:?}");
    }
}

#[test]
fn use_prolongs_a_family_up_to_its_end() {
    let lifetime = RefreshLifetime { idle: 100, absolute: 250 };
    for (now, end) in [(0, 100), (100, 200), (150, 250), (200, 250)] {
        let expires_at = lifetime.expires_at(Timestamp::from_secs(0), Timestamp::from_secs(now));
        assert_eq!(expires_at, Timestamp::from_secs(end), "{now}");
    }
}

#[test]
fn a_client_may_ask_for_less_and_never_for_more() {
    let granted = Scope::parse("openid a b").unwrap();
    for bad in ["c", "a c", "A", "a  b", ""] {
        assert_eq!(narrowed_scope(&granted, Some(bad)).unwrap_err().code, ErrorCode::InvalidScope, "{bad}");
    }
    assert_eq!(narrowed_scope(&granted, None).unwrap(), granted);
    assert_eq!(narrowed_scope(&granted, Some("b a")).unwrap().as_str(), "b a");
    assert!(narrowed_scope(&Scope::empty(), Some("a")).is_err());
    let granted = ["urn:a".to_owned(), "urn:b".to_owned()];
    for bad in [&["urn:c"][..], &["urn:a", "urn:c"], &["urn:A"], &["urn:a/"]] {
        assert_eq!(narrowed_resources(&granted, bad).unwrap_err().code, ErrorCode::InvalidTarget, "{bad:?}");
    }
    assert_eq!(narrowed_resources(&granted, &[]).unwrap(), granted);
    assert_eq!(narrowed_resources(&granted, &["urn:b", "urn:b"]).unwrap(), granted[1..]);
}
