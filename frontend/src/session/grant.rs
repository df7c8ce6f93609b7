//! The two grants of the console: the code it came back with (RFC 6749 §4.1.3), and the refresh token (§6).

use gloo_net::http::Request;
use serde::Deserialize;

use super::pending::Pending;
use super::place::{CLIENT_ID, Place};
use super::tokens::Tokens;
use crate::api::{Failure, Kind};
use crate::url;

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: f64,
    refresh_token: Option<String>,
    id_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// Redeems a code.
pub(super) async fn code(place: &Place, pending: &Pending, code: &str) -> Result<Tokens, Failure> {
    let form = url::encode([
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("code", code),
        ("redirect_uri", &place.redirect_uri()),
        ("code_verifier", &pending.verifier),
    ]);
    Ok(tokens(&pending.realm, ask(&pending.realm, form).await?, None))
}

/// Gets new tokens for old ones.
pub(super) async fn refresh(old: &Tokens) -> Result<Tokens, Failure> {
    let Some(refresh_token) = &old.refresh_token else {
        return Err(Failure::of(Kind::SignedOut, "Your sign-in has ended."));
    };
    let form =
        url::encode([("grant_type", "refresh_token"), ("client_id", CLIENT_ID), ("refresh_token", refresh_token)]);
    Ok(tokens(&old.realm, ask(&old.realm, form).await?, Some(old)))
}

fn tokens(realm: &str, answer: Answer, old: Option<&Tokens>) -> Tokens {
    Tokens {
        realm: realm.to_owned(),
        access_token: answer.access_token,
        refresh_token: answer.refresh_token.or_else(|| old.and_then(|old| old.refresh_token.clone())),
        id_token: answer.id_token.or_else(|| old.and_then(|old| old.id_token.clone())),
        expires_at: js_sys::Date::now() + answer.expires_in * 1000.0,
    }
}

async fn ask(realm: &str, form: String) -> Result<Answer, Failure> {
    let request = Request::post(&format!("/{}/admin/oauth2/token", url::segment(realm)))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form)
        .map_err(|_| Failure::offline())?;
    let response = request.send().await.map_err(|_| Failure::offline())?;
    let request_id = response.headers().get("x-request-id");
    if response.ok() {
        return response.json().await.map_err(|_| Failure::unreadable(request_id));
    }
    match response.json::<Refusal>().await {
        Ok(refusal) if response.status() < 500 && response.status() != 429 => {
            let said = refusal.error_description.unwrap_or(refusal.error);
            let message = format!("Your sign-in has ended ({said}).");
            Err(Failure { request_id, ..Failure::of(Kind::SignedOut, message) })
        }
        _ => Err(Failure::answered(response.status(), None, request_id)),
    }
}
