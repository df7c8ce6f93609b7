//! What can be told of a person (OpenID Connect Core §5.1).

use cardea_protocol::claims::standard::UserClaims;
use cardea_store::UserRecord;

/// What is known of `user`.
pub fn claims(user: &UserRecord) -> UserClaims {
    let others: UserClaims = serde_json::from_value(user.claims.clone()).unwrap_or_default();
    UserClaims {
        name: user.name.clone(),
        given_name: user.given_name.clone(),
        family_name: user.family_name.clone(),
        preferred_username: Some(user.username.clone()),
        locale: user.locale.clone(),
        updated_at: Some(user.updated_at.as_secs()),
        email_verified: user.email.as_ref().map(|_| user.email_verified),
        email: user.email.clone(),
        ..others
    }
}
