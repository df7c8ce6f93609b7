//! `…/expiring-credentials`: secrets, certificates of clients and trusted CAs that will be refused before long.

use actix_web::{HttpResponse, get, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cardea_api::expiring::{CredentialKind, DEFAULT_DAYS, ExpiringCredential, ExpiringCredentials, MAX_DAYS};
use cardea_protocol::{AuthMethod, JwkSet, Timestamp};
use cardea_store::secrets::ExpiringSecret;
use cardea_store::{ActiveClient, Scoped, TrustedCaRecord};
use utoipa::IntoParams;

use super::paths::WorkspacePath;
use crate::app::App;
use crate::certificates::Certificate;
use crate::http::can::{Can, ClientsRead};
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;

/// More nobody reads at once.
const MOST: usize = 200;
/// The certificates of so many clients are looked at, the last used first.
const CLIENTS: u64 = 500;
const DAY: i64 = 86_400;

/// How far to look ahead.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameter; it is read strictly")]
pub struct ExpiringParameters {
    /// Days: 1 to 365, 30 when absent.
    #[param(minimum = 1, maximum = 365)]
    within_days: Option<u32>,
}

/// A stretch of time.
#[derive(Clone, Copy)]
struct Span {
    from: Timestamp,
    until: Timestamp,
}

impl Span {
    fn holds(self, time: Timestamp) -> bool {
        time > self.from && time <= self.until
    }
}

fn span(query: &Query, from: Timestamp) -> Result<Span, Refusal> {
    let parameters = query.parameters(&[&["within_days"]])?;
    let within = |days: &u32| (1..=MAX_DAYS).contains(days);
    let days =
        parameters.parsed("within_days", &format!("1 to {MAX_DAYS}"), |text| text.parse().ok().filter(within))?;
    Ok(Span { from, until: from.plus_secs(i64::from(days.unwrap_or(DEFAULT_DAYS)) * DAY) })
}

/// What will stop working before long unless somebody renews it: the soonest first, 200 at most. What has ended already is not here.
#[utoipa::path(
    tag = "workspaces", params(WorkspacePath, ExpiringParameters), responses((status = 200, body = ExpiringCredentials))
)]
#[get("/tenants/{tid}/workspaces/{aid}/expiring-credentials")]
pub(super) async fn list_expiring(app: web::Data<App>, can: Can<ClientsRead>, query: Query) -> Answer {
    let span = span(&query, app.clock.now())?;
    let scoped = &can.target.scoped;
    let (secrets, mut total) = scoped.expiring_secrets(span.from, span.until, MOST as u64).await?;
    let mut items: Vec<_> = secrets.into_iter().map(of_secret).collect();
    let others: Vec<_> =
        certificates(scoped, span).await?.into_iter().chain(authorities(scoped, span).await?).collect();
    total += others.len() as u64;
    items.extend(others);
    items.sort_by(|a, b| (a.expires_at, a.kind, &a.id).cmp(&(b.expires_at, b.kind, &b.id)));
    items.truncate(MOST);
    Ok(HttpResponse::Ok().json(ExpiringCredentials { items, total }))
}

fn of_secret(secret: ExpiringSecret) -> ExpiringCredential {
    ExpiringCredential {
        kind: CredentialKind::Secret,
        id: secret.id,
        name: secret.name,
        client_id: Some(secret.client_id),
        client_name: secret.client_name,
        expires_at: secret.expires_at,
        has_successor: secret.has_successor,
    }
}

async fn authorities(scoped: &Scoped, span: Span) -> Result<Vec<ExpiringCredential>, Refusal> {
    let ending = |ca: TrustedCaRecord| {
        let expires_at = Certificate::parse(&ca.certificate).ok()?.not_after();
        span.holds(expires_at).then_some(ExpiringCredential {
            kind: CredentialKind::TrustedCa,
            id: ca.id,
            name: ca.name,
            client_id: None,
            client_name: None,
            expires_at,
            has_successor: false,
        })
    };
    Ok(scoped.all_trusted_cas().await?.into_iter().filter_map(ending).collect())
}

async fn certificates(scoped: &Scoped, span: Span) -> Result<Vec<ExpiringCredential>, Refusal> {
    let clients = scoped.active_clients_of(AuthMethod::SelfSignedTlsClientAuth, CLIENTS).await?;
    Ok(clients.iter().flat_map(|client| of_client(client, span)).collect())
}

fn of_client(client: &ActiveClient, span: Span) -> Vec<ExpiringCredential> {
    let jwks = client.metadata.jwks.as_ref().and_then(|jwks| JwkSet::parse_registered(jwks).ok()).unwrap_or_default();
    let der = jwks.keys().iter().filter_map(|key| STANDARD.decode(key.x5c().next()?).ok());
    let registered: Vec<_> = der.filter_map(|der| Certificate::parse(&der).ok()).collect();
    let has_successor = registered.iter().any(|certificate| certificate.not_after() > span.until);
    let ending = registered.iter().filter(|certificate| span.holds(certificate.not_after()));
    let items = ending.map(|certificate| ExpiringCredential {
        kind: CredentialKind::ClientCertificate,
        id: certificate.thumbprint(),
        name: certificate.subject().to_rfc4514(),
        client_id: Some(client.client_id.clone()),
        client_name: client.metadata.client_name.clone(),
        expires_at: certificate.not_after(),
        has_successor,
    });
    items.collect()
}
