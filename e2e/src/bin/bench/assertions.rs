//! Client assertions by the hundred thousand, signed on every core before the time is taken.

use std::thread;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use aws_lc_rs::{hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_e2e::now;
use serde_json::{Value, json};

use crate::Outcome;

/// What the client signs with; parsed once.
pub(crate) enum Key {
    /// `private_key_jwt`.
    Es256(EcdsaKeyPair),
    /// `client_secret_jwt`.
    Hs256(Box<hmac::Key>),
}

impl Key {
    /// A new key pair.
    pub(crate) fn es256() -> Outcome<Self> {
        Ok(Self::Es256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?))
    }

    /// A client's secret.
    pub(crate) fn hs256(secret: &str) -> Self {
        Self::Hs256(Box::new(hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())))
    }

    /// The uncompressed public point, if it has one.
    pub(crate) fn public_point(&self) -> &[u8] {
        match self {
            Self::Es256(pair) => pair.public_key().as_ref(),
            Self::Hs256(_) => &[],
        }
    }

    /// The public key for registration.
    pub(crate) fn jwks(&self) -> Value {
        let coordinate = |from| URL_SAFE_NO_PAD.encode(self.public_point().get(from..from + 32).unwrap_or_default());
        json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "bench", "x": coordinate(1), "y": coordinate(33)}]})
    }

    fn header(&self) -> &'static str {
        match self {
            Self::Es256(_) => r#"{"typ":"client-authentication+jwt","alg":"ES256","kid":"bench"}"#,
            Self::Hs256(_) => r#"{"typ":"client-authentication+jwt","alg":"HS256"}"#,
        }
    }

    fn append_signature(&self, jwt: &mut String) -> Outcome<()> {
        let message = jwt.as_bytes();
        let signature = match self {
            Self::Es256(pair) => URL_SAFE_NO_PAD.encode(pair.sign(&SystemRandom::new(), message)?),
            Self::Hs256(key) => URL_SAFE_NO_PAD.encode(hmac::sign(key, message)),
        };
        jwt.push('.');
        jwt.push_str(&signature);
        Ok(())
    }
}

/// Makes `count` requests with an assertion each, good for nine minutes; `request` puts an assertion into a request.
pub(crate) fn requests(
    key: &Key,
    client_id: &str,
    audience: &str,
    count: usize,
    request: impl Fn(&str) -> Vec<u8> + Sync,
) -> Outcome<Vec<Vec<u8>>> {
    let threads = thread::available_parallelism()?.get();
    let header = URL_SAFE_NO_PAD.encode(key.header()) + ".";
    let (iat, exp) = (now(), now() + 540);
    let make = || -> Outcome<Vec<u8>> {
        let mut jti = [0; 16];
        rand::fill(&mut jti)?;
        let jti = URL_SAFE_NO_PAD.encode(jti);
        let claims = json!({"iss": client_id, "sub": client_id, "aud": audience, "iat": iat, "exp": exp, "jti": jti});
        let mut jwt = header.clone();
        URL_SAFE_NO_PAD.encode_string(claims.to_string(), &mut jwt);
        key.append_signature(&mut jwt)?;
        Ok(request(&jwt))
    };
    thread::scope(|scope| {
        let share = || (0..count.div_ceil(threads)).map(|_| make()).collect::<Outcome<Vec<_>>>();
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
        let mut all = Vec::with_capacity(count + threads);
        for worker in workers {
            all.extend(worker.join().map_err(|_| "a signing thread panicked")??);
        }
        Ok(all)
    })
}
