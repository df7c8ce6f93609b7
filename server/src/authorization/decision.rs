//! What a request needs before it is granted (OpenID Connect Core §3.1.2.1, §3.1.2.3, §3.1.2.4): somebody who signs in, somebody who
//! agrees, or nothing more.

use cardea_protocol::authorization_request::Prompt;
use cardea_protocol::{Error, ErrorCode, Scope, Timestamp};
use cardea_store::ConsentRecord;

use super::asked::Asked;
use super::form_token::Begun;
use super::session::SignedIn;

/// The next step of a request.
pub enum Step<'a> {
    /// Somebody signs in. Whoever is signed in already may be asked to go on.
    SignIn(Option<&'a SignedIn>),
    /// The person agrees.
    Consent(&'a SignedIn),
    /// Nothing more is needed.
    Grant(&'a SignedIn),
}

/// What is known when a request is looked at.
pub struct Situation<'a> {
    /// Who is signed in in the browser.
    pub signed_in: Option<&'a SignedIn>,
    /// What they have agreed that this client may have.
    pub consent: Option<&'a ConsentRecord>,
    /// The `sub` that the client wants an answer about, as the person's own would be shown to it: theirs and the wanted.
    pub subject: Option<(&'a str, &'a str)>,
    /// Since when the request is under way.
    pub begun: Begun,
}

/// Decides.
///
/// # Errors
/// That can be sent back, when something would have to be shown and the request says that nothing may be.
pub fn step<'a>(asked: &Asked, situation: &Situation<'a>) -> Result<Step<'a>, Error> {
    let silent = asked.request.prompt.is_none();
    let refused = |code, description| Err(Error::new(code, description));
    let Some(signed_in) = situation.signed_in.filter(|person| is_accepted(asked, situation, person)) else {
        if silent {
            return refused(ErrorCode::LoginRequired, "Somebody has to sign in.");
        }
        return Ok(Step::SignIn(None));
    };
    let begun = situation.begun;
    let fresh = signed_in.session.auth_time >= begun.at;
    if asked.request.prompt.contains(Prompt::SelectAccount) && !begun.chosen && !fresh {
        return Ok(Step::SignIn(Some(signed_in)));
    }
    if needs_consent(asked, situation.consent, begun.at) {
        if silent {
            return refused(ErrorCode::ConsentRequired, "The person has to agree.");
        }
        return Ok(Step::Consent(signed_in));
    }
    Ok(Step::Grant(signed_in))
}

/// Whether the one who is signed in is the right one, and signed in recently enough.
fn is_accepted(asked: &Asked, situation: &Situation<'_>, person: &SignedIn) -> bool {
    let default_max_age = asked.client.metadata.default_max_age;
    let auth_time = person.session.auth_time;
    situation.subject.is_none_or(|(own, wanted)| own == wanted)
        && asked.request.accepts_sign_in_at(auth_time, situation.begun.at, default_max_age)
}

/// Whether the person must be asked: for a scope that they have not agreed to, or because the request demands it. Nobody is asked
/// about the server's own application: signing in there is using the server.
fn needs_consent(asked: &Asked, consent: Option<&ConsentRecord>, begun: Timestamp) -> bool {
    if asked.client.is_built_in {
        return false;
    }
    let Some(consent) = consent else { return true };
    let demanded = asked.request.prompt.contains(Prompt::Consent) && consent.updated_at < begun;
    demanded || !asked.to_agree().is_subset_of(&consent.scope)
}

/// The scopes that are new to the person.
pub fn news<'s>(scope: &'s Scope, consent: Option<&ConsentRecord>) -> Vec<&'s str> {
    let known = |name: &&str| consent.is_some_and(|consent| consent.scope.contains(name));
    scope.iter().filter(|name| !known(name)).collect()
}
