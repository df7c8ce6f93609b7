//! The pages of a request: who are you, and do you agree; and those of a device.

use actix_web::HttpResponse;
use cardea_store::ConsentRecord;

use super::asked::Asked;
use super::decision::news;
use super::device::{self, Device};
use super::errand::Errand;
use super::form_token::Begun;
use super::session::SignedIn;
use super::visit::Visit;
use crate::hosted::forgotten_password;
use crate::hosted::pages::{
    Consent, DeviceCode, DeviceCodeError, DeviceConfirm, Form, RequestedScope, SignIn, SignInError,
};
use crate::workspace::Client;

/// The field that carries the request along.
pub const REQUEST: &str = "request";

/// What is shown of an attempt that did not succeed.
pub struct Attempt<'a> {
    /// What was typed for a name.
    pub username: &'a str,
    /// Why it did not succeed.
    pub error: SignInError,
}

/// Asks who it is.
pub fn sign_in(
    visit: &Visit<'_>,
    errand: &Errand,
    begun: Begun,
    who: Option<&SignedIn>,
    attempt: Option<Attempt<'_>>,
) -> HttpResponse {
    let (action, csrf) = (visit.workspace.issuer.url("/login"), visit.token(errand.carried(), begun));
    let reset = visit.app.mail.as_ref().map(|_| visit.workspace.issuer.url(forgotten_password::PATH));
    let page = SignIn {
        form: Form { action: &action, csrf: &csrf, hidden: &[(REQUEST, errand.carried())] },
        client: errand.client().map(Client::name),
        username: attempt.as_ref().map_or(errand.login_hint(), |attempt| attempt.username),
        error: attempt.as_ref().map(|attempt| attempt.error),
        signed_in: who.map(|person| person.user.username.as_str()),
        reset: reset.as_deref(),
    };
    page.respond(&visit.frame(errand.leads_to().as_slice()))
}

/// Asks whether the client may have what it asks for.
pub fn consent(
    visit: &Visit<'_>,
    asked: &Asked,
    begun: Begun,
    person: &SignedIn,
    consent: Option<&ConsentRecord>,
) -> HttpResponse {
    let (action, csrf) = (visit.workspace.issuer.url("/consent"), visit.token(asked.carried(), begun));
    let scope = asked.to_agree();
    let news = news(&scope, consent);
    let scopes: Vec<_> = scope.iter().map(|name| requested(visit, name, news.contains(&name))).collect();
    let resources: Vec<&str> = asked.request.resource.iter().map(String::as_str).collect();
    let metadata = &asked.client.metadata;
    let redirect_uri = asked.return_to.redirect_uri.as_str();
    let host = url::Url::parse(redirect_uri).ok().and_then(|url| url.host_str().map(str::to_owned));
    let page = Consent {
        form: Form { action: &action, csrf: &csrf, hidden: &[(REQUEST, asked.carried())] },
        client: asked.client_name(),
        logo: metadata.logo_uri.as_deref(),
        website: metadata.client_uri.as_deref(),
        privacy: metadata.policy_uri.as_deref(),
        terms: metadata.tos_uri.as_deref(),
        signed_in: &person.user.username,
        returns_to: host.as_deref(),
        scopes: &scopes,
        resources: &resources,
    };
    page.respond(&visit.frame(&[redirect_uri]))
}

/// Asks for the code that a device shows.
pub fn user_code(visit: &Visit<'_>, typed: &str, error: Option<DeviceCodeError>) -> HttpResponse {
    let begun = Begun::now(visit.app.clock.now(), false);
    let (action, csrf) = (visit.workspace.issuer.url(device::PATH), visit.token(device::PATH, begun));
    let form = Form { action: &action, csrf: &csrf, hidden: &[] };
    DeviceCode { form, user_code: typed, error }.respond(&visit.frame(&[]))
}

/// Asks whether a device may have what it asks for: each time, for the code may be somebody else's (RFC 8628 §5.4).
pub fn device(visit: &Visit<'_>, device: &Device, person: &SignedIn, consent: Option<&ConsentRecord>) -> HttpResponse {
    let (action, csrf) = (visit.workspace.issuer.url(device::PATH), visit.token(device.carried(), device.begun));
    let scope = &device.record.scope;
    let news = news(scope, consent);
    let scopes: Vec<_> = scope.iter().map(|name| requested(visit, name, news.contains(&name))).collect();
    let page = DeviceConfirm {
        form: Form { action: &action, csrf: &csrf, hidden: &[(REQUEST, device.carried())] },
        client: device.client.name(),
        user_code: &device.user_code.to_string(),
        signed_in: &person.user.username,
        scopes: &scopes,
    };
    page.respond(&visit.frame(&[]))
}

/// A scope in words: those of its service, or those of OpenID Connect.
pub fn requested<'s>(visit: &'s Visit<'_>, name: &'s str, is_new: bool) -> RequestedScope<'s> {
    let (title, description) = match name {
        "openid" => (Some("Who you are"), Some("An identifier of you")),
        "profile" => (Some("Your profile"), Some("Your name, language and the like")),
        "email" => (Some("Your e-mail address"), None),
        "address" => (Some("Your postal address"), None),
        "phone" => (Some("Your telephone number"), None),
        "offline_access" => (Some("Access while you are away"), Some("Until you or an administrator end it")),
        _ => visit.workspace.services.words(name),
    };
    RequestedScope { name, title, description, is_new }
}
