//! nginx's `$ssl_client_escaped_cert`: one certificate as PEM, percent-encoded.

use super::{MalformedClientCert, PresentedChain, percent_decoded};
use crate::pem;

pub(super) fn presented(value: &str) -> Result<PresentedChain, MalformedClientCert> {
    // What nginx escapes has no blank or comma left; either one is the seam between two fields joined into one.
    if value.contains([' ', ',', ';', '\t']) {
        return Err(MalformedClientCert("not one certificate as PEM with percent escapes"));
    }
    let certificates = pem::certificates(&percent_decoded(value)?)?;
    match <[Vec<u8>; 1]>::try_from(certificates) {
        Ok([leaf]) => Ok(PresentedChain { leaf, intermediates: Vec::new() }),
        Err(_) => Err(MalformedClientCert("more than one certificate")),
    }
}
