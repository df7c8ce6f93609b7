//! `/openapi.json`: the OpenAPI 3.1 document, from the handlers themselves; and the answer to what is not in it.

use std::sync::{LazyLock, OnceLock};

use actix_web::dev::ResourceDef;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use cardea_api::path::BASE;
use cardea_api::problem::{MEDIA_TYPE, Problem};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, PathItem, Ref, RefOr, ResponseBuilder, ServerBuilder,
};
use utoipa::{OpenApi as _, PartialSchema as _, ToSchema as _};

use crate::app::App;
use crate::http::headers;
use crate::http::problem::{Answer, Refusal};

const BEARER: &str = "bearer";

/// The document, but for the server's address.
static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(document);

/// The document as it is answered, once it has been asked for.
#[derive(Default)]
pub(super) struct Written(OnceLock<Bytes>);

/// Every path with its methods, ready to be matched.
static KNOWN: LazyLock<Vec<(ResourceDef, String)>> = LazyLock::new(|| {
    let known = DOCUMENT.paths.paths.iter();
    known.map(|(path, item)| (ResourceDef::new(format!("{BASE}{path}")), methods(item).join(", "))).collect()
});

/// This document.
#[utoipa::path(tag = "openapi", security(()), responses((status = 200, description = "The OpenAPI document", body = Object)))]
#[get("/openapi.json")]
pub(super) async fn openapi(app: web::Data<App>, written: web::Data<Written>) -> HttpResponse {
    headers::public(60).body(written.0.get_or_init(|| write(&app)).clone())
}

fn write(app: &App) -> Bytes {
    let mut document = DOCUMENT.clone();
    document.servers = Some(vec![ServerBuilder::new().url(app.public_url().management_audience()).build()]);
    document.to_json().unwrap_or_default().into()
}

/// What no operation answers: 405 with `Allow` where the path exists, else 404.
pub async fn elsewhere(request: HttpRequest) -> Answer {
    let allowed = KNOWN.iter().find(|(path, _)| path.is_match(request.path()));
    match allowed {
        // Where the method is right, the path is empty in a place where something must stand.
        Some((_, methods)) if !methods.split(", ").any(|one| one == request.method().as_str()) => {
            Err(Refusal::MethodNotAllowed(methods.clone()))
        }
        _ => Err(Refusal::NotFound),
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let operations = [
        (&["GET", "HEAD"][..], &item.get),
        (&["POST"], &item.post),
        (&["PATCH"], &item.patch),
        (&["DELETE"], &item.delete),
    ];
    let answered = operations.iter().filter(|(_, operation)| operation.is_some());
    answered.flat_map(|(methods, _)| methods.iter().copied()).collect()
}

fn document() -> OpenApi {
    let mut document = super::Described::openapi();
    document.info = InfoBuilder::new()
        .title("Cardea management API")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Tenants, workspaces, clients and what belongs to them. Tokens come from an `admin` workspace.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    let components = document.components.get_or_insert_with(Default::default);
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
    document.security = Some(vec![SecurityRequirement::new::<_, _, String>(BEARER, [])]);
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post, &mut item.patch, &mut item.delete].into_iter().flatten() {
            complete(operation);
        }
        if let Some(RefOr::T(body)) = item.patch.as_mut().and_then(|patch| patch.request_body.as_mut())
            && let Some(content) = body.content.get("application/json").cloned()
        {
            body.content.insert("application/merge-patch+json".to_owned(), content);
        }
    }
    document
}

/// What is the same for every operation: everything that goes wrong is a problem.
fn complete(operation: &mut Operation) {
    let content = || ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    let mut errors = vec![("default", "Anything that goes wrong")];
    if operation.security.is_none() {
        errors.extend([
            ("401", "No bearer token, or not a good one"),
            ("403", "The caller may not do this here"),
            ("404", "There is no such thing, or the caller may not know of it"),
        ]);
    }
    for (status, description) in errors {
        let response = ResponseBuilder::new().description(description).content(MEDIA_TYPE, content()).build();
        operation.responses.responses.insert(status.to_owned(), response.into());
    }
}

#[cfg(test)]
mod tests;
