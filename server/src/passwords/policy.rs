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

/// What a password must be like, for whoever chooses one.
pub fn in_words(policy: PasswordPolicy) -> String {
    let least = policy.min_length;
    format!(
        "At least {least} characters, and neither your username nor your e-mail address in it. A few words in a row are good."
    )
}

/// The settings of a pool with this policy.
pub fn settings(policy: PasswordPolicy) -> Value {
    json!({MIN_LENGTH: policy.min_length})
}
