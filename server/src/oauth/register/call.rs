//! One call of the registration or the configuration endpoint: the workspace, where registration is on, and whose the token is.

use std::sync::Arc;

use actix_web::HttpRequest;
use cardea_protocol::ClientId;
use cardea_store::{ClientRecord, InitialAccessTokenRecord, NewAuditEvent, Outcome, Scoped, WorkspaceRecord};

use super::refusal::Refused;
use crate::app::App;
use crate::failure::Failure;
use crate::http::bearer::{self, BearerFailure, Challenge};
use crate::http::failure::OAuthFailure;
use crate::http::peer::Peer;
use crate::http::problem::Refusal;
use crate::http::request_id::RequestId;
use crate::http::workspace;
use crate::workspace::Workspace;
use crate::workspace::client::hash;

/// One call, to a workspace in which clients register themselves.
pub(super) struct Call<'a> {
    pub(super) app: &'a App,
    pub(super) workspace: Arc<Workspace>,
    request: &'a HttpRequest,
    peer: Peer,
}

/// A client, and the registration access token that it has come with.
pub(super) struct OwnRegistration {
    pub(super) client: ClientRecord,
    pub(super) token: String,
}

impl<'a> Call<'a> {
    /// Finds the workspace. No standard says what answers while registration is off: 403, for nobody may, whatever they hold.
    pub(super) async fn begin(app: &'a App, request: &'a HttpRequest) -> Result<Self, OAuthFailure> {
        let workspace = workspace::find(app, request).await?;
        if !workspace.settings.registration.is_on() {
            return Err(OAuthFailure::forbidden("Clients do not register themselves in this workspace."));
        }
        Ok(Self { app, workspace, request, peer: Peer::of(request, &app.config) })
    }

    /// The initial access token that was presented, if it is good for one more client.
    pub(super) async fn initial_access_token(&self) -> Result<InitialAccessTokenRecord, BearerFailure> {
        let token = self.token(super::REGISTERED, "")?;
        let found = self.scoped().find_good_initial_access_token(&hash(token), self.app.clock.now()).await;
        found.map_err(OAuthFailure::from)?.ok_or_else(|| self.stranger(super::REGISTERED, ""))
    }

    /// The client that the path names, if the token is its own. One that an administrator has switched off is a stranger too.
    pub(super) async fn own_registration(&self, kind: &'static str) -> Result<OwnRegistration, BearerFailure> {
        let named = self.request.match_info().query("client_id");
        let token = self.token(kind, named)?;
        let stranger = || self.stranger(kind, named);
        let client_id = ClientId::parse(named).map_err(|_| stranger())?;
        let scoped = self.scoped();
        let is_its_own = scoped.is_registration_token(&client_id, &hash(token)).await.map_err(OAuthFailure::from)?;
        if !is_its_own {
            return Err(stranger());
        }
        let client = scoped.find_client(&client_id).await.map_err(OAuthFailure::from)?;
        let client = client.filter(|client| client.metadata.status.is_active()).ok_or_else(stranger)?;
        Ok(OwnRegistration { client, token: token.to_owned() })
    }

    /// The workspace as it is stored now: what a registration is judged by.
    pub(super) async fn record(&self) -> Result<WorkspaceRecord, Refusal> {
        self.scoped().workspace().await?.ok_or(Refusal::NotFound)
    }

    pub(super) fn scoped(&self) -> Scoped {
        self.workspace.scoped(&self.app.store)
    }

    /// An audit event of this call about the client of this id.
    pub(super) fn event(&self, kind: &'static str, client_id: &str, actor: String) -> NewAuditEvent {
        let (workspace, now) = (&self.workspace, self.app.clock.now());
        NewAuditEvent {
            actor: Some(actor),
            object: Some(self.name_of("client", client_id)),
            client_id: Some(client_id.to_owned()),
            ip: self.peer.ip.map(|ip| ip.to_string()),
            request_id: Some(RequestId::of(self.request).to_string()),
            ..NewAuditEvent::new(&workspace.tenant_id, &workspace.id, now, kind, Outcome::Success)
        }
    }

    /// How audit events name something of the workspace.
    pub(super) fn name_of(&self, what: &str, id: &str) -> String {
        format!("{what}:{}/{id}", self.workspace.key)
    }

    /// Records why the holder of a good token did not get what they asked for, and tells them.
    pub(super) fn refused(&self, kind: &'static str, client_id: Option<&ClientId>, refused: Refused) -> BearerFailure {
        let id = client_id.map(ClientId::as_str).unwrap_or_default();
        match refused {
            Refused::Token => self.stranger(kind, id),
            Refused::Request(refusal) => {
                let (failure, reason) = super::refusal::answer(refusal);
                if let Some((reason, message)) = reason {
                    let event = self.event(kind, id, self.name_of("client", id));
                    let detail = Some(serde_json::json!({"message": message}).into());
                    self.app.audit.record_failure(NewAuditEvent { reason: Some(reason.into()), detail, ..event });
                }
                failure
            }
        }
    }

    fn token(&self, kind: &'static str, client_id: &str) -> Result<&'a str, BearerFailure> {
        bearer::token(self.request.headers()).map_err(|challenge| match challenge {
            Challenge::InvalidToken => self.stranger(kind, client_id),
            other => BearerFailure::Refused(other),
        })
    }

    /// Counts and records who comes with a token that is not good, unless there were too many: an attacker fills no log.
    fn stranger(&self, kind: &'static str, client_id: &str) -> BearerFailure {
        let counter = format!("{} registration", self.workspace.key);
        let verdict = self.app.throttle.failed(self.app.throttle.attempt(&counter, client_id, self.peer.ip));
        if verdict.record {
            // What a stranger presents may be long.
            let named: String = client_id.chars().filter(|c| !c.is_control()).take(255).collect();
            let event = self.event(kind, &named, "anonymous".to_owned());
            self.app.audit.record_failure(NewAuditEvent { reason: Some("invalid_token".into()), ..event });
        }
        match verdict.retry_after {
            Some(seconds) => OAuthFailure::too_many(seconds).into(),
            None => BearerFailure::Refused(Challenge::InvalidToken),
        }
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Request(failure.into())
    }
}
