//! A message to those who run the clients that would stop working: an ordinary e-mail, written but not sent.

use cardea_protocol::AuthMethods;

use super::ImpactedClient;
use crate::url;

/// What the message says.
pub(super) struct Message<'a> {
    /// What people call the workspace.
    pub(super) workspace: &'a str,
    /// Its issuer, by which the clients' developers know it.
    pub(super) issuer: &'a str,
    /// The day it takes effect, as people write it.
    pub(super) day: &'a str,
    /// The methods that will be disabled.
    pub(super) disabled: AuthMethods,
    /// Those that stay.
    pub(super) kept: AuthMethods,
}

/// The addresses of the clients' contacts, each once. A contact may be a URL or a name too; those get no e-mail.
pub(super) fn addresses(clients: &[ImpactedClient]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for contact in clients.iter().flat_map(|client| &client.contacts) {
        let address = contact.trim().trim_start_matches("mailto:");
        let is_mailbox = address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if is_mailbox && !address.contains([' ', ',', '?', '&']) && found.iter().all(|known| known != address) {
            found.push(address.to_owned());
        }
    }
    found
}

/// A link that opens the message in the person's own mail program. The recipients do not see one another (`bcc`, RFC 6068 §2).
pub(super) fn mailto(addresses: &[String], message: &Message<'_>) -> String {
    let bcc = addresses.join(",");
    let (subject, body) = (subject(message), body(message));
    let query = url::encode([("bcc", bcc.as_str()), ("subject", subject.as_str()), ("body", body.as_str())]);
    // `@` and `,` may stand as they are, and some programs expect them to.
    format!("mailto:?{}", query.replace("%40", "@").replace("%2C", ","))
}

fn subject(message: &Message<'_>) -> String {
    format!("{}: {} ends on {}", message.workspace, names(message.disabled), message.day)
}

/// The message itself.
pub(super) fn body(message: &Message<'_>) -> String {
    let Message { workspace, issuer, day, disabled, kept } = message;
    let (disabled, kept) = (names(*disabled), names(*kept));
    [
        "Hello,".to_owned(),
        format!("the workspace “{workspace}” ({issuer}) will stop accepting the client authentication method {disabled} on {day}."),
        "From then on the token endpoint answers applications that still use it with invalid_client. Tokens issued before stay valid until they expire.".to_owned(),
        format!("Please move your application to another method before that day. The workspace accepts: {kept}."),
        "If you need a new credential for it, answer this message.".to_owned(),
    ]
    .join("\r\n\r\n")
}

/// Names, as a sentence lists them.
pub(super) fn names(methods: AuthMethods) -> String {
    let all: Vec<_> = methods.iter().map(|method| method.as_str()).collect();
    match all.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        all => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cardea_protocol::{AuthMethod, ClientId};

    fn client(contacts: &[&str]) -> ImpactedClient {
        ImpactedClient {
            client_id: ClientId::parse("shop").unwrap(),
            client_name: None,
            token_endpoint_auth_method: AuthMethod::ClientSecretPost,
            last_authenticated_at: None,
            contacts: contacts.iter().map(|contact| (*contact).to_owned()).collect(),
            movable_to: Vec::new(),
        }
    }

    #[test]
    fn each_mailbox_is_written_to_once_and_nothing_else() {
        let clients = [
            client(&["ops@shop.example", "https://shop.example", "x@y"]),
            client(&["ops@shop.example", " a@b.example "]),
        ];
        assert_eq!(addresses(&clients), ["ops@shop.example", "a@b.example"]);
    }

    #[test]
    fn a_contact_cannot_add_headers() {
        assert!(
            addresses(&[client(&["a@b.example?cc=evil@c.example", "a@b.example&body=x", "a@b.example,c@d.example"])])
                .is_empty()
        );
    }

    #[test]
    fn the_message_names_the_workspace_the_method_and_the_day() {
        let methods = |all: &[AuthMethod]| all.iter().copied().collect();
        let message = Message {
            workspace: "Shop & Co",
            issuer: "https://id.example/acme/shop",
            day: "7 December 2026",
            disabled: methods(&[AuthMethod::ClientSecretPost]),
            kept: methods(&[AuthMethod::ClientSecretBasic, AuthMethod::PrivateKeyJwt, AuthMethod::None]),
        };
        let text = body(&message);
        for part in ["Shop & Co", "https://id.example/acme/shop", "client_secret_post on 7 December 2026"] {
            assert!(text.contains(part), "{part}");
        }
        assert!(text.contains("client_secret_basic, private_key_jwt and none"));
        let link = mailto(&["a@b.example".to_owned(), "c@d.example".to_owned()], &message);
        assert!(
            link.starts_with("mailto:?bcc=a@b.example,c@d.example&subject=Shop%20%26%20Co%3A%20client_secret_post"),
            "{link}"
        );
        assert!(link.contains("%0D%0A") && !link.contains(' ') && !link.contains('\n'));
    }
}
