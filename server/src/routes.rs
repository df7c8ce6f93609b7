//! Every URL of the server on one screen.

use actix_web::web::{self, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse, Resource, Route};

use crate::http::failure::OAuthFailure;
use crate::{admin, oauth, ops};

/// The URLs that the world sees.
pub fn public(cfg: &mut ServiceConfig) {
    cfg.service(web::scope("/api/v1").configure(admin::routes))
        .route("/health", get().to(ops::live))
        .service(only(
            "/.well-known/oauth-authorization-server/{tid}/{aid}",
            get().to(oauth::discovery::metadata),
            "GET",
        ))
        .service(
            web::scope("/{tid}/{aid}")
                .service(only("/oauth2/token", post().to(oauth::token::token), "POST"))
                .service(only("/oauth2/introspect", post().to(oauth::introspect::introspect), "POST"))
                .service(only("/oauth2/revoke", post().to(oauth::revoke::revoke), "POST"))
                .service(only("/.well-known/jwks.json", get().to(oauth::jwks::jwks), "GET"))
                .service(only("/.well-known/openid-configuration", get().to(oauth::discovery::metadata), "GET"))
                .default_service(web::to(nothing_here)),
        )
        .default_service(web::to(nothing_here));
}

/// The URLs that operators see, on a listener of their own.
pub fn operations(cfg: &mut ServiceConfig) {
    cfg.route("/health/live", get().to(ops::live)).route("/health/ready", get().to(ops::ready));
}

/// A resource with one method; others are answered 405 (RFC 9110 §15.5.6).
fn only(path: &str, route: Route, method: &'static str) -> Resource {
    let refuse = move || async move { Err::<HttpResponse, _>(OAuthFailure::method_not_allowed(method)) };
    web::resource(path).route(route).default_service(web::to(refuse))
}

async fn nothing_here(_: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    Err(OAuthFailure::not_found())
}
