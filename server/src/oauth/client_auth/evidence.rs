//! What a request brings to prove its client: exactly one kind (RFC 6749 §2.3, RFC 7521 §4.2).

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use cardea_protocol::assertion::UnverifiedAssertion;
use cardea_protocol::basic::{self, BasicCredentials};
use cardea_protocol::params::Params;
use cardea_protocol::{AuthMethod, Reason, Rejection, Secret};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// One kind of proof, read but not believed.
pub(super) enum Evidence<'a> {
    /// `Authorization: Basic`.
    Basic(BasicCredentials),
    /// `client_secret` in the body.
    Post { client_id: Option<&'a str>, client_secret: Secret },
    /// `client_assertion` in the body.
    Assertion { client_id: Option<&'a str>, assertion: Box<UnverifiedAssertion<'a>> },
    /// A name and nothing else: a public client, or one that proves itself by its TLS certificate.
    NameOnly { client_id: Option<&'a str> },
    /// Something that is no proof of anybody.
    Unusable { client_id: Option<&'a str>, reason: Reason, detail: &'a str, presented: &'static str, header: bool },
}

/// The request is malformed, not merely unconvincing.
pub(super) enum Unreadable {
    /// More than one kind of proof.
    MultipleMethods,
    /// The parameters of an assertion are incomplete.
    Incomplete,
}

/// Reads the one kind of proof that a request brings.
pub(super) fn read<'a>(headers: &'a HeaderMap, params: &'a Params<'a>) -> Result<Evidence<'a>, Unreadable> {
    let mut authorizations = headers.get_all(AUTHORIZATION);
    let authorization = authorizations.next();
    let client_secret = params.credential("client_secret");
    let client_assertion = params.credential("client_assertion");
    let assertion_type = params.credential("client_assertion_type");
    let kinds = [authorization.is_some(), client_secret.is_some(), client_assertion.is_some()];
    if kinds.iter().filter(|kind| **kind).count() > 1 || authorizations.next().is_some() {
        return Err(Unreadable::MultipleMethods);
    }
    if client_assertion.is_some() != assertion_type.is_some() {
        return Err(Unreadable::Incomplete);
    }
    let client_id = params.get("client_id");
    if let Some(authorization) = authorization {
        return Ok(basic_of(authorization.to_str().unwrap_or_default(), client_id));
    }
    if let Some(secret) = client_secret {
        return Ok(Evidence::Post { client_id, client_secret: Secret::new(secret.to_owned()) });
    }
    match (client_assertion, assertion_type) {
        (Some(assertion), Some(JWT_BEARER)) => Ok(assertion_of(assertion, client_id)),
        (Some(_), _) => Ok(Evidence::Unusable {
            client_id,
            reason: Reason::AssertionMalformed,
            detail: "client_assertion_type is not jwt-bearer (RFC 7523 §2.2)",
            presented: "client_assertion",
            header: false,
        }),
        (None, _) => Ok(Evidence::NameOnly { client_id }),
    }
}

fn basic_of<'a>(authorization: &'a str, client_id: Option<&'a str>) -> Evidence<'a> {
    let unusable = |detail| Evidence::Unusable {
        client_id,
        reason: Reason::UnknownClient,
        detail,
        presented: "Authorization header",
        header: true,
    };
    let (scheme, credentials) = authorization.split_once(' ').unwrap_or((authorization, ""));
    if !scheme.eq_ignore_ascii_case("Basic") {
        return unusable("the Authorization header uses another scheme than Basic");
    }
    match basic::parse(credentials.trim_start_matches(' ')) {
        Ok(basic) => Evidence::Basic(basic),
        Err(_) => unusable("the Basic credentials cannot be decoded (RFC 6749 §2.3.1)"),
    }
}

fn assertion_of<'a>(assertion: &'a str, client_id: Option<&'a str>) -> Evidence<'a> {
    match UnverifiedAssertion::parse(assertion) {
        Ok(assertion) => Evidence::Assertion { client_id, assertion: Box::new(assertion) },
        Err(Rejection { reason, .. }) => Evidence::Unusable {
            client_id,
            reason,
            detail: match reason {
                Reason::AssertionAlgorithm => "the algorithm of the assertion is not one that is known here",
                _ => "the assertion is not a signed JWT with a well-formed header and claims",
            },
            presented: "client_assertion",
            header: false,
        },
    }
}

impl Evidence<'_> {
    /// The client that it speaks of.
    pub(super) fn client_id(&self) -> Option<&str> {
        match self {
            Self::Basic(basic) => Some(&basic.client_id),
            Self::Assertion { client_id, assertion } => assertion.subject().or(*client_id),
            Self::Post { client_id, .. } | Self::NameOnly { client_id } | Self::Unusable { client_id, .. } => {
                *client_id
            }
        }
    }

    /// Whether a client registered for `method` may come with this.
    pub(super) fn can_be(&self, method: AuthMethod) -> bool {
        match self {
            Self::Basic(_) => method == AuthMethod::ClientSecretBasic,
            Self::Post { .. } => method == AuthMethod::ClientSecretPost,
            Self::Assertion { assertion, .. } if assertion.alg().is_hmac() => method == AuthMethod::ClientSecretJwt,
            Self::Assertion { .. } => method == AuthMethod::PrivateKeyJwt,
            Self::NameOnly { .. } => method == AuthMethod::None || method.is_tls(),
            Self::Unusable { .. } => false,
        }
    }

    /// How audit events name it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Basic(_) => "client_secret_basic",
            Self::Post { .. } => "client_secret_post",
            Self::Assertion { assertion, .. } if assertion.alg().is_hmac() => "client_secret_jwt",
            Self::Assertion { .. } => "private_key_jwt",
            Self::NameOnly { .. } => "client_id alone",
            Self::Unusable { presented, .. } => presented,
        }
    }

    /// Whether it came in the `Authorization` header, so that a refusal carries a challenge (RFC 6749 §5.2).
    pub(super) fn used_header(&self) -> bool {
        matches!(self, Self::Basic(_) | Self::Unusable { header: true, .. })
    }

    /// Whether it is a guess at a secret.
    pub(super) fn is_secret(&self) -> bool {
        matches!(self, Self::Basic(_) | Self::Post { .. })
    }
}
