//! The seven client authentication methods as an administrator chooses among them.

use cardea_protocol::AuthMethod;

/// How much it takes to pass for a client of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Whoever knows the name.
    Name,
    /// Whoever has seen the secret on its way.
    Secret,
    /// Whoever has the secret, which does not travel.
    SharedKey,
    /// Whoever has the private key, which nobody else ever had.
    PrivateKey,
}

/// A method in words.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// What it is, in a sentence.
    pub sentence: &'static str,
    /// What the client has to have.
    pub needs: &'static str,
    /// What it takes to pass for such a client.
    pub strength: Strength,
}

/// The words for `method`.
#[must_use]
pub const fn describe(method: AuthMethod) -> Description {
    let (sentence, needs, strength) = match method {
        AuthMethod::ClientSecretBasic => {
            ("Sends a secret in the Authorization header of each request.", "a secret", Strength::Secret)
        }
        AuthMethod::ClientSecretPost => ("Sends a secret in the body of each request.", "a secret", Strength::Secret),
        AuthMethod::ClientSecretJwt => {
            ("Signs a short-lived assertion with a secret that never travels.", "a secret", Strength::SharedKey)
        }
        AuthMethod::PrivateKeyJwt => (
            "Signs a short-lived assertion with a private key that only the client has.",
            "a key pair; the public key by value or at a URL",
            Strength::PrivateKey,
        ),
        AuthMethod::TlsClientAuth => (
            "Presents a TLS certificate of an authority that the workspace trusts.",
            "a certificate, and its subject registered here",
            Strength::PrivateKey,
        ),
        AuthMethod::SelfSignedTlsClientAuth => (
            "Presents a TLS certificate that is itself registered here.",
            "a certificate, by value or at a URL",
            Strength::PrivateKey,
        ),
        AuthMethod::None => (
            "Says its name and proves nothing: for apps that cannot keep a secret, always with PKCE.",
            "nothing",
            Strength::Name,
        ),
    };
    Description { sentence, needs, strength }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_has_its_own_sentence_and_a_name_is_the_weakest() {
        let mut sentences: Vec<_> = AuthMethod::ALL.iter().map(|method| describe(*method).sentence).collect();
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), AuthMethod::ALL.len());
        let weakest = AuthMethod::ALL.iter().min_by_key(|method| describe(**method).strength);
        assert_eq!(weakest, Some(&AuthMethod::None));
    }
}
