//! The ways in which people write names, and how they are told apart.

use super::{
    RelativeName,
    attribute_type::{Place, place},
};

/// The spellings of a name that are understood. The text decides, by its syntax:
///
/// 1. It begins with `/`: [`Self::OpensslSlash`].
/// 2. Each `=` between attribute and value has a space on both sides: [`Self::OpensslDefault`].
/// 3. No comma between RDNs is followed by a space: [`Self::Rfc4514`].
/// 4. Each comma between RDNs is followed by a space, but the `=` stand alone (`CN=x, O=Acme`). OpenSSL 3.2 and later write
///    names so from the root to the leaf, Java and Windows from the leaf to the root: this alone is **ambiguous**. After
///    `subject=`, which only OpenSSL writes, it is [`Self::OpensslDefault`]. Otherwise it is [`Self::Rfc4514`], unless it plainly begins at the
///    root: with a country or domain component where it does not end with one, or with a place or organisation where it ends with what is
///    named in the end (`CN`, `UID`, `serialNumber`, an email address …).
/// 5. Anything between is [`Self::Rfc4514`].
///
/// Whoever registers a name sees it in its canonical form, and so how it was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `CN=x,O=Acme\, Ltd,C=GB`: the leaf first. Also `openssl x509 -subject -nameopt RFC2253`, Java and Windows.
    Rfc4514,
    /// `C = GB, O = "Acme, Ltd", CN = x`: the root first. What `openssl x509 -subject` writes; without the spaces around `=` since 3.2.
    OpensslDefault,
    /// `/C=GB/O=Acme, Ltd/CN=x`: the root first, hardly anything escaped. `openssl x509 -subject -nameopt compat`, Apache, older tools.
    OpensslSlash,
}

/// What the commas and equal signs of a text looked like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    /// Whether each `=` had a space on both sides.
    pub(super) wide_equals: bool,
    /// Whether there was a comma, and each had a space after it.
    pub(super) wide_commas: bool,
}

impl Spelling {
    /// Rules 2 to 5, for a text with commas; `rdns` are in the order of the text.
    pub(super) fn with_commas(spacing: Spacing, after_subject: bool, rdns: &[RelativeName]) -> Self {
        let from_root = spacing.wide_equals || (spacing.wide_commas && (after_subject || begins_at_root(rdns)));
        if from_root { Self::OpensslDefault } else { Self::Rfc4514 }
    }
}

fn begins_at_root(rdns: &[RelativeName]) -> bool {
    let (Some(first), Some(last)) = (rdns.first(), rdns.last()) else { return false };
    match place_of(first) {
        Place::Root => place_of(last) != Place::Root,
        Place::Branch => place_of(last) == Place::Leaf,
        Place::Leaf | Place::Unknown => false,
    }
}

/// The place of the first attribute of an RDN that has one.
fn place_of(rdn: &RelativeName) -> Place {
    let places = rdn.iter().map(|attribute| place(&attribute.kind));
    places.into_iter().find(|place| *place != Place::Unknown).unwrap_or(Place::Unknown)
}
