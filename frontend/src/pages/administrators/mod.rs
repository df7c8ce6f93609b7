//! Who administers a tenant, in which role and where.

mod appoint;
mod list;
mod people;
mod picker;
pub(crate) mod roles;

pub(crate) use list::Administrators;
