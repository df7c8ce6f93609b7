//! The command lines that a person can paste to get a token.

use std::fmt::Write as _;
use std::path::Path;

use super::credentials::ClientFile;
use crate::app::App;
use crate::tls::development;

/// What `cardea demo` prints.
pub(super) fn instructions(app: &App, folder: &Path, clients: &[ClientFile]) -> String {
    let mut text = format!(
        "The tenant `demo` is ready at {}. Each story below ends with a token (that of a method switched off shows a refusal);\n\
         the credentials are in {}.\n",
        app.public_url().as_str(),
        folder.display(),
    );
    for client in clients {
        let workspace = client.issuer.rsplit('/').next().unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n# {} in workspace demo/{workspace}\n{}\n",
            client.token_endpoint_auth_method,
            command(app, client, folder)
        );
    }
    text
}

fn command(app: &App, client: &ClientFile, folder: &Path) -> String {
    let url = format!("{}/oauth2/token", client.issuer);
    let id = &client.client_id;
    let secret = client.client_secret.as_deref().unwrap_or_default();
    if let Some(person) = &client.person {
        return person.lines(client);
    }
    match client.token_endpoint_auth_method.as_str() {
        "client_secret_basic" => format!("curl -s -u '{id}:{secret}' -d grant_type=client_credentials {url}"),
        "client_secret_post" => {
            format!("curl -s -d grant_type=client_credentials -d client_id={id} -d 'client_secret={secret}' {url}")
        }
        "tls_client_auth" | "self_signed_tls_client_auth" => by_certificate(app, client, folder),
        _ => format!(
            "curl -s -d grant_type=client_credentials \
             -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
             -d client_assertion=\"$({} assertion --client {})\" {url}",
            program(),
            client.path(folder).display(),
        ),
    }
}

/// At the listener that asks for certificates; its own development certificate is trusted for this one request.
fn by_certificate(app: &App, client: &ClientFile, folder: &Path) -> String {
    let mtls = &app.config.mtls;
    let Some(public_url) = mtls.published_url() else {
        return "# needs a listener that asks for certificates: CARDEA_MTLS__LISTEN is off".to_owned();
    };
    let url = client.issuer.replacen(app.public_url().as_str(), public_url.as_str(), 1);
    let trusted = match mtls.identity {
        None => format!(" --cacert {}", development::files(&app.config.data_dir).cert.display()),
        Some(_) => String::new(),
    };
    format!(
        "curl -s{trusted} --cert {} --key {} -d grant_type=client_credentials -d client_id={} {url}/oauth2/token",
        client.file(folder, "crt").display(),
        client.file(folder, "key").display(),
        client.client_id,
    )
}

/// How this program was started, so that the lines can be pasted as they are.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "cardea".to_owned())
}
