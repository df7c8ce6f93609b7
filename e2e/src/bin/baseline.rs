//! What a token endpoint cannot do without, and nothing else: an actix handler that parses the form and signs an ES256
//! access token of the same claims. The benchmark divides Cardea's figures by this one's.
//!
//! `POST /token` parses and signs; `POST /verify` also verifies an ES256 client assertion with a key it holds, and reads its
//! claims. No client is looked up, nothing is compared, recorded or logged. Keys are parsed once, as Cardea's are.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA};
use actix_web::web::{Data, Form, post};
use actix_web::{App, HttpResponse, HttpServer};
use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use serde::{Deserialize, Serialize};

/// The allocator that Cardea uses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Where to listen, and whose assertions to verify.
#[derive(Parser)]
struct Options {
    /// Address and port.
    listen: SocketAddr,
    /// The client's public key: an uncompressed point on P-256 in base64url.
    client_key: String,
}

struct Keys {
    signing: EcdsaKeyPair,
    header: String,
    client: ParsedPublicKey,
}

#[derive(Deserialize)]
struct TokenRequest {
    grant_type: String,
    scope: String,
    client_assertion: Option<String>,
}

#[derive(Deserialize)]
struct AssertionClaims {
    iss: String,
    sub: String,
    exp: u64,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    client_id: &'a str,
    exp: u64,
    iat: u64,
    jti: String,
    scope: &'a str,
}

#[derive(Serialize)]
struct TokenResponse<'a> {
    access_token: String,
    token_type: &'a str,
    expires_in: u64,
    scope: &'a str,
}

const LIFETIME: u64 = 3600;

async fn parse_and_sign(keys: Data<Keys>, form: Form<TokenRequest>) -> HttpResponse {
    respond(&keys, &form).unwrap_or_else(|| HttpResponse::BadRequest().finish())
}

async fn parse_verify_and_sign(keys: Data<Keys>, form: Form<TokenRequest>) -> HttpResponse {
    let verified = form.client_assertion.as_deref().and_then(|assertion| verify(&keys, assertion));
    verified.and_then(|()| respond(&keys, &form)).unwrap_or_else(|| HttpResponse::Unauthorized().finish())
}

fn verify(keys: &Keys, assertion: &str) -> Option<()> {
    let (signing_input, signature) = assertion.rsplit_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    keys.client.verify_sig(signing_input.as_bytes(), &signature).ok()?;
    let claims = URL_SAFE_NO_PAD.decode(signing_input.split_once('.')?.1).ok()?;
    let claims: AssertionClaims = serde_json::from_slice(&claims).ok()?;
    (claims.iss == claims.sub && claims.exp > now()).then_some(())
}

fn respond(keys: &Keys, request: &TokenRequest) -> Option<HttpResponse> {
    let iat = Some(now()).filter(|_| request.grant_type == "client_credentials")?;
    let mut jti = [0; 16];
    rand::fill(&mut jti).ok()?;
    let claims = Claims {
        iss: "http://localhost:8080/default/0123456789abcdef",
        sub: "0123456789abcdefghijkl",
        aud: "https://orders.example/api",
        client_id: "0123456789abcdefghijkl",
        exp: iat + LIFETIME,
        iat,
        jti: URL_SAFE_NO_PAD.encode(jti),
        scope: &request.scope,
    };
    let mut token = keys.header.clone();
    URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(&claims).ok()?, &mut token);
    let signature = keys.signing.sign(&SystemRandom::new(), token.as_bytes()).ok()?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature.as_ref(), &mut token);
    let body = TokenResponse { access_token: token, token_type: "Bearer", expires_in: LIFETIME, scope: &request.scope };
    let response = HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json;charset=UTF-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((PRAGMA, "no-cache"))
        .body(serde_json::to_string(&body).ok()?);
    Some(response)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::parse();
    let client = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, URL_SAFE_NO_PAD.decode(options.client_key)?)?;
    let header = URL_SAFE_NO_PAD.encode(r#"{"typ":"at+jwt","alg":"ES256","kid":"0123456789abcdefghijkl"}"#) + ".";
    let signing = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
    let keys = Data::new(Keys { signing, header, client });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(keys.clone())
            .route("/token", post().to(parse_and_sign))
            .route("/verify", post().to(parse_verify_and_sign))
    });
    Ok(server.bind(options.listen)?.run().await?)
}
