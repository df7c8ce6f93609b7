//! One key: what is known of it, and what is wrong with it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cardea_api::certificate::CertificateView;
use cardea_api::jwks::{JwkView, JwksProblem};
use cardea_protocol::{Jwk, SigningAlg, Timestamp};
use serde_json::Value;

use super::source::problem;
use crate::certificates::{Certificate, inspect, public_key};
use crate::tokens::verifier::Verifier;

/// The members of a private or symmetric key (RFC 7518 §6.2.2, §6.3.2, §6.4).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// How a key is shown; and the key, where it is of use. `allowed` are the algorithms of the workspace.
pub(super) fn view(
    value: &Value,
    index: usize,
    pointer: &str,
    allowed: &[SigningAlg],
    now: Timestamp,
) -> (JwkView, Option<Jwk>) {
    let mut shown = readable(value, index);
    let jwk = match Jwk::parse(value) {
        Ok(jwk) => jwk,
        Err(error) => {
            let is_private = PRIVATE.iter().any(|name| value.get(name).is_some());
            let code = if is_private { "private_key" } else { "unusable_key" };
            shown.problems.push(problem(code, &format!("{pointer}{}", error.pointer), error.message));
            return (shown, None);
        }
    };
    shown.bits = u32::try_from(jwk.key().bits()).ok();
    shown.thumbprint = Some(jwk.thumbprint());
    let of_the_key = SigningAlg::CLIENT_ASSERTION_ASYMMETRIC.into_iter().filter(|alg| jwk.key().fits(*alg));
    if !of_the_key.clone().any(|alg| is_valid(alg, &jwk)) {
        shown.problems.push(problem("unusable_key", pointer, "its numbers are not those of a key of this kind"));
        return (shown, None);
    }
    shown.signing_algs = of_the_key.filter(|alg| jwk.fits(*alg) && allowed.contains(alg)).collect();
    if shown.signing_algs.is_empty() {
        let message = "no algorithm that the workspace allows fits it: see its alg, use and key_ops, and \
                       token_endpoint_auth_signing_alg_values of the workspace";
        shown.problems.push(problem("no_signing_alg", pointer, message));
    }
    if let Some(first) = jwk.x5c().next() {
        let pointer = format!("{pointer}/x5c/0");
        match certificate(first, &jwk, now) {
            Ok(certificate) => {
                shown
                    .problems
                    .extend(certificate.problems.iter().map(|one| problem("certificate", &pointer, &one.message)));
                shown.certificate = Some(certificate);
            }
            Err(message) => shown.problems.push(problem("certificate", &pointer, message)),
        }
    }
    (shown, Some(jwk))
}

/// What can be read of a key, good or not.
fn readable(value: &Value, index: usize) -> JwkView {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(|text| text.chars().take(255).collect());
    JwkView {
        index,
        kid: text("kid"),
        kty: text("kty"),
        key_use: text("use"),
        alg: text("alg"),
        crv: text("crv"),
        ..JwkView::default()
    }
}

/// Whether its numbers are those of a key: that a point is on its curve, only the verifier finds out.
fn is_valid(alg: SigningAlg, jwk: &Jwk) -> bool {
    let bare = serde_json::to_value(jwk).ok().and_then(|mut value| {
        // What its owner says of it must not stand in the way.
        let members = value.as_object_mut()?;
        ["alg", "use", "key_ops"].iter().for_each(|name| drop(members.remove(*name)));
        Jwk::parse(&value).ok()
    });
    bare.is_some_and(|jwk| Verifier::new(alg, &jwk).is_some())
}

fn certificate(first: &str, jwk: &Jwk, now: Timestamp) -> Result<CertificateView, &'static str> {
    let der = STANDARD.decode(first).map_err(|_| "x5c is not base64")?;
    let certificate = Certificate::parse(&der).map_err(|_| "the first of x5c is not an X.509 certificate")?;
    let own = public_key::jwk(&certificate).map_err(|_| "the certificate has a key of another kind")?;
    if own.thumbprint() != jwk.thumbprint() {
        return Err("the certificate is of another key (RFC 7517, section 4.7)");
    }
    Ok(inspect::view(&certificate, now))
}

/// Names tell keys apart, so each of several needs one of its own.
pub(super) fn compare_names(keys: &mut [JwkView], pointer: &str) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let several = keys.len() > 1;
    for key in keys {
        let pointer = format!("{pointer}/keys/{}/kid", key.index);
        let found: Option<JwksProblem> = match key.kid.clone() {
            None if several => {
                let message =
                    "of several keys each needs a kid, by which assertions name it; this one is tried for all of them";
                Some(problem("missing_kid", &pointer, message))
            }
            None => None,
            Some(kid) => known.insert(kid, key.index).map(|first| {
                let message = format!("key {first} has the same kid; which of them signed, nobody can tell");
                problem("duplicate_kid", &pointer, message)
            }),
        };
        key.problems.extend(found);
    }
}
