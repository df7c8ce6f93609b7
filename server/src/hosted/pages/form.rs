//! What every form of a page carries.

/// Where a form goes and what it takes along.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'a> {
    /// The address that it is sent to, on this server.
    pub action: &'a str,
    /// The token against cross-site request forgery, sent as `csrf`.
    pub csrf: &'a str,
    /// Other fields that nobody sees, by name and value.
    pub hidden: &'a [(&'a str, &'a str)],
}
