//! The lock of the management API: who holds a [`Can`] came with a good bearer token (RFC 6750) and may do what it says.
//!
//! Where a caller may see nothing, everything is 404, exactly as if it did not exist; where it may see something, what it
//! may not do is 403.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use cardea_api::permission::Permission;
use cardea_protocol::{ClientId, TenantId, WorkspaceId};
use cardea_store::{Principal, Scoped, TenantRecord, WorkspaceRecord};

use crate::app::App;
use crate::http::author::{Author, client_name};
use crate::http::client_certificate::Presented;
use crate::http::peer::Peer;
use crate::http::problem::Refusal;
use crate::http::request_id::RequestId;
use crate::http::standing::{Standing, Target, Verdict};
use crate::tokens::verify;
use crate::workspace::Workspace;

/// A permission as a type.
pub trait Permitted {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! permitted {
    ($($name:ident),* $(,)?) => {$(
        #[doc = concat!("[`Permission::", stringify!($name), "`] as a type.")]
        pub struct $name;

        impl Permitted for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )*};
}

permitted! {
    TenantsCreate, TenantsRead, TenantsWrite, TenantsDelete,
    WorkspacesCreate, WorkspacesRead, WorkspacesWrite, WorkspacesDelete,
    ClientsRead, ClientsWrite, ServicesRead, ServicesWrite, KeysRead, KeysWrite,
    UsersRead, UsersWrite, AuditRead, AdministratorsRead, AdministratorsWrite,
}

/// The permission `P` over the `T` that the path names, which exists.
pub struct Can<P, T = InWorkspace> {
    /// Who is asking.
    pub author: Author,
    /// What the path names.
    pub target: T,
    permission: PhantomData<P>,
}

/// The installation.
pub struct OnPlatform;

/// The tenant `{tid}`.
pub struct InTenant {
    /// The tenant.
    pub tenant: TenantRecord,
}

/// The workspace `{tid}/{aid}`.
pub struct InWorkspace {
    /// The workspace.
    pub workspace: WorkspaceRecord,
    /// The part of the store that is its own.
    pub scoped: Scoped,
}

/// A caller with a good token, whatever they may do.
pub struct Bearer {
    /// Who is asking.
    pub author: Author,
    /// The `sub` of the token.
    pub subject: String,
    /// The client it was issued to.
    pub client_id: String,
    /// Who holds the roles.
    pub principal: Principal,
    /// The `admin` workspace that issued it.
    pub workspace: Arc<Workspace>,
}

type Waiting<T> = Pin<Box<dyn Future<Output = Result<T, Refusal>>>>;

impl<P: Permitted + 'static, T: Named + 'static> FromRequest for Can<P, T> {
    type Error = Refusal;
    type Future = Waiting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app(&request)?;
            let Bearer { author, .. } = bearer(app, &request).await?;
            let target = T::find(app, &request, &author.standing, P::PERMISSION).await?;
            Ok(Self { author, target, permission: PhantomData })
        })
    }
}

impl FromRequest for Bearer {
    type Error = Refusal;
    type Future = Waiting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { bearer(app(&request)?, &request).await })
    }
}

/// What a path can name. The permission is judged before anything is looked up: no answer tells what exists.
pub trait Named: Sized {
    /// The thing, for who may.
    fn find(
        app: &App,
        request: &HttpRequest,
        standing: &Standing,
        permission: Permission,
    ) -> impl Future<Output = Result<Self, Refusal>>;
}

impl Named for OnPlatform {
    async fn find(_: &App, _: &HttpRequest, standing: &Standing, permission: Permission) -> Result<Self, Refusal> {
        judged(standing, permission, Target::Platform)?;
        Ok(Self)
    }
}

impl Named for InTenant {
    async fn find(
        app: &App,
        request: &HttpRequest,
        standing: &Standing,
        permission: Permission,
    ) -> Result<Self, Refusal> {
        let tenant_id = TenantId::parse(request.match_info().query("tid")).map_err(|_| Refusal::NotFound)?;
        judged(standing, permission, Target::Tenant(&tenant_id))?;
        let tenant = app.store.find_tenant(&tenant_id).await?.ok_or(Refusal::NotFound)?;
        Ok(Self { tenant })
    }
}

impl Named for InWorkspace {
    async fn find(
        app: &App,
        request: &HttpRequest,
        standing: &Standing,
        permission: Permission,
    ) -> Result<Self, Refusal> {
        let path = request.match_info();
        let tenant_id = TenantId::parse(path.query("tid")).map_err(|_| Refusal::NotFound)?;
        let workspace_id = WorkspaceId::parse(path.query("aid")).map_err(|_| Refusal::NotFound)?;
        judged(standing, permission, Target::Workspace(&tenant_id, &workspace_id))?;
        let scoped = app.store.scoped(&tenant_id, &workspace_id);
        let workspace = scoped.workspace().await?.ok_or(Refusal::NotFound)?;
        Ok(Self { workspace, scoped })
    }
}

fn judged(standing: &Standing, permission: Permission, target: Target<'_>) -> Result<(), Refusal> {
    match standing.judge(permission, target) {
        Verdict::Allowed => Ok(()),
        Verdict::Forbidden => Err(Refusal::Forbidden(permission)),
        Verdict::Hidden => Err(Refusal::NotFound),
    }
}

fn app(request: &HttpRequest) -> Result<&App, Refusal> {
    // Without an App nothing is mounted.
    request.app_data::<web::Data<App>>().map(web::Data::get_ref).ok_or(Refusal::NotFound)
}

async fn bearer(app: &App, request: &HttpRequest) -> Result<Bearer, Refusal> {
    let peer = Peer::of(request, &app.config);
    if let Presented::Unusable(why) = peer.presented {
        return Err(Refusal::Malformed(format!("client certificate: {why}")));
    }
    let management = verify::management(app, token(request)?).await?.ok_or(Refusal::InvalidToken)?;
    if !management.token.is_held_by(&peer.presented) {
        return Err(Refusal::InvalidToken);
    }
    let tenant_id = management.workspace.tenant_id.clone();
    let claims = management.token.claims;
    // A client acts for itself when it is the subject (RFC 9068 §2.2); else it acts for a user.
    let is_client = claims.sub == claims.client_id;
    let client_id = ClientId::parse(&claims.client_id).map_err(|_| Refusal::InvalidToken)?;
    let (actor, principal) = if is_client {
        (client_name(&tenant_id, &management.workspace.id, &client_id), Principal::Client(client_id))
    } else {
        (format!("user:{tenant_id}/{}", claims.sub), Principal::User(claims.sub.clone()))
    };
    let held = app.store.roles_of(&tenant_id, &principal).await?;
    let standing = Standing::new(tenant_id, held.into_iter().map(|held| (held.role, held.workspace_id)));
    let ip = peer.ip.map(|ip| ip.to_string());
    let author = Author { actor, standing, ip, request_id: Some(RequestId::of(request).to_string()) };
    let workspace = management.workspace;
    Ok(Bearer { author, subject: claims.sub, client_id: claims.client_id, principal, workspace })
}

/// The token in the `Authorization` header; nowhere else is looked (RFC 9700 §2.3 on query parameters).
fn token(request: &HttpRequest) -> Result<&str, Refusal> {
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let header = headers.next().ok_or(Refusal::Unauthenticated)?;
    if headers.next().is_some() {
        return Err(Refusal::Malformed("more than one Authorization header".to_owned()));
    }
    let header = header.to_str().map_err(|_| Refusal::InvalidToken)?;
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::Unauthenticated);
    }
    let token = token.trim_matches(' ');
    if token.is_empty() { Err(Refusal::InvalidToken) } else { Ok(token) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn token_of(headers: &[&str]) -> Result<String, String> {
        let mut request = TestRequest::with_uri("/?access_token=query");
        for header in headers {
            request = request.append_header((AUTHORIZATION, *header));
        }
        token(&request.to_http_request()).map(str::to_owned).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn a_token_comes_in_one_authorization_header_and_nowhere_else() {
        assert!(token_of(&[]).unwrap_err().starts_with("unauthenticated"));
        assert!(token_of(&["Basic YTpi"]).unwrap_err().starts_with("unauthenticated"));
        assert!(token_of(&["Bearer"]).unwrap_err().starts_with("invalid_token"));
        assert!(token_of(&["Bearer a", "Bearer b"]).unwrap_err().starts_with("invalid_request"));
        for good in ["Bearer t", "bearer t", "BEARER  t"] {
            assert_eq!(token_of(&[good]), Ok("t".to_owned()), "{good}");
        }
    }
}
