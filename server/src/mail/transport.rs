//! The connection to the mail server as its URL says: TLS from the start (RFC 8314 §3), STARTTLS (RFC 3207), or none; trusting the
//! system's authorities and those of `outbound.ca_file`.

use std::path::Path;
use std::time::Duration;

use cardea_protocol::PublicUrl;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use url::{Host, Url};

use crate::config::SmtpConfig;

const CONNECT: Duration = Duration::from_secs(5);

type Transport = AsyncSmtpTransport<Tokio1Executor>;

pub(super) fn of(config: &SmtpConfig, public_url: &PublicUrl, ca_file: Option<&Path>) -> Result<Transport, String> {
    // Without the URL in it, which may hold a password.
    let unusable = |_| "smtp.url cannot be used".to_owned();
    let url = Url::parse(config.url.expose()).map_err(|error| format!("smtp.url: {error}"))?;
    let mut builder = Transport::from_url(config.url.expose()).map_err(unusable)?.timeout(Some(CONNECT));
    if let Some(path) = ca_file {
        let parameters = trusting(path, url.host_str().unwrap_or_default())?;
        let starttls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        builder = match (url.scheme(), starttls.as_deref()) {
            ("smtps", _) => builder.tls(Tls::Wrapper(parameters)),
            (_, Some("required")) => builder.tls(Tls::Required(parameters)),
            (_, Some(_)) => builder.tls(Tls::Opportunistic(parameters)),
            (_, None) => builder,
        };
    }
    // Who we are, where the URL does not say it (RFC 5321 §4.1.1.1).
    if url.path().len() <= 1
        && let Some(Host::Domain(name)) =
            Url::parse(public_url.origin()).ok().and_then(|url| url.host().map(|host| host.to_owned()))
        && name.contains('.')
    {
        builder = builder.hello_name(ClientId::Domain(name));
    }
    Ok(builder.build())
}

fn trusting(ca_file: &Path, host: &str) -> Result<TlsParameters, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", ca_file.display());
    let pem = std::fs::read(ca_file).map_err(|error| told(&error))?;
    let authorities = Certificate::from_pem(&pem).map_err(|error| told(&error))?;
    TlsParameters::builder(host.to_owned()).add_root_certificate(authorities).build().map_err(|error| told(&error))
}
