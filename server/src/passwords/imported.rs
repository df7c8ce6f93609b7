//! Hashes of passwords that are brought here from elsewhere: argon2id as a PHC string (RFC 9106), or bcrypt.
//!
//! Each is bounded when it comes, because every later sign-in pays for it: one hash of 4 GiB would be a way to stop the server.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Params, Version};
use bcrypt::HashParts;

/// KiB of memory.
const MAX_MEMORY: u32 = 64 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 16;
/// A PHC string of the longest salt and hash is shorter.
const MAX_LEN: usize = 256;
/// Shorter ones are met by chance.
const MIN_HASH_LEN: usize = 16;
const MIN_COST: u32 = 4;
const MAX_COST: u32 = 14;

/// Whether `hash` is one of bcrypt's. `$2x$` is not: it stands for the passwords of an implementation that was broken.
pub fn is_bcrypt(hash: &str) -> bool {
    ["$2a$", "$2b$", "$2y$"].iter().any(|prefix| hash.starts_with(prefix))
}

/// Whether a hash is to be replaced by ours as soon as the password is known: bcrypt, or argon2id in less memory, or with less work.
/// Memory is what makes guessing dear; more of it makes up for fewer passes, and not the other way round.
pub fn is_weaker_than_ours(hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else { return is_bcrypt(hash) };
    let (Ok(theirs), ours) = (Params::try_from(&parsed), Params::default()) else { return false };
    let work = |params: &Params| u64::from(params.m_cost()) * u64::from(params.t_cost());
    theirs.m_cost() < ours.m_cost() || work(&theirs) < work(&ours)
}

/// Checks a hash.
///
/// # Errors
/// A sentence for the one who brings it, when passwords cannot be verified against it, or too dearly.
pub fn check(hash: &str) -> Result<(), &'static str> {
    if is_bcrypt(hash) { bcrypt(hash) } else { argon2id(hash) }
}

fn bcrypt(hash: &str) -> Result<(), &'static str> {
    let parts: HashParts = hash.parse().map_err(|_| "this is no bcrypt hash")?;
    if !(MIN_COST..=MAX_COST).contains(&parts.get_cost()) {
        return Err("the cost of a bcrypt hash is 4 to 14");
    }
    Ok(())
}

fn argon2id(hash: &str) -> Result<(), &'static str> {
    const NEITHER: &str = "a hash is argon2id as a PHC string, or bcrypt ($2a$, $2b$ or $2y$)";
    if hash.len() > MAX_LEN {
        return Err(NEITHER);
    }
    let parsed = PasswordHash::new(hash).map_err(|_| NEITHER)?;
    if parsed.algorithm.as_str() != Algorithm::Argon2id.as_str() {
        return Err(NEITHER);
    }
    if parsed.version.is_some_and(|version| version != u32::from(Version::V0x13)) {
        return Err("of argon2id, version 19 is understood");
    }
    let params = Params::try_from(&parsed).map_err(|_| "these are no parameters of argon2id")?;
    if params.m_cost() > MAX_MEMORY || params.t_cost() > MAX_PASSES || params.p_cost() > MAX_LANES {
        return Err("an argon2id hash may take 64 MiB (m=65536), 10 passes and 16 lanes");
    }
    let is_long = parsed.hash.as_ref().is_some_and(|output| output.len() >= MIN_HASH_LEN);
    if parsed.salt.is_none() || !is_long {
        return Err("an argon2id hash has a salt and at least 16 octets");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_weaker_by_memory_or_by_work() {
        let phc =
            |params: &str| format!("$argon2id$v=19${params}$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        for weaker in ["m=8192,t=3,p=2", "m=19455,t=10,p=1", "m=19456,t=1,p=1", "m=30000,t=1,p=4"] {
            assert!(is_weaker_than_ours(&phc(weaker)), "{weaker}");
        }
        assert!(is_weaker_than_ours("$2b$14$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"));
        for good in ["m=19456,t=2,p=1", "m=19456,t=2,p=4", "m=65536,t=1,p=1", "m=65536,t=3,p=4"] {
            assert!(!is_weaker_than_ours(&phc(good)), "{good}");
        }
    }

    #[test]
    fn what_could_never_be_verified_or_too_dearly_is_refused() {
        let bcrypt = |begin: &str| format!("{begin}CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
        let phc = |begin: &str| format!("{begin}$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        for bad in [
            String::new(),
            "correct horse battery staple".to_owned(),
            "5f4dcc3b5aa765d61d8327deb882cf99".to_owned(),
            "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=".to_owned(),
            bcrypt("$2x$05$"),
            bcrypt("$2b$03$"),
            bcrypt("$2b$15$"),
            bcrypt("$2b$5$"),
            format!("{}x", bcrypt("$2b$05$")),
            "$2b$05$".to_owned(),
            phc("$argon2i$v=19$m=65536,t=2,p=1"),
            phc("$argon2d$v=19$m=65536,t=2,p=1"),
            phc("$argon2id$v=16$m=65536,t=2,p=1"),
            phc("$argon2id$v=19$m=65537,t=2,p=1"),
            phc("$argon2id$v=19$m=65536,t=11,p=1"),
            phc("$argon2id$v=19$m=65536,t=2,p=17"),
            phc("$argon2id$v=19$m=4,t=2,p=1"),
            phc("$pbkdf2-sha256$i=600000"),
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ".to_owned(),
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO0".to_owned(),
            "$argon2id$v=19$m=65536,t=2,p=1".to_owned(),
        ] {
            assert!(check(&bad).is_err(), "{bad}");
        }
        for good in [
            bcrypt("$2a$04$"),
            bcrypt("$2b$14$"),
            bcrypt("$2y$10$"),
            phc("$argon2id$v=19$m=65536,t=10,p=16"),
            phc("$argon2id$v=19$m=7168,t=5,p=1"),
        ] {
            assert_eq!(check(&good), Ok(()), "{good}");
        }
    }
}
