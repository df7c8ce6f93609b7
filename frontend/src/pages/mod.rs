//! The pages: one folder a resource.

pub(crate) mod administrators;
pub(crate) mod audit;
pub(crate) mod callback;
pub(crate) mod certificates;
pub(crate) mod clients;
pub(crate) mod decoder;
pub(crate) mod keys;
pub(crate) mod methods;
pub(crate) mod not_found;
pub(crate) mod overview;
pub(crate) mod scopes;
pub(crate) mod services;
pub(crate) mod sign_in;
pub(crate) mod sign_in_again;
pub(crate) mod tenants;
pub(crate) mod users;
pub(crate) mod welcome;
pub(crate) mod workspaces;
