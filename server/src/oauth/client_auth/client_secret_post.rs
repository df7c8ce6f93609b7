//! `client_secret_post` (RFC 6749 §2.3.1): in the body only; the query was refused when the form was read.

use cardea_protocol::Secret;

use super::super::request::Request;
use super::{Proof, Unproved, secret};
use crate::workspace::Client;

pub(super) async fn judge(request: &Request<'_>, client: &Client, presented: &Secret) -> Result<Proof, Unproved> {
    secret::judge(request, client, presented).await
}
