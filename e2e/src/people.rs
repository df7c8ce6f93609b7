//! People of a workspace: users in the pool that it uses.

use cardea_api::path;
use cardea_api::user::{NewUser, UserSettings, UserView};
use cardea_protocol::UserPoolId;

use crate::admin::Admin;
use crate::workspace::Workspace;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

impl Workspace {
    /// Somebody new in the tenant's default pool, with [`PASSWORD`]; answers their id.
    pub async fn person(&self, admin: &Admin, username: &str) -> String {
        self.person_in(admin, "default", username).await
    }

    /// Somebody new in a pool of the tenant.
    pub async fn person_in(&self, admin: &Admin, pool: &str, username: &str) -> String {
        let settings = UserSettings {
            username: username.to_owned(),
            email: Some(format!("{username}@example.com")),
            email_verified: true,
            name: Some("Some Body".to_owned()),
            ..UserSettings::default()
        };
        let user = NewUser { settings, password: Some(PASSWORD.to_owned()), password_hash: None };
        let users = path::users(&self.tenant, &UserPoolId::parse(pool).unwrap());
        admin.create::<UserView>(&users, &user).await.id
    }
}
