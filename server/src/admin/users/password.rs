//! The password in a body: taken out of it at once, checked by the policy of the pool, and hashed before any transaction begins.

use cardea_protocol::password::normalised;
use cardea_protocol::violation::Violation;
use cardea_protocol::{PasswordPolicy, Secret};
use cardea_store::PasswordHash;
use serde_json::{Map, Value};

use super::rules::Person;
use crate::app::App;
use crate::failure::Failure;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::passwords::imported;

const PASSWORD: &str = "password";
const PASSWORD_HASH: &str = "password_hash";

/// What a body says about the password.
pub enum Given {
    /// Nothing.
    Nothing,
    /// That there is none from now on.
    Removal,
    /// This password.
    Password(Secret),
    /// The one behind this hash, which was checked.
    Hash(PasswordHash),
}

impl Given {
    /// Takes the members about the password out of a body.
    ///
    /// # Errors
    /// When there are two of them, or one is no password and no hash.
    pub fn take(members: &mut Map<String, Value>) -> Result<Self, Vec<Violation>> {
        let is_removed = members.get(PASSWORD) == Some(&Value::Null);
        let password: Option<Secret> = strict::take(members, PASSWORD)?;
        let hash: Option<String> = strict::take(members, PASSWORD_HASH)?;
        let refused = |code, message: &str| Err(vec![Violation::new(format!("/{PASSWORD_HASH}"), code, message)]);
        match (password, hash) {
            (Some(_), Some(_)) => refused("not_allowed", "there is one password: give it, or its hash"),
            (None, Some(hash)) => match imported::check(&hash) {
                Ok(()) => Ok(Self::Hash(PasswordHash::new(hash))),
                Err(message) => refused("invalid_value", message),
            },
            (Some(password), None) => Ok(Self::Password(password)),
            (None, None) if is_removed => Ok(Self::Removal),
            (None, None) => Ok(Self::Nothing),
        }
    }

    /// Checks it by the policy; a hash tells nothing to be checked.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub(super) fn check(&self, policy: PasswordPolicy, person: &Person) -> Result<(), Vec<Violation>> {
        let Self::Password(password) = self else { return Ok(()) };
        let checked = policy.check(password.expose(), &person.username, person.email.as_ref());
        checked.map_err(|refused| vec![Violation::new(format!("/{PASSWORD}"), refused.code(), refused.to_string())])
    }

    /// What is stored.
    ///
    /// # Errors
    /// When too many slow hashes are wanted at once.
    pub(super) async fn hashed(self, app: &App) -> Result<Change, Refusal> {
        match self {
            Self::Nothing => Ok(Change::None),
            Self::Removal => Ok(Change::To(None)),
            Self::Hash(hash) => Ok(Change::To(Some(hash))),
            Self::Password(password) => {
                let password = Secret::new(normalised(password.expose()).to_string());
                let hash = app.passwords.hash(&password).await.map_err(Failure::from)?;
                Ok(Change::To(Some(PasswordHash::new(hash))))
            }
        }
    }
}

/// What becomes of a password.
pub(super) enum Change {
    /// It stays.
    None,
    /// It is this one from now on, or none.
    To(Option<PasswordHash>),
}
