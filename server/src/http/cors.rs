//! Scripts of any origin may ask the endpoints that public clients use (the Fetch standard's CORS protocol). No cookie opens anything
//! there, so what a script can do, anybody can. Never at the authorization endpoint (RFC 9700 §2.6).

use actix_web::Error;
use actix_web::HttpResponse;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderValue, ORIGIN,
};
use actix_web::http::{Method, header::HeaderName};
use actix_web::middleware::Next;

/// Answers what a browser asks beforehand, and lets the script read what comes.
///
/// # Errors
/// Those of the inner service.
pub async fn any_origin<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let is_from_a_script = request.headers().contains_key(ORIGIN);
    if is_from_a_script
        && request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
    {
        let allowed = HttpResponse::NoContent()
            .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
            .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"))
            .insert_header((ACCESS_CONTROL_MAX_AGE, "7200"))
            .finish();
        return Ok(request.into_response(allowed).map_into_right_body());
    }
    let mut response = next.call(request).await?.map_into_left_body();
    if is_from_a_script {
        let headers = response.headers_mut();
        for (name, value) in [(ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (ACCESS_CONTROL_EXPOSE_HEADERS, "WWW-Authenticate")] {
            let name: HeaderName = name;
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}
