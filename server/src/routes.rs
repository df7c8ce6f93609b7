//! Every URL of the server on one screen.

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig, post};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, guard};

use crate::http::cors::any_origin;
use crate::http::failure::OAuthFailure;
use crate::{admin, console, hosted, oauth, ops};

/// The URLs that the world sees.
pub fn public(cfg: &mut ServiceConfig) {
    cfg.service(web::scope("/api/v1").wrap(from_fn(admin::uniform)).configure(admin::routes))
        .route("/health", read().to(ops::live))
        .service(only("/console", read().to(console::folder), READ))
        .service(only("/console/assets/{folder}/{name}", read().to(console::file), READ))
        .service(
            web::resource("/console/{page:.*}").route(read().to(console::page)).default_service(web::to(nothing_here)),
        )
        .service(only(
            "/.well-known/oauth-authorization-server/{tid}/{aid}",
            read().to(oauth::discovery::metadata),
            READ,
        ))
        .service(
            web::scope("/{tid}/{aid}")
                .service(only("/oauth2/token", post().to(oauth::token::token), "POST").wrap(from_fn(any_origin)))
                .service(only("/oauth2/introspect", post().to(oauth::introspect::introspect), "POST"))
                .service(only("/oauth2/revoke", post().to(oauth::revoke::revoke), "POST").wrap(from_fn(any_origin)))
                .service(two(
                    "/oauth2/authorize",
                    read().to(oauth::authorize::authorize),
                    post().to(oauth::authorize::authorize_by_form),
                ))
                .service(only("/oauth2/device/authorize", post().to(oauth::device::authorize), "POST"))
                .service(two("/device", read().to(hosted::device::show), post().to(hosted::device::decide)))
                .service(only("/device/done", read().to(hosted::device::done), READ))
                .service(only("/oauth2/par", post().to(oauth::par::push), "POST"))
                .service(only("/oauth2/register", post().to(oauth::register::register), "POST"))
                .service(registration("/oauth2/register/{client_id}"))
                .service(only("/login", post().to(hosted::sign_in::sign_in), "POST"))
                .service(only("/consent", post().to(hosted::consent::consent), "POST"))
                .service(two("/account", read().to(hosted::account::show), post().to(hosted::account::change)))
                .service(only("/setup", read().to(hosted::setup::done), READ))
                .service(two("/setup/{token}", read().to(hosted::setup::show), post().to(hosted::setup::create)))
                .service(only("/reset-password", read().to(hosted::password_reset::done), READ))
                .service(two(
                    "/reset-password/{token}",
                    read().to(hosted::password_reset::show),
                    post().to(hosted::password_reset::save),
                ))
                .service(only("/verify-email", read().to(hosted::email_verification::done), READ))
                .service(two(
                    "/verify-email/{token}",
                    read().to(hosted::email_verification::show),
                    post().to(hosted::email_verification::verify),
                ))
                .service(two(
                    hosted::forgotten_password::PATH,
                    read().to(hosted::forgotten_password::show),
                    post().to(hosted::forgotten_password::ask),
                ))
                .service(only("/forgot-password/sent", read().to(hosted::forgotten_password::sent), READ))
                .service(
                    two("/userinfo", read().to(oauth::userinfo::userinfo), post().to(oauth::userinfo::userinfo))
                        .wrap(from_fn(any_origin)),
                )
                .service(two(
                    "/oidc/logout",
                    read().to(oauth::end_session::end_session),
                    post().to(oauth::end_session::end_session),
                ))
                .service(only("/.well-known/jwks.json", read().to(oauth::jwks::jwks), READ))
                .service(only("/.well-known/openid-configuration", read().to(oauth::discovery::metadata), READ))
                .default_service(web::to(nothing_here)),
        )
        .default_service(web::to(nothing_here));
}

/// The URLs that operators see, on a listener of their own.
pub fn operations(cfg: &mut ServiceConfig) {
    cfg.route("/health/live", read().to(ops::live)).route("/health/ready", read().to(ops::ready));
}

const READ: &str = "GET, HEAD";

/// `GET`, and `HEAD`, which every server answers as it answers `GET`, without the body (RFC 9110 §9.1, §9.3.2).
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// A resource with one method; others are answered 405 (RFC 9110 §15.5.6).
fn only(path: &str, route: Route, method: &'static str) -> Resource {
    let refuse = move || async move { Err::<HttpResponse, _>(OAuthFailure::method_not_allowed(method)) };
    web::resource(path).route(route).default_service(web::to(refuse))
}

/// A resource with `GET` and `POST`.
fn two(path: &str, get: Route, post: Route) -> Resource {
    let refuse = || async { Err::<HttpResponse, _>(OAuthFailure::method_not_allowed("GET, HEAD, POST")) };
    web::resource(path).route(get).route(post).default_service(web::to(refuse))
}

/// The client configuration endpoint (RFC 7592 §2).
fn registration(path: &str) -> Resource {
    let refuse = || async { Err::<HttpResponse, _>(OAuthFailure::method_not_allowed("GET, HEAD, PUT, DELETE")) };
    web::resource(path)
        .route(read().to(oauth::register::read))
        .route(web::put().to(oauth::register::update))
        .route(web::delete().to(oauth::register::delete))
        .default_service(web::to(refuse))
}

async fn nothing_here(_: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    Err(OAuthFailure::not_found())
}
