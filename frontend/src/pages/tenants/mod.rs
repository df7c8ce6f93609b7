//! Tenants: the list for the platform's operators, and what can be set about one. What dialogs that create things have in
//! common (`creation`), and what cannot be taken back (`danger`), is shared with workspaces.

mod create;
pub(crate) mod creation;
pub(crate) mod danger;
mod list;
mod settings;
pub(crate) mod status;

pub(crate) use list::Tenants;
pub(crate) use settings::TenantSettings;
