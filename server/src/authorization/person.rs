//! What can be told of a person (OpenID Connect Core §5.1).

use cardea_protocol::Scope;
use cardea_protocol::claims::request::ClaimsRequest;
use cardea_protocol::claims::standard::{UserClaims, scopes_of};
use cardea_store::UserRecord;

/// The scopes of which a client may learn claims, once the person has agreed: those it asked for, and those of the claims that it asked
/// for one by one.
pub fn permitted(scope: &Scope, claims: &ClaimsRequest) -> Scope {
    let single = scopes_of(&claims.userinfo).chain(scopes_of(&claims.id_token));
    let mut names: Vec<&str> = scope.iter().collect();
    for name in single {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // There are not so many that they would not fit.
    Scope::from_tokens(names).unwrap_or_else(|_| scope.clone())
}

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
