//! `/certificates/inspect`: a certificate in plain words, before a client is registered with it. It belongs to no tenant.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use cardea_api::certificate::{CertificateToInspect, CertificateView};

use crate::app::App;
use crate::certificates::inspect;
use crate::http::can::Bearer;
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::strict;

/// What is in a certificate, which values would register it, and what will not work with it.
#[utoipa::path(
    tag = "certificates", request_body = CertificateToInspect, responses((status = 200, body = CertificateView))
)]
#[post("/certificates/inspect")]
pub(super) async fn inspect_certificate(app: Data<App>, _bearer: Bearer, body: JsonBody) -> Answer {
    let given: CertificateToInspect = strict::read(body.object().await?)?;
    let pointer = if given.pem.is_some() { "/pem" } else { "/der" };
    let certificate =
        inspect::read(&given).map_err(|nothing| Refusal::violation(pointer, "invalid_value", nothing.0.to_owned()))?;
    Ok(HttpResponse::Ok().json(inspect::view(&certificate, app.clock.now())))
}
