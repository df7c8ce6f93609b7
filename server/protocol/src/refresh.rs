//! Refresh tokens: RFC 6749 §6, RFC 9700 §4.14.2. When one is replaced, when it is a sign of theft, how long it lives, and how a
//! client may ask for less than it was granted.

use crate::{
    auth_method::AuthMethod,
    error::{Error, ErrorCode},
    scope::Scope,
    time::Timestamp,
    words::words,
    workspace_settings::Profile,
};

/// For how many seconds a replaced token still gets its successor, where the policy has a grace.
pub const GRACE_SECS: i64 = 30;

words! {
    /// Whether a refresh token is replaced when it is used.
    pub enum RefreshTokenRotation {
        /// Each time; the old one is worthless at once.
        Rotate = "rotate",
        /// Each time; for [`GRACE_SECS`] the old one gets the same successor again, because answers get lost on the way.
        RotateWithGrace = "rotate_with_grace",
        /// Not at all: the client proves each time who it is (FAPI 2.0 Security Profile §5.3.2.1 (9)).
        Never = "never",
    }
}

/// What to do for a refresh token that is known, unexpired and of this client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redemption {
    /// Replace it by a new one.
    Replace,
    /// It stays as it is.
    Keep,
    /// Answer with the successor that was made when it was replaced.
    RepeatSuccessor,
    /// Two hold it, and one of them has stolen it: revoke its family, and answer `invalid_grant`.
    RevokeFamily,
}

impl RefreshTokenRotation {
    /// The policy of a client that has not chosen one.
    #[must_use]
    pub fn default_for(method: AuthMethod, profile: Profile) -> Self {
        match (profile, method) {
            (Profile::Fapi2, _) => Self::Never,
            (Profile::Default, AuthMethod::None) => Self::Rotate,
            (Profile::Default, _) => Self::RotateWithGrace,
        }
    }

    /// Whether a client may choose it: who proves nothing must rotate (RFC 9700 §2.2.2), and `fapi_2` has no rotation.
    #[must_use]
    pub fn is_allowed_for(self, method: AuthMethod, profile: Profile) -> bool {
        match profile {
            Profile::Fapi2 => self == Self::Never,
            Profile::Default => self != Self::Never || method != AuthMethod::None,
        }
    }

    /// What a token is good for that was replaced at `replaced_at`, or never. During the grace a thief gets no token of his own: he
    /// and the client hold the same successor, and the second of them to use it later is found out.
    #[must_use]
    pub fn redeem(self, replaced_at: Option<Timestamp>, now: Timestamp) -> Redemption {
        match (self, replaced_at) {
            (Self::Never, None) => Redemption::Keep,
            (Self::Rotate | Self::RotateWithGrace, None) => Redemption::Replace,
            (Self::RotateWithGrace, Some(at)) if now <= at.plus_secs(GRACE_SECS) => Redemption::RepeatSuccessor,
            // Also where the policy has become `never` since: what was replaced stays replaced.
            (_, Some(_)) => Redemption::RevokeFamily,
        }
    }
}

/// How long the tokens of a family live, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshLifetime {
    /// Since the last use.
    pub idle: u32,
    /// Since the person agreed; no rotation prolongs it.
    pub absolute: u32,
}

impl RefreshLifetime {
    /// Until when a token is good that is issued `now` in a family that has `begun` then.
    #[must_use]
    pub fn expires_at(self, begun: Timestamp, now: Timestamp) -> Timestamp {
        now.plus_secs(i64::from(self.idle)).min(begun.plus_secs(i64::from(self.absolute)))
    }
}

/// The scope of a refreshed token: what was granted, or the part of it that `requested` names (RFC 6749 §6). The refresh token
/// itself keeps all that was granted.
///
/// # Errors
/// `invalid_scope` when it is malformed or names more.
pub fn narrowed_scope(granted: &Scope, requested: Option<&str>) -> Result<Scope, Error> {
    let refused = |description| Error::new(ErrorCode::InvalidScope, description);
    let Some(requested) = requested else { return Ok(granted.clone()) };
    let requested = Scope::parse(requested).map_err(|_| refused("The scope is malformed."))?;
    if requested.is_subset_of(granted) {
        Ok(requested)
    } else {
        Err(refused("The scope contains a value that was not granted."))
    }
}

/// The services of a token: those that were granted, or the part of them that `requested` names, each once (RFC 8707 §2.2).
///
/// # Errors
/// `invalid_target` when it names another.
pub fn narrowed_resources(granted: &[String], requested: &[&str]) -> Result<Vec<String>, Error> {
    if requested.iter().any(|resource| !granted.iter().any(|own| own == resource)) {
        return Err(Error::new(ErrorCode::InvalidTarget, "The resource is not one that was granted."));
    }
    let kept = granted.iter().filter(|own| requested.is_empty() || requested.contains(&own.as_str()));
    Ok(kept.cloned().collect())
}

#[cfg(test)]
mod tests;
