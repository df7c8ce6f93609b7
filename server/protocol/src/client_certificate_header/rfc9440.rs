//! `Client-Cert` and `Client-Cert-Chain`: RFC 9440 §2, byte sequences of RFC 9651 §3.3.5.

use super::{MalformedClientCert, PresentedChain};
use crate::encoding::base64_decoded;

/// A chain does not hold the leaf (§2.3).
pub(super) fn presented(value: &str, chain: Option<&str>) -> Result<PresentedChain, MalformedClientCert> {
    let leaf = byte_sequence(value)?;
    let intermediates = match chain {
        Some(list) => {
            list.split(',').map(|item| byte_sequence(item.trim_matches([' ', '\t']))).collect::<Result<_, _>>()?
        }
        None => Vec::new(),
    };
    Ok(PresentedChain { leaf, intermediates })
}

/// `:base64:`; the standard defines no parameters here, so what follows is not from the proxy.
fn byte_sequence(item: &str) -> Result<Vec<u8>, MalformedClientCert> {
    let base64 = item.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
    let der = base64.and_then(base64_decoded).filter(|der| !der.is_empty());
    der.ok_or(MalformedClientCert("not one byte sequence of RFC 9440, base64 between colons"))
}
