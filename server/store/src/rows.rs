//! What records share: insertion unless there is one already, and how columns become values and back.

use cardea_protocol::Scope;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryTrait, sea_query::OnConflict};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{InsertOutcome, StoreError};

/// Inserts one row; a row in its way is an outcome and leaves the transaction usable.
pub(crate) async fn insert<A, C>(db: &C, row: A) -> Result<InsertOutcome, StoreError>
where
    A: ActiveModelTrait,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    C: ConnectionTrait,
{
    let mut statement = A::Entity::insert(row).into_query();
    statement.on_conflict(OnConflict::new().do_nothing().to_owned());
    let inserted = db.execute(&statement).await?.rows_affected() == 1;
    Ok(InsertOutcome::of(inserted))
}

/// A value as a JSON column holds it.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(StoreError::corrupt)
}

/// A value out of a JSON column.
pub(crate) fn from_json<T: DeserializeOwned>(what: &str, value: Value) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|error| StoreError::corrupt(format_args!("{what}: {error}")))
}

/// A word or id out of a text column.
pub(crate) fn known<T>(what: &str, value: Option<T>) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::corrupt(what))
}

/// A scope out of a text column, where that of no tokens is empty.
pub(crate) fn scope(what: &str, text: &str) -> Result<Scope, StoreError> {
    let scope = Scope::from_tokens(text.split(' ').filter(|token| !token.is_empty()));
    scope.map_err(|error| StoreError::corrupt(format_args!("{what}: {error}")))
}

/// Zero stands for never.
pub(crate) fn unless_zero(millis: i64) -> Option<cardea_protocol::Timestamp> {
    (millis != 0).then(|| cardea_protocol::Timestamp::from_millis(millis))
}

/// What `q` looks in: the id and the name, in lower case.
pub(crate) fn search_text(id: &str, name: &str) -> String {
    format!("{id} {name}").to_lowercase()
}
