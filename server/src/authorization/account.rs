//! Somebody's own account: where its page is, and what ties its forms to who is signed in.

use actix_web::HttpResponse;

use super::form_token::Begun;
use super::session::SignedIn;
use super::visit::{Visit, see_other};

/// The page.
pub const PATH: &str = "/account";
/// How the sign-in carries it along.
pub const CARRIED: &str = "account";

/// Goes to the page.
pub fn open(visit: &Visit<'_>) -> HttpResponse {
    see_other(&visit.workspace.issuer.url(PATH))
}

/// The token of its forms: good in the session that they were shown in.
pub fn csrf(visit: &Visit<'_>, person: &SignedIn) -> String {
    visit.token(&tie(person), Begun::now(visit.app.clock.now(), false))
}

/// Whether a form was shown to who is signed in, in this browser, within the hour.
pub fn is_own(visit: &Visit<'_>, person: &SignedIn, token: Option<&str>) -> bool {
    visit.begun(&tie(person), token).is_some() && visit.is_from_here()
}

fn tie(person: &SignedIn) -> String {
    format!("{CARRIED} {}", person.session.sid)
}
