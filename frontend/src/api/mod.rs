//! The management API as the console calls it: JSON both ways, the bearer token, entity tags, one retry after a refresh.

use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::{Set, use_context};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::session::Session;

mod failure;

pub(crate) use failure::{Failure, Kind};

/// What is asked of the server in the name of whoever is signed in.
#[derive(Clone, Copy)]
pub(crate) struct Api {
    session: Session,
}

/// An object and the version it is at (RFC 9110 §8.8.3).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tagged<T> {
    /// The object.
    pub(crate) value: T,
    /// Its entity tag, for `If-Match`.
    pub(crate) etag: Option<String>,
}

/// The API of the one signed in.
pub(crate) fn use_api() -> Api {
    Api { session: use_context().unwrap_or_default() }
}

/// What the server said when it did what it was asked to.
struct Answer {
    text: String,
    etag: Option<String>,
    request_id: Option<String>,
}

impl Api {
    /// Reads what is at `path` (those of [`cardea_api::path`]).
    pub(crate) async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Failure> {
        Ok(self.read(path).await?.value)
    }

    /// Reads an object and its version.
    pub(crate) async fn read<T: DeserializeOwned>(self, path: &str) -> Result<Tagged<T>, Failure> {
        tagged(self.send(Method::GET, path, None, None).await?)
    }

    /// Creates, or asks with a body.
    pub(crate) async fn post<T: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<T, Failure> {
        Ok(tagged(self.send(Method::POST, path, Some(json(body)?), None).await?)?.value)
    }

    /// Changes what is at `path` by a merge patch (RFC 7396), if it is still at the version of `etag`.
    pub(crate) async fn patch<T: DeserializeOwned>(
        self,
        path: &str,
        patch: &impl Serialize,
        etag: Option<&str>,
    ) -> Result<Tagged<T>, Failure> {
        tagged(self.send(Method::PATCH, path, Some(json(patch)?), etag).await?)
    }

    /// Deletes what is at `path`.
    pub(crate) async fn delete(self, path: &str) -> Result<(), Failure> {
        self.send(Method::DELETE, path, None, None).await.map(drop)
    }

    /// Asks; when the sign-in turns out to have ended in the midst of a change, that is said beside what was typed.
    async fn send(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
        etag: Option<&str>,
    ) -> Result<Answer, Failure> {
        let changes = method != Method::GET;
        let answer = self.ask(method, path, body, etag).await;
        if changes && answer.as_ref().is_err_and(|failure| failure.kind == Kind::SignedOut) {
            self.session.ended.set(true);
        }
        answer
    }

    async fn ask(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
        etag: Option<&str>,
    ) -> Result<Answer, Failure> {
        let token = self.session.token().await?;
        let response = request(&method, path, body.as_deref(), etag, &token).await?;
        if response.status() != 401 {
            return accepted(response).await;
        }
        // The token may have ended meanwhile, or the server's clock is ahead: one more try with a new one.
        let token = self.session.refreshed(&token).await?;
        accepted(request(&method, path, body.as_deref(), etag, &token).await?).await
    }
}

async fn request(
    method: &Method,
    path: &str,
    body: Option<&str>,
    etag: Option<&str>,
    token: &str,
) -> Result<Response, Failure> {
    let mut builder =
        RequestBuilder::new(path).method(method.clone()).header("Authorization", &format!("Bearer {token}"));
    if let Some(etag) = etag {
        builder = builder.header("If-Match", etag);
    }
    let sent = match body {
        Some(body) => {
            let kind = if *method == Method::PATCH { "application/merge-patch+json" } else { "application/json" };
            builder.header("Content-Type", kind).body(body).map_err(|_| Failure::offline())?.send().await
        }
        None => builder.send().await,
    };
    sent.map_err(|_| Failure::offline())
}

async fn accepted(response: Response) -> Result<Answer, Failure> {
    let headers = response.headers();
    let request_id = headers.get("x-request-id");
    if !response.ok() {
        return Err(Failure::answered(response.status(), response.json().await.ok(), request_id));
    }
    let text = response.text().await.map_err(|_| Failure::offline())?;
    Ok(Answer { text, etag: headers.get("etag"), request_id })
}

fn tagged<T: DeserializeOwned>(answer: Answer) -> Result<Tagged<T>, Failure> {
    match serde_json::from_str(&answer.text) {
        Ok(value) => Ok(Tagged { value, etag: answer.etag }),
        Err(_) => Err(Failure::unreadable(answer.request_id)),
    }
}

fn json(body: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(|error| Failure::of(Kind::Invalid, error.to_string()))
}
