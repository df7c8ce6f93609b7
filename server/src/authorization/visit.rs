//! A browser at one of the pages of a workspace: what each of them begins and ends with.

use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, LOCATION, ORIGIN, REFERRER_POLICY, USER_AGENT};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::authorization_request::{ResponseMode, ReturnTo};
use cardea_protocol::authorization_response::AuthorizationResponse;
use cardea_protocol::{ClientId, Error};
use cardea_store::{NewAuditEvent, Outcome};

use super::asked::{Misdirected, Refused};
use super::form_token::{Begun, Tie};
use super::{misdirected, show, way_back};
use crate::app::App;
use crate::audit;
use crate::failure::Failure;
use crate::hosted::pages::{Accent, ErrorPage, FormPost, Frame, Link};
use crate::http::browser::Browser;
use crate::http::failure::OAuthFailure;
use crate::http::peer::Peer;
use crate::http::request_id::RequestId;
use crate::throttle::Attempt;
use crate::workspace::{Client, Workspace};

/// The longest name of a browser that is kept.
const LONGEST_NAME: usize = 255;

/// One request of a browser.
pub struct Visit<'a> {
    /// The server.
    pub app: &'a App,
    /// Where the request went.
    pub workspace: Arc<Workspace>,
    /// Its cookies.
    pub browser: Browser<'a>,
    /// Where it comes from.
    pub peer: Peer,
    /// Its name.
    pub request_id: String,
    http: &'a HttpRequest,
    browser_id: String,
    introduction: Option<Cookie<'static>>,
}

impl<'a> Visit<'a> {
    /// Begins.
    ///
    /// # Errors
    /// 404 for an unknown workspace, 503 when the store is down.
    pub async fn begin(app: &'a App, http: &'a HttpRequest) -> Result<Self, OAuthFailure> {
        let workspace = crate::http::workspace::find(app, http).await?;
        let browser = Browser::of(http, app.public_url(), &workspace);
        let (browser_id, introduction) = match browser.id() {
            Some(id) => (id, None),
            None => {
                let (id, cookie) = browser.introduce();
                (id, Some(cookie))
            }
        };
        let peer = Peer::of(http, &app.config);
        let request_id = RequestId::of(http).to_string();
        Ok(Self { app, workspace, browser, peer, request_id, http, browser_id, introduction })
    }

    /// When the request `carried` began, if the token is of this browser and of it.
    pub fn begun(&self, carried: &str, token: Option<&str>) -> Option<Begun> {
        Begun::read(token?, &self.app.vault, self.tie(carried), self.app.clock.now())
    }

    /// The token for a form, or for the way on, of the request `carried`.
    pub fn token(&self, carried: &str, begun: Begun) -> String {
        begun.write(&self.app.vault, self.tie(carried))
    }

    fn tie<'t>(&'t self, carried: &'t str) -> Tie<'t> {
        Tie { workspace: &self.workspace.key, browser: &self.browser_id, request: carried }
    }

    /// Whether a form was sent from one of our own pages, as far as the browser says where it was.
    pub fn is_from_here(&self) -> bool {
        let origin = self.http.headers().get(ORIGIN).map(|origin| origin.as_bytes());
        // Some browsers say `null` on pages that tell nobody where they are: then the token alone decides.
        origin.is_none_or(|origin| origin == b"null" || origin == self.app.public_url().origin().as_bytes())
    }

    /// The name that the browser gives itself.
    pub fn user_agent(&self) -> Option<String> {
        let name = self.http.headers().get(USER_AGENT)?.to_str().ok()?;
        Some(name.chars().take(LONGEST_NAME).collect())
    }

    /// The frame of a page, whose forms may lead to these addresses beside our own.
    pub fn frame<'f>(&'f self, form_targets: &'f [&'f str]) -> Frame<'f> {
        let settings = &self.workspace.settings;
        let accent = settings.accent_color.as_deref().and_then(Accent::parse);
        let logo = settings.logo_uri.as_deref();
        Frame { form_targets, accent, logo, ..Frame::new(&self.workspace.name, &self.request_id) }
    }

    /// The request `carried` goes on at `path` of the workspace.
    pub fn onwards(&self, path: &str, carried: &str, begun: Begun) -> HttpResponse {
        let token = self.token(carried, begun);
        see_other(&format!("{}?{carried}&begun={token}", self.workspace.issuer.url(path)))
    }

    /// This browser as the throttle counts it, should it fail at `what`.
    pub fn attempt(&self, what: &str) -> Attempt {
        self.app.throttle.attempt(&format!("{} {what}", self.workspace.key), &self.browser_id, self.peer.ip)
    }

    /// Ends: a browser that does not know yet which one it is, is told.
    pub fn end(&self, mut response: HttpResponse) -> HttpResponse {
        if let Some(cookie) = &self.introduction {
            // The cookie is well-formed.
            let _ = response.add_cookie(cookie);
        }
        response
    }

    /// Answers the client of `return_to`.
    pub fn answer(&self, response: &AuthorizationResponse<'_>, client: &str) -> HttpResponse {
        match response.mode() {
            ResponseMode::Query => see_other(&response.location()),
            ResponseMode::FormPost => {
                let fields: Vec<_> = response.params().collect();
                let page = FormPost { redirect_uri: response.action(), client, fields: &fields };
                page.respond(&self.frame(&[response.action()]))
            }
        }
    }

    /// Answers a request that is not granted.
    pub fn refuse(&self, refused: Refused) -> HttpResponse {
        match refused {
            Refused::ShowPage(rule) => self.error(StatusCode::BAD_REQUEST, &rule),
            Refused::Misdirected(misdirected) => self.misdirected(&misdirected),
            Refused::SendBack(return_to, client, error) => self.send_back(&return_to, &client, &error),
            Refused::AskUserCode(typed, error) => show::user_code(self, &typed, Some(error)),
            Refused::Failed(failure) => self.failed(&failure),
        }
    }

    fn send_back(&self, return_to: &ReturnTo, client: &Client, error: &Error) -> HttpResponse {
        let reason = Some(error.code.as_str().into());
        let detail = serde_json::json!({"endpoint": "authorization", "message": error.description});
        let event = self.event("authorization.refused", Some(&client.id), None);
        self.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
        self.answer(&AuthorizationResponse::error(return_to, &self.workspace.issuer, error), client.name())
    }

    /// A page that says what is wrong.
    pub fn error(&self, status: StatusCode, rule: &str) -> HttpResponse {
        let attempt = self.app.throttle.attempt(&format!("{} pages", self.workspace.key), "", self.peer.ip);
        if self.app.throttle.failed(attempt).record {
            let detail = serde_json::json!({"endpoint": "authorization", "message": rule});
            let event = self.event("authorization.refused", None, None);
            let reason = Some("invalid_request".into());
            self.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
        }
        ErrorPage { status, heading: None, rule, back: None }.respond(&self.frame(&[]))
    }

    /// The page of a request that nobody else can be told of. The event has what an administrator needs to put it right.
    fn misdirected(&self, misdirected: &Misdirected) -> HttpResponse {
        let client_id = misdirected.client_id.as_deref().map(audit::shortened_name);
        let pages = format!("{} pages", self.workspace.key);
        let attempt = self.app.throttle.attempt(&pages, client_id.as_deref().unwrap_or_default(), self.peer.ip);
        if self.app.throttle.failed(attempt).record {
            let event = self.event("authorization.refused", None, None);
            let (reason, detail) = (Some(misdirected.reason.into()), Some(misdirected::detail(misdirected).into()));
            self.app.audit.record_failure(NewAuditEvent { client_id, reason, detail, ..event });
        }
        let status = StatusCode::BAD_REQUEST;
        let client = misdirected.redirect_uri.as_ref().map(|(_, client)| client);
        let address = client.and_then(|client| way_back::address(&self.workspace, client));
        let back = address.as_deref().zip(client).map(|(href, client)| Link { href, text: client.name() });
        ErrorPage { status, heading: None, rule: misdirected.rule, back }.respond(&self.frame(&[]))
    }

    /// A page that says that something broke here, or was deleted since the request began.
    pub fn failed(&self, failure: &Failure) -> HttpResponse {
        if failure.is_parent_missing() {
            tracing::info!(request_id = %self.request_id, "what a page is about was deleted meanwhile");
            let rule =
                "The account, the application or the workspace was deleted meanwhile. Begin again in the application.";
            let status = StatusCode::NOT_FOUND;
            return ErrorPage { status, heading: None, rule, back: None }.respond(&self.frame(&[]));
        }
        let temporary = failure.is_temporary();
        tracing::error!(error = %failure, temporary, request_id = %self.request_id, "a page could not be served");
        let status = if temporary { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        let rule = "The server cannot answer at the moment. Try again in a moment.";
        ErrorPage { status, heading: None, rule, back: None }.respond(&self.frame(&[]))
    }

    /// An audit event of this visit.
    pub fn event(&self, kind: &'static str, client: Option<&ClientId>, user_id: Option<&str>) -> NewAuditEvent {
        let workspace = &self.workspace;
        let actor = user_id.map(|user_id| format!("user:{}/{user_id}", workspace.tenant_id));
        NewAuditEvent {
            actor,
            object: Some(["workspace:", &workspace.key].concat()),
            client_id: client.map(|client| client.as_str().to_owned()),
            user_id: user_id.map(str::to_owned),
            ip: self.peer.ip.map(|ip| ip.to_string()),
            request_id: Some(self.request_id.clone()),
            ..NewAuditEvent::new(&workspace.tenant_id, &workspace.id, self.app.clock.now(), kind, Outcome::Failure)
        }
    }
}

/// 303, so that what was posted is posted nowhere else (RFC 9700 §4.12); the address of our page tells nobody anything.
pub fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, location))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .finish()
}
