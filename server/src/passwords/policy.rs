//! What a user pool demands of passwords, as it is stored with the pool.

use cardea_protocol::PasswordPolicy;
use cardea_store::UserPoolRecord;
use serde_json::{Value, json};

const MIN_LENGTH: &str = "password_min_length";

/// The policy of a pool; where it says nothing, the default.
pub fn of(pool: &UserPoolRecord) -> PasswordPolicy {
    let min_length = pool.settings.get(MIN_LENGTH).and_then(Value::as_u64).and_then(|length| u8::try_from(length).ok());
    min_length.map_or_else(PasswordPolicy::default, |min_length| PasswordPolicy { min_length })
}

/// The settings of a pool with this policy.
pub fn settings(policy: PasswordPolicy) -> Value {
    json!({MIN_LENGTH: policy.min_length})
}
