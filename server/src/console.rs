//! `/console`: the files of the browser application, which is compiled into the server. It is a client of the management API
//! like any other, so nothing here knows anybody.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ContentEncoding, ETAG, Encoding, Header, IF_NONE_MATCH, LOCATION, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::http::failure::OAuthFailure;

mod files {
    //! What `scripts/console` built, as `build.rs` found it.
    use super::File;
    include!(concat!(env!("OUT_DIR"), "/console.rs"));
}

/// Scripts of ours alone, and the application itself; styles of ours; pictures of clients. It can be framed nowhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: https:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file, as it is and compressed, in the folder that is named after the hash of all of them.
struct File {
    folder: &'static str,
    name: &'static str,
    media_type: &'static str,
    identity: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

/// `/console`: the page is at the folder.
pub async fn folder() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((LOCATION, "/console/")).finish()
}

/// The page, at every URL of the application: which of its pages to show it finds in the URL itself.
pub async fn page(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let Some(page) = files::INDEX else { return absent() };
    let page = page
        .replace("{{public_url}}", &escaped(app.config.public_url.as_str()))
        .replace("{{version}}", env!("CARGO_PKG_VERSION"));
    let etag = format!("\"{}\"", hex(&page));
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == etag.as_bytes());
    let mut response = guarded(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((ETAG, etag))
        .insert_header(("cross-origin-opener-policy", "same-origin"));
    if known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8")).body(page)
}

/// A file of the application; it never changes, for its folder would.
///
/// # Errors
/// 404 when there is no such file.
pub async fn file(path: Path<(String, String)>, request: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let (folder, name) = path.into_inner();
    let file = files::FILES.iter().find(|file| file.folder == folder && file.name == name);
    let file = file.ok_or_else(OAuthFailure::not_found)?;
    let mut response = guarded(StatusCode::OK);
    response
        .insert_header((CONTENT_TYPE, file.media_type))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((VARY, ACCEPT_ENCODING.as_str()));
    let body = match accepted(&request) {
        Some(ContentEncoding::Brotli) => response.insert_header((CONTENT_ENCODING, "br")).body(file.brotli),
        Some(ContentEncoding::Gzip) => response.insert_header((CONTENT_ENCODING, "gzip")).body(file.gzip),
        _ => response.body(file.identity),
    };
    Ok(body)
}

/// The best encoding that the browser takes; those on plain HTTP do not take brotli.
fn accepted(request: &HttpRequest) -> Option<ContentEncoding> {
    let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    match AcceptEncoding::parse(request).ok()?.negotiate(offered.iter())? {
        Encoding::Known(encoding) => Some(encoding),
        Encoding::Unknown(_) => None,
    }
}

fn guarded(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((X_FRAME_OPTIONS, "DENY"))
        .insert_header((REFERRER_POLICY, "no-referrer"));
    response
}

/// A server that was built without its console says so, and how to build it.
fn absent() -> HttpResponse {
    guarded(StatusCode::NOT_FOUND).insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(
        "This server was built without its console. Run scripts/console, then build the server again (make run does both).\n",
    )
}

fn hex(page: &str) -> String {
    Sha256::digest(page).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
