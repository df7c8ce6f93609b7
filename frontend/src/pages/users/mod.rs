//! The people who can sign in: pools, their users, one user.

pub(crate) mod access;
mod create;
mod link;
mod list;
mod pools;
mod reset;
mod user;
mod verification;

pub(crate) use list::Users;
pub(crate) use pools::Pools;
pub(crate) use user::User;
