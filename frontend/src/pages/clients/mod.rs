//! Clients: the list, registering one, and the pages of one.

mod activity;
mod code;
mod consents;
mod credentials;
mod danger;
mod for_developers;
mod keys;
mod list;
mod one;
mod overview;
mod register;
mod saving;
mod scope_list;
mod scopes;
mod settings;
mod snippets;
mod tokens;
mod words;

pub(crate) use activity::Activity;
pub(crate) use code::Code;
pub(crate) use consents::Consents;
pub(crate) use credentials::Credentials;
pub(crate) use list::Clients;
pub(crate) use one::Client;
pub(crate) use overview::Overview;
pub(crate) use register::NewClient;
pub(crate) use scopes::Scopes;
pub(crate) use settings::Settings;
pub(crate) use tokens::Tokens;
