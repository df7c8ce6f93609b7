//! Workspaces: the list of a tenant, which is where its administrators begin; and what is set for one (`settings`).

mod create;
mod list;
pub(crate) mod methods;
mod settings;

pub(crate) use list::Workspaces;
pub(crate) use settings::WorkspaceSettings;
