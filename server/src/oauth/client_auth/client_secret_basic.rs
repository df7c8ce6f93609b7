//! `client_secret_basic` (RFC 6749 §2.3.1): both halves were decoded when the header was read.

use cardea_protocol::basic::BasicCredentials;

use super::super::request::Request;
use super::{Proof, Unproved, secret};
use crate::workspace::Client;

pub(super) async fn judge(
    request: &Request<'_>,
    client: &Client,
    presented: &BasicCredentials,
) -> Result<Proof, Unproved> {
    secret::judge(request, client, &presented.client_secret).await
}
