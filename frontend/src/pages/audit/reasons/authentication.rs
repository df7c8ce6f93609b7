//! Why a client failed to authenticate (product.md §3).

use cardea_protocol::reason::Reason;

use super::Words;

/// The words for `reason`.
pub(super) const fn words(reason: Reason) -> Words {
    match reason {
        Reason::UnknownClient => Words::of(
            "Unknown client",
            "No client of this id is registered in this workspace.",
            "Compare the client_id with the list of clients, and check that the application uses this workspace's token endpoint.",
        ),
        Reason::ClientDisabled => Words::of(
            "Client is disabled",
            "The client is registered, but it is switched off.",
            "Enable the client if it should work again.",
        ),
        Reason::MethodDisabled => Words::of(
            "Method is disabled here",
            "The client's authentication method is not enabled in this workspace.",
            "Enable the method for the workspace, or move the client to one that is enabled.",
        ),
        Reason::MethodMismatch => Words::of(
            "Another method than registered",
            "The client authenticated in another way than the one it is registered for.",
            "Configure the application to use the registered method, or change the client's method to the one it used.",
        ),
        Reason::MultipleMethods => Words::of(
            "More than one method at once",
            "The request carried more than one kind of client authentication, which the standard forbids.",
            "Configure the application to send its credential in one place only: many send a secret in the header and in the body.",
        ),
        Reason::SecretMismatch => Words::of(
            "Wrong secret",
            "The secret is none of the client's.",
            "Check that the application has the current secret, without a line break or a blank at its end; else add a new secret.",
        ),
        Reason::SecretExpired => Words::of(
            "Secret has expired",
            "The secret was the client's, and it has expired.",
            "Add a new secret to the client and give it to the application.",
        ),
        Reason::AssertionMalformed => Words::of(
            "Assertion cannot be read",
            "The client assertion is not a signed JWT with the claims that are needed.",
            "Paste the assertion into the token decoder to see what is missing.",
        ),
        Reason::AssertionAlgorithm => Words::of(
            "Assertion has another algorithm",
            "The assertion is signed with an algorithm that is unknown, not enabled in this workspace, or not the client's.",
            "Sign with the algorithm that the client is registered for, or change that of the client.",
        ),
        Reason::AssertionKeyNotFound => Words::of(
            "No key for the assertion",
            "None of the client's registered keys fits the assertion's kid and algorithm.",
            "Register the public key that the application signs with, or mend the kid in the assertion's header.",
        ),
        Reason::AssertionSignature => Words::of(
            "Assertion's signature is wrong",
            "The signature was not made with the registered key or secret, or the assertion was changed on its way.",
            "Check that the application signs with the private key whose public half is registered.",
        ),
        Reason::AssertionIssuer => Words::of(
            "Assertion's iss is not the client",
            "The assertion's iss must be the client_id, and it is not.",
            "Set iss to the client_id in the application.",
        ),
        Reason::AssertionSubject => Words::of(
            "Assertion's sub is not the client",
            "The assertion's sub must be the client_id, and it is not.",
            "Set sub to the client_id in the application.",
        ),
        Reason::AssertionAudience => Words::of(
            "Assertion has another audience",
            "The assertion's aud is not what this workspace demands.",
            "Set aud to the workspace's issuer in the application; for a library that sends the token endpoint, choose the legacy audience for this client.",
        ),
        Reason::AssertionExpired => Words::of(
            "Assertion has expired",
            "The assertion's exp has passed.",
            "Make a new assertion for each request, and check the clock of the application's machine.",
        ),
        Reason::AssertionNotYetValid => Words::of(
            "Assertion is not valid yet",
            "The assertion's iat or nbf lies in the future.",
            "Check the clock of the application's machine: it is ahead.",
        ),
        Reason::AssertionLifetime => Words::of(
            "Assertion lives too long",
            "The assertion's exp lies more than ten minutes ahead.",
            "Let the application make assertions that live for a minute.",
        ),
        Reason::AssertionReplayed => Words::of(
            "Assertion was used before",
            "An assertion with this jti has been used already; each may be used once.",
            "Make a new assertion with a new jti for each request, for each retry too.",
        ),
        Reason::JwksUnavailable => Words::of(
            "Client's keys cannot be fetched",
            "The client's jwks_uri did not answer with a key set.",
            "Open the jwks_uri from the server's network; addresses in private networks must be allowed by the operator.",
        ),
        Reason::CertificateMissing => Words::of(
            "No client certificate",
            "The connection carried no client certificate.",
            "Call the mTLS address of the token endpoint with the certificate and its key; a proxy in between must pass the certificate on.",
        ),
        Reason::CertificateUntrusted => Words::of(
            "Certificate is not trusted",
            "The certificate does not lead to an authority that this workspace trusts.",
            "Trust the certificate's authority, or let the application send its intermediate certificates too.",
        ),
        Reason::CertificateExpired => Words::of(
            "Certificate is out of date",
            "A certificate on the way is not valid at this time.",
            "Renew the certificate, and check the clocks.",
        ),
        Reason::CertificateSubject => Words::of(
            "Certificate has another subject",
            "The certificate's subject is not the registered one.",
            "Register the subject that was presented if it is the right one, or present the right certificate.",
        ),
        Reason::CertificateSan => Words::of(
            "Certificate has other names",
            "None of the certificate's alternative names is the registered one.",
            "Register the name that was presented if it is the right one, or present the right certificate.",
        ),
        Reason::CertificateNotRegistered => Words::of(
            "Certificate is not registered",
            "The certificate is none of those that are registered for the client.",
            "Register this certificate if it is the client's new one.",
        ),
    }
}
