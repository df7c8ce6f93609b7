//! The end session endpoint (OpenID Connect RP-Initiated Logout 1.0): a client asks that the person be signed out. Without proof that
//! it is about the one who is signed in here, the person is asked. Nobody is sent to an address that is not registered, to the letter.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::claims::id_token::IdTokenHint;
use cardea_protocol::params::Params;
use cardea_protocol::redirect_uri::RedirectUri;

use crate::app::App;
use crate::authorization::asked::Refused;
use crate::authorization::form_token::Begun;
use crate::authorization::session::{self, SignedIn};
use crate::authorization::visit::{Visit, see_other};
use crate::authorization::{ending, hint, subject, way_back};
use crate::hosted::pages::{Form, Link, Message, SignOut, SignedOut};
use crate::http::failure::OAuthFailure;
use crate::workspace::Client;

/// What of a request is carried along while the person is asked.
const PARAMETERS: &[&str] =
    &["id_token_hint", "client_id", "post_logout_redirect_uri", "state", "logout_hint", "ui_locales"];

/// A request that is understood.
struct Ending {
    client: Option<Arc<Client>>,
    hint: Option<IdTokenHint>,
    return_to: Option<String>,
    carried: String,
}

/// `GET, POST /{tid}/{aid}/oidc/logout`.
///
/// # Errors
/// 404 for an unknown workspace. What is wrong with the request is a page.
pub async fn end_session(app: Data<App>, http: HttpRequest, body: Bytes) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let text = if http.method() == actix_web::http::Method::POST { &body[..] } else { http.query_string().as_bytes() };
    let answer = match proceed(&visit, text).await {
        Ok(answer) => answer,
        Err(refused) => visit.refuse(refused),
    };
    Ok(visit.end(answer))
}

async fn proceed(visit: &Visit<'_>, text: &[u8]) -> Result<HttpResponse, Refused> {
    let params = Params::from_form(text).map_err(|why| Refused::page(why.description()))?;
    let ending = read(visit, &params).await?;
    let signed_in = session::current(visit.app, &visit.workspace, &visit.browser).await?;
    let Some(person) = signed_in else { return Ok(done(visit, &ending)) };
    let begun = visit.begun(&ending.carried, params.get("csrf")).filter(|_| visit.is_from_here());
    match (begun, params.get("action")) {
        (Some(_), Some("stay")) => Ok(stayed(visit)),
        (Some(_), Some("sign-out")) => {
            ending::end(visit, &person).await?;
            Ok(done(visit, &ending))
        }
        _ if is_about(visit, &ending, &person) => {
            ending::end(visit, &person).await?;
            Ok(done(visit, &ending))
        }
        _ => Ok(ask(visit, &ending, &person)),
    }
}

async fn read(visit: &Visit<'_>, params: &Params<'_>) -> Result<Ending, Refused> {
    const HINT: Refused = Refused::page("The id_token_hint is not an ID token of this issuer.");
    let hint = match params.get("id_token_hint") {
        None => None,
        Some(text) => Some(hint::read(&visit.workspace, text).filter(|hint| is_ours(visit, hint)).ok_or(HINT)?),
    };
    let of_hint = hint.as_ref().and_then(|hint| hint.aud.iter().next().map(str::to_owned));
    let named = params.get("client_id").map(str::to_owned);
    if let (Some(named), Some(of_hint)) = (&named, &of_hint)
        && named != of_hint
    {
        return Err(Refused::page("The client_id is not that of the id_token_hint."));
    }
    let client = match named.or(of_hint) {
        Some(id) => visit.app.client(&visit.workspace, &id).await?,
        None => None,
    };
    let return_to = match params.get("post_logout_redirect_uri") {
        None => None,
        Some(uri) => Some(registered(client.as_deref(), uri, params.get("state"))?),
    };
    Ok(Ending { client, hint, return_to, carried: params.to_form(PARAMETERS) })
}

fn is_ours(visit: &Visit<'_>, hint: &IdTokenHint) -> bool {
    hint.iss == visit.workspace.issuer.as_str()
}

/// Where to go afterwards: one of the addresses that the client registered, with the state.
fn registered(client: Option<&Client>, uri: &str, state: Option<&str>) -> Result<String, Refused> {
    const UNKNOWN: Refused =
        Refused::page("The post_logout_redirect_uri is not one that is registered for the application, to the letter.");
    let client = client.filter(|client| client.is_active()).ok_or(UNKNOWN)?;
    let found = RedirectUri::exact(uri, &client.metadata.post_logout_redirect_uris).ok_or(UNKNOWN)?;
    Ok(found.with_params(state.map(|state| ("state", state))))
}

/// Whether the hint is of the very session, or at least the person, that is signed in here.
fn is_about(visit: &Visit<'_>, ending: &Ending, person: &SignedIn) -> bool {
    let (Some(hint), Some(client)) = (&ending.hint, &ending.client) else { return false };
    match &hint.sid {
        Some(sid) => *sid == person.session.sid,
        None => hint.sub == subject::of(visit.app, &visit.workspace, client, &person.user.id),
    }
}

fn ask(visit: &Visit<'_>, ending: &Ending, person: &SignedIn) -> HttpResponse {
    let begun = Begun::now(visit.app.clock.now(), false);
    let (action, csrf) = (visit.workspace.issuer.url("/oidc/logout"), visit.token(&ending.carried, begun));
    let carried = Params::from_form(ending.carried.as_bytes()).ok();
    let hidden: Vec<_> = PARAMETERS.iter().filter_map(|name| Some((*name, carried.as_ref()?.get(name)?))).collect();
    let client = ending.client.as_ref().and_then(|client| client.metadata.client_name.as_deref());
    let form = Form { action: &action, csrf: &csrf, hidden: &hidden };
    let page = SignOut { form, client, signed_in: Some(&person.user.username) };
    let targets: Vec<&str> = ending.return_to.iter().map(String::as_str).collect();
    page.respond(&visit.frame(&targets))
}

fn stayed(visit: &Visit<'_>) -> HttpResponse {
    let (title, text) = ("You are still signed in", "Nothing has changed. You can close this page.");
    Message { status: StatusCode::OK, title, text, link: None }.respond(&visit.frame(&[]))
}

fn done(visit: &Visit<'_>, ending: &Ending) -> HttpResponse {
    let mut response = match &ending.return_to {
        Some(uri) => see_other(uri),
        None => {
            let client = ending.client.as_deref();
            let address = client.and_then(|client| way_back::address(&visit.workspace, client));
            let back = address.as_deref().zip(client).map(|(href, client)| Link { href, text: client.name() });
            SignedOut { back }.respond(&visit.frame(&[]))
        }
    };
    // The cookie is well-formed.
    let _ = response.add_cookie(&visit.browser.sign_out());
    response
}
