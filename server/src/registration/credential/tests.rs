//! What becomes of secrets, and which ones may be brought along.

use super::*;

#[test]
fn secrets_survive_between_basic_and_post_alone() {
    use AuthMethod::{ClientSecretBasic, ClientSecretJwt, ClientSecretPost, None, PrivateKeyJwt};
    for (from, to, expected) in [
        (ClientSecretBasic, ClientSecretPost, Turn::Keep),
        (ClientSecretPost, ClientSecretPost, Turn::Keep),
        (ClientSecretJwt, ClientSecretJwt, Turn::Keep),
        (ClientSecretBasic, ClientSecretJwt, Turn::Replace),
        (ClientSecretJwt, ClientSecretBasic, Turn::Replace),
        (None, ClientSecretBasic, Turn::Replace),
        (PrivateKeyJwt, ClientSecretJwt, Turn::Replace),
        (ClientSecretBasic, None, Turn::Drop),
        (ClientSecretJwt, PrivateKeyJwt, Turn::Drop),
    ] {
        assert_eq!(turn(from, to), expected, "{from} to {to}");
    }
}

#[test]
fn a_secret_that_signs_is_as_long_as_the_hash() {
    let metadata = |alg| ClientMetadata {
        token_endpoint_auth_method: AuthMethod::ClientSecretJwt,
        token_endpoint_auth_signing_alg: alg,
        ..ClientMetadata::default()
    };
    let given = |length: usize, alg| check_given(&Secret::new("x".repeat(length)), &metadata(alg)).is_ok();
    for (alg, least) in
        [(Some(SigningAlg::HS256), 32), (Some(SigningAlg::HS384), 48), (Some(SigningAlg::HS512), 64), (None, 64)]
    {
        assert!(!given(least - 1, alg) && given(least, alg), "{alg:?}");
    }
    assert_eq!(strongest(&Secret::new("x".repeat(63))), Some(SigningAlg::HS384));
    assert_eq!(strongest(&Secret::new("x".repeat(31))), None);
}

#[test]
fn a_given_secret_is_printable_ascii() {
    for (value, is_good) in [("", false), ("hush", true), ("h ü", false), ("a\nb", false), ("p ss~!", true)] {
        assert_eq!(
            check_given(&Secret::new(value.to_owned()), &ClientMetadata::default()).is_ok(),
            is_good,
            "{value:?}"
        );
    }
}
