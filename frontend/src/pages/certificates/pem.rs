//! The blocks of a PEM file (RFC 7468 §2), as far as the console has to tell them apart.

const CERTIFICATE: &str = "CERTIFICATE";
const CRL: &str = "X509 CRL";

/// What is in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// Its certificates, each as PEM.
    pub(super) certificates: Vec<String>,
    /// Its revocation lists, each as PEM.
    pub(super) revocation_lists: Vec<String>,
    /// Whether there is a private key in it.
    pub(super) has_private_key: bool,
}

/// Takes a file apart.
pub(super) fn contents(text: &str) -> Contents {
    let mut found = Contents::default();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let Some((label, body)) = after.split_once("-----") else { break };
        let end = format!("-----END {label}-----");
        let Some((body, next)) = body.split_once(&end) else { break };
        let block = format!("-----BEGIN {label}-----{body}{end}\n");
        match label {
            CERTIFICATE | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => found.certificates.push(block),
            CRL => found.revocation_lists.push(block),
            label if label.ends_with("PRIVATE KEY") => found.has_private_key = true,
            _ => {}
        }
        rest = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(label: &str, body: &str) -> String {
        format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
    }

    #[test]
    fn blocks_are_told_apart_whatever_stands_around_them() {
        let text = format!(
            "subject=x\r\n{}\n{}junk{}",
            block(CERTIFICATE, "YQ=="),
            block(CERTIFICATE, "Yg=="),
            block(CRL, "Yw==")
        );
        let found = contents(&text);
        assert_eq!(found.certificates, [block(CERTIFICATE, "YQ=="), block(CERTIFICATE, "Yg==")]);
        assert_eq!((found.revocation_lists.len(), found.has_private_key), (1, false));
    }

    #[test]
    fn a_private_key_is_noticed_and_not_kept() {
        let found = contents(&(block("EC PRIVATE KEY", "c2VjcmV0") + &block(CERTIFICATE, "YQ==")));
        assert!(found.has_private_key && found.certificates.len() == 1);
        assert!(!format!("{found:?}").contains("c2VjcmV0"));
    }

    #[test]
    fn what_is_cut_off_is_nothing() {
        assert_eq!(contents("-----BEGIN CERTIFICATE-----\nYQ=="), Contents::default());
        assert_eq!(contents(""), Contents::default());
    }
}
