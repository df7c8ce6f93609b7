//! What every POST to an OAuth endpoint begins with: the workspace, the body, the peer, a name for the request.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use cardea_protocol::params::Params;

use crate::app::App;
use crate::http::peer::Peer;
use crate::http::request_id::RequestId;
use crate::throttle::Attempt;
use crate::workspace::Workspace;

/// One request to one endpoint of one workspace.
pub struct Request<'a> {
    /// The server.
    pub app: &'a App,
    /// Where the request went.
    pub workspace: Arc<Workspace>,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its parameters.
    pub params: Params<'a>,
    /// Where it comes from.
    pub peer: Peer,
    /// Its name.
    pub id: RequestId,
    /// Which endpoint it went to.
    pub endpoint: Endpoint,
}

/// The endpoints at which clients authenticate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// RFC 6749 §3.2.
    Token,
    /// RFC 7662.
    Introspection,
    /// RFC 7009.
    Revocation,
    /// RFC 9126.
    PushedAuthorization,
    /// RFC 8628 §3.1.
    DeviceAuthorization,
}

impl Endpoint {
    /// How audit events name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Introspection => "introspection",
            Self::Revocation => "revocation",
            Self::PushedAuthorization => "pushed authorization request",
            Self::DeviceAuthorization => "device authorization",
        }
    }
}

impl<'a> Request<'a> {
    /// Puts a request together.
    pub fn new(
        app: &'a App,
        workspace: Arc<Workspace>,
        request: &'a HttpRequest,
        params: Params<'a>,
        endpoint: Endpoint,
    ) -> Self {
        let peer = Peer::of(request, &app.config);
        Self { app, workspace, headers: request.headers(), params, peer, id: RequestId::of(request), endpoint }
    }

    /// This request as the throttle counts it, should `client_id` be known and not get what it asks for.
    pub fn repeated_refusal(&self, client_id: &str) -> Attempt {
        self.app.throttle.attempt(&format!("{} refused", self.workspace.key), client_id, self.peer.ip)
    }

    /// This request as the throttle counts it, should it fail for `client_id`.
    pub fn attempt(&self, client_id: &str) -> Attempt {
        self.app.throttle.attempt(&self.workspace.key, client_id, self.peer.ip)
    }
}
