//! The certificate that a client presented: on its own TLS connection, or on that to a proxy which hands it on (RFC 8705 §6.5).
//! Nothing of it is believed here but that the client holds its key.

use std::any::Any;
use std::sync::Arc;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use actix_web::http::header::{CONNECTION, HeaderMap};
use actix_web::rt::net::TcpStream;
use arc_swap::ArcSwapOption;
use cardea_protocol::client_certificate_header::MAX_CHAIN;
use cardea_protocol::{ClientCertHeader, Rejection, time::Timestamp};

use crate::certificates::{Certificate, TrustedAuthorities};

/// What came in place of a client certificate.
#[derive(Clone, Debug, Default)]
pub enum Presented {
    /// Nothing.
    #[default]
    None,
    /// One, with what was sent along.
    Certificate(Arc<ClientCertificate>),
    /// Something that is not believed, and why: whoever sends it is refused, whatever else it shows.
    Unusable(&'static str),
}

/// A client's certificate and those it sent along.
#[derive(Debug)]
pub struct ClientCertificate {
    /// Its own.
    pub leaf: Certificate,
    /// Others, in the order in which they came, each as DER.
    pub intermediates: Vec<Vec<u8>>,
    /// `x5t#S256` of its own (RFC 8705 §3.1).
    pub thumbprint: String,
    vouched: ArcSwapOption<Vouched>,
}

/// That these authorities vouch for the certificate in this second: all times that count are whole seconds (RFC 5280 §4.1.2.5).
#[derive(Debug)]
struct Vouched {
    authorities: Arc<TrustedAuthorities>,
    second: i64,
}

impl ClientCertificate {
    fn new(leaf: Certificate, intermediates: Vec<Vec<u8>>) -> Self {
        Self { thumbprint: leaf.thumbprint(), leaf, intermediates, vouched: ArcSwapOption::empty() }
    }

    /// Whether one of `authorities` vouches for it at `now`. Paths are validated once a second for each connection, not once a
    /// request; authorities of other workspaces, and those that have changed, are others.
    ///
    /// # Errors
    /// Those of [`TrustedAuthorities::validate`].
    pub fn validate(&self, authorities: &Arc<TrustedAuthorities>, now: Timestamp) -> Result<(), Rejection> {
        let second = now.as_secs();
        let known = self.vouched.load();
        if known.as_ref().is_some_and(|known| known.second == second && Arc::ptr_eq(&known.authorities, authorities)) {
            return Ok(());
        }
        authorities.validate(&self.leaf, &self.intermediates, now)?;
        self.vouched.store(Some(Arc::new(Vouched { authorities: authorities.clone(), second })));
        Ok(())
    }
}

impl Presented {
    /// What `request` presents. From a trusted proxy the header alone counts: a certificate on that connection is the proxy's.
    pub fn of(request: &HttpRequest, header: Option<ClientCertHeader>, from_trusted_proxy: bool) -> Self {
        match header {
            Some(header) if from_trusted_proxy => Self::in_header(header, request.headers()),
            _ => request.conn_data::<Self>().cloned().unwrap_or_default(),
        }
    }

    /// The certificate, where there is a usable one.
    pub fn certificate(&self) -> Option<&Arc<ClientCertificate>> {
        match self {
            Self::Certificate(certificate) => Some(certificate),
            Self::None | Self::Unusable(_) => None,
        }
    }

    fn new(leaf: &[u8], intermediates: Vec<Vec<u8>>) -> Self {
        if intermediates.len() > MAX_CHAIN {
            return Self::Unusable("more than 10 certificates came with the client's own");
        }
        match Certificate::parse(leaf) {
            Ok(leaf) => Self::Certificate(Arc::new(ClientCertificate::new(leaf, intermediates))),
            Err(_) => Self::Unusable("the client's certificate is not an X.509 certificate"),
        }
    }

    fn in_header(kind: ClientCertHeader, headers: &HeaderMap) -> Self {
        if headers.keys().any(|name| kind.is_twin(name.as_str())) {
            return Self::Unusable("a header field looks like the proxy's and is none");
        }
        if is_hop_by_hop(kind, headers) {
            return Self::Unusable("the Connection field names the proxy's header field");
        }
        let lines = |name: &str| headers.get_all(name).map(|value| value.as_bytes()).collect::<Vec<_>>();
        let chain = kind.chain_field().map(lines).unwrap_or_default();
        match kind.read(&lines(kind.field()), &chain) {
            Ok(Some(presented)) => Self::new(&presented.leaf, presented.intermediates),
            Ok(None) => Self::None,
            Err(malformed) => Self::Unusable(malformed.message()),
        }
    }
}

/// Whether somebody asks that the proxy's field be dropped on the way (RFC 9110 §7.6.1): with one proxy more, it would be.
fn is_hop_by_hop(kind: ClientCertHeader, headers: &HeaderMap) -> bool {
    let names = |option: &str| {
        option.eq_ignore_ascii_case(kind.field())
            || kind.chain_field().is_some_and(|chain| option.eq_ignore_ascii_case(chain))
            || kind.is_twin(option)
    };
    headers
        .get_all(CONNECTION)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|option| names(option.trim()))
}

/// Keeps what a TLS connection presents with the connection, once for all its requests. For `HttpServer::on_connect`.
pub fn keep(connection: &dyn Any, data: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<TlsStream<TcpStream>>() else { return };
    // Of a session that is resumed, these are the certificates it began with.
    let Some((leaf, others)) = stream.get_ref().1.peer_certificates().and_then(<[_]>::split_first) else { return };
    data.insert(Presented::new(leaf, others.iter().map(|der| der.to_vec()).collect()));
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn presented(fields: &[(&'static str, &'static str)], from_trusted_proxy: bool) -> Presented {
        let mut request = TestRequest::default();
        for field in fields {
            request = request.append_header(*field);
        }
        Presented::of(&request.to_http_request(), Some(ClientCertHeader::Rfc9440), from_trusted_proxy)
    }

    #[test]
    fn what_only_looks_like_the_proxys_field_is_refused_from_the_proxy_and_ignored_from_others() {
        for field in [
            ("client_cert", "x"),
            ("client-cert", "x"),
            ("client-cert-chain", "x"),
            ("connection", "close, Client-Cert"),
            ("connection", "client_cert"),
        ] {
            assert!(matches!(presented(&[field], true), Presented::Unusable(_)), "{field:?}");
            assert!(matches!(presented(&[field], false), Presented::None), "{field:?}");
        }
        assert!(matches!(presented(&[("connection", "close"), ("client", "x")], true), Presented::None));
    }
}
