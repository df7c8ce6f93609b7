//! Services: the APIs that tokens of a workspace are for, each with its scopes.

mod create;
mod detail;
mod list;
mod scope_rows;

pub(crate) use detail::Service;
pub(crate) use list::Services;
