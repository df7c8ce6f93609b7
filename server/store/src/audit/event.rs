//! An audit event before and after it is recorded, and which ones to list.

use std::borrow::Cow;

use cardea_protocol::{AuthMethod, GrantType, TenantId, Timestamp, WorkspaceId};
use serde::Serialize;
use serde_json::Value;

use crate::{StoreError, entity::audit_events::Model, rows};

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was refused.
    Failure,
}

impl Outcome {
    /// The word in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }

    /// The outcome of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Success, Self::Failure].into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// An event to be recorded. Its id is made when it is written: a UUIDv7 of `time`, so that ids sort by time.
#[derive(Clone, Debug)]
pub struct NewAuditEvent {
    /// Where.
    pub tenant_id: TenantId,
    /// Where.
    pub workspace_id: WorkspaceId,
    /// When.
    pub time: Timestamp,
    /// What: `client.authenticated`, `token.issued` …
    pub kind: Cow<'static, str>,
    /// How it went.
    pub outcome: Outcome,
    /// Who did it.
    pub actor: Option<String>,
    /// To what.
    pub object: Option<String>,
    /// The client concerned, as presented: it need not exist.
    pub client_id: Option<String>,
    /// The user concerned.
    pub user_id: Option<String>,
    /// Why it was refused.
    pub reason: Option<Cow<'static, str>>,
    /// More, never a secret.
    pub detail: Option<Detail>,
    /// Where from.
    pub ip: Option<String>,
    /// The request it happened in.
    pub request_id: Option<String>,
    /// What it counts as in the statistics, when a token was issued; of a failure the reason is counted.
    pub token: Option<TokenUse>,
}

/// What a token was issued for, and how its client authenticated.
#[derive(Clone, Copy, Debug)]
pub struct TokenUse {
    /// The `grant_type`.
    pub grant_type: GrantType,
    /// The `token_endpoint_auth_method`.
    pub method: AuthMethod,
}

/// What else there is to say, as JSON text: nobody searches in it, so nobody has to take it apart on its way in.
#[derive(Clone, Debug)]
pub struct Detail(pub(super) String);

impl Detail {
    /// The JSON of `content`; none when it has none.
    pub fn of(content: &impl Serialize) -> Option<Self> {
        serde_json::to_string(content).ok().map(Self)
    }
}

impl From<Value> for Detail {
    fn from(value: Value) -> Self {
        Self(value.to_string())
    }
}

impl NewAuditEvent {
    /// An event of which no more is known yet.
    #[must_use]
    pub fn new(
        tenant_id: &TenantId,
        workspace_id: &WorkspaceId,
        time: Timestamp,
        kind: impl Into<Cow<'static, str>>,
        outcome: Outcome,
    ) -> Self {
        Self {
            tenant_id: tenant_id.clone(),
            workspace_id: workspace_id.clone(),
            time,
            kind: kind.into(),
            outcome,
            actor: None,
            object: None,
            client_id: None,
            user_id: None,
            reason: None,
            detail: None,
            ip: None,
            request_id: None,
            token: None,
        }
    }
}

/// A recorded event.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEvent {
    /// Its id, a UUIDv7.
    pub id: String,
    /// When.
    pub time: Timestamp,
    /// What.
    pub kind: String,
    /// How it went.
    pub outcome: Outcome,
    /// Who did it.
    pub actor: Option<String>,
    /// To what.
    pub object: Option<String>,
    /// The client concerned.
    pub client_id: Option<String>,
    /// The user concerned.
    pub user_id: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// More.
    pub detail: Option<Value>,
    /// Where from.
    pub ip: Option<String>,
    /// The request it happened in.
    pub request_id: Option<String>,
}

/// Which events to list.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only of this client.
    pub client_id: Option<String>,
    /// Only of this user.
    pub user_id: Option<String>,
    /// Only of this type.
    pub kind: Option<String>,
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only for this reason.
    pub reason: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Not at or after.
    pub to: Option<Timestamp>,
}

impl TryFrom<Model> for AuditEvent {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            time: Timestamp::from_millis(row.time),
            kind: row.kind,
            outcome: rows::known("audit_events.outcome", Outcome::parse(&row.outcome))?,
            actor: row.actor,
            object: row.object,
            client_id: row.client_id,
            user_id: row.user_id,
            reason: row.reason,
            detail: row.detail.map(|text| serde_json::from_str(&text).map_err(StoreError::corrupt)).transpose()?,
            ip: row.ip,
            request_id: row.request_id,
        })
    }
}
