//! The authorization endpoint (RFC 6749 §3.1, OpenID Connect Core §3.1.2): the request is understood, the next step decided, and that
//! step shown or taken. Nothing is kept of a request until it is granted: the pages carry it along, and it is read anew each time.

mod grant;

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::ErrorCode;
use cardea_protocol::authorization_request::PARAMETERS;
use cardea_protocol::params::Params;

use crate::app::App;
use crate::authorization::asked::{Asked, Refused};
use crate::authorization::decision::{self, Situation, Step};
use crate::authorization::errand::Errand;
use crate::authorization::form_token::Begun;
use crate::authorization::session::{self, SignedIn};
use crate::authorization::subject;
use crate::authorization::visit::{Visit, see_other};
use crate::authorization::{consent, hint, show};
use crate::http::failure::OAuthFailure;
use crate::http::form;

/// `GET /{tid}/{aid}/oauth2/authorize`.
///
/// # Errors
/// 404 for an unknown workspace. What is wrong with the request is a page, or goes back to the client.
pub async fn authorize(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let answer = match proceed(&visit, http.query_string()).await {
        Ok(answer) => answer,
        Err(refused) => visit.refuse(refused),
    };
    Ok(visit.end(answer))
}

/// `POST /{tid}/{aid}/oauth2/authorize`: the same by a form (OpenID Connect Core §3.1.2.1). It goes on as `GET`, with which a browser
/// sends its cookies although another site sent the form.
///
/// # Errors
/// 404 for an unknown workspace, `invalid_request` for a body that is no form.
pub async fn authorize_by_form(
    app: Data<App>,
    http: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, OAuthFailure> {
    let workspace = crate::http::workspace::find(&app, &http).await?;
    let body = form::body(payload).await?;
    let malformed = |description| OAuthFailure::new(ErrorCode::InvalidRequest, description);
    let params = Params::from_form(&body).map_err(|why| malformed(why.description()))?;
    let names: Vec<&str> = PARAMETERS.iter().copied().chain(["request", "request_uri", "registration"]).collect();
    Ok(see_other(&format!("{}?{}", workspace.issuer.url("/oauth2/authorize"), params.to_form(&names))))
}

async fn proceed(visit: &Visit<'_>, query: &str) -> Result<HttpResponse, Refused> {
    let params = Params::from_form(query.as_bytes()).map_err(|why| Refused::page(why.description()))?;
    let asked = Asked::read(visit, &params, params.get("begun")).await?;
    let begun = asked.begun.unwrap_or(Begun::now(visit.app.clock.now(), asked.resolved.conveyed.signed));
    let signed_in = session::current(visit.app, &visit.workspace, &visit.browser).await?;
    let consent = match &signed_in {
        Some(person) => consent::find(visit, &asked.client.id, person).await?,
        None => None,
    };
    let wanted = match hint::wanted_subject(&visit.workspace, &asked) {
        Ok(wanted) => wanted,
        Err(error) => return Err(asked.refused(error)),
    };
    let own = signed_in.as_ref().map(|person| subject_of(visit, &asked, person));
    let situation = Situation {
        signed_in: signed_in.as_ref(),
        consent: consent.as_ref(),
        subject: own.as_deref().zip(wanted.as_deref()),
        begun,
    };
    match decision::step(&asked, &situation) {
        Ok(Step::SignIn(who)) => Ok(show::sign_in(visit, &Errand::Authorization(Box::new(asked)), begun, who, None)),
        Ok(Step::Consent(person)) => Ok(show::consent(visit, &asked, begun, person, consent.as_ref())),
        Ok(Step::Grant(person)) => grant::code(visit, &asked, person).await,
        Err(error) => Err(asked.refused(error)),
    }
}

fn subject_of(visit: &Visit<'_>, asked: &Asked, person: &SignedIn) -> String {
    subject::of(visit.app, &visit.workspace, &asked.client, &person.user.id)
}
