//! The keys of one workspace as a request needs them: signers at hand, verifiers by `kid`, the JWKS written once.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::Bytes;
use cardea_protocol::{Jwk, SigningAlg, TenantId, WorkspaceId};
use cardea_store::keys::{KeyRecord, KeyState};
use serde_json::json;

use super::{KeyError, Signer, place};
use crate::tokens::verifier::Verifier;
use crate::vault::Vault;

/// Next, current and retired keys; revoked ones are not in it.
pub struct KeyRing {
    signers: Vec<Arc<Signer>>,
    verifiers: HashMap<String, Verifier>,
    jwks: Bytes,
}

impl KeyRing {
    /// The ring of the stored `records`.
    ///
    /// # Errors
    /// When a stored key does not open or is not what it says.
    pub fn load(
        vault: &Vault,
        tenant: &TenantId,
        workspace: &WorkspaceId,
        records: &[KeyRecord],
    ) -> Result<Self, KeyError> {
        let mut signers = Vec::new();
        let mut verifiers = HashMap::new();
        let mut published = Vec::new();
        for record in records.iter().filter(|record| !matches!(record.state, KeyState::Revoked { .. })) {
            if matches!(record.state, KeyState::Current) {
                let pkcs8 = vault.unseal(&place(tenant, workspace, &record.kid), &record.sealed_private)?;
                signers.push(Arc::new(Signer::new(record.alg, &record.kid, &pkcs8)?));
            }
            let jwk =
                Jwk::parse(&record.public_jwk).map_err(|_| KeyError::Crypto("a stored public key is not a JWK"))?;
            let verifier =
                Verifier::new(record.alg, &jwk).ok_or(KeyError::Crypto("a stored public key does not fit"))?;
            verifiers.insert(record.kid.clone(), verifier);
            published.push(&record.public_jwk);
        }
        let jwks = Bytes::from(json!({ "keys": published }).to_string());
        Ok(Self { signers, verifiers, jwks })
    }

    /// The signer of the current key for `alg`, if one was made.
    pub fn signer(&self, alg: SigningAlg) -> Option<&Arc<Signer>> {
        self.signers.iter().find(|signer| signer.alg() == alg)
    }

    /// The verifier of the key named `kid`.
    pub fn verifier(&self, kid: &str) -> Option<&Verifier> {
        self.verifiers.get(kid)
    }

    /// Roughly how many octets it takes.
    pub fn weight(&self) -> u32 {
        let keys = self.signers.len() * 4_000 + self.verifiers.len() * 600;
        u32::try_from(keys + self.jwks.len()).unwrap_or(u32::MAX / 2)
    }

    /// The JWK Set (RFC 7517 §5) as JSON.
    pub fn jwks(&self) -> &Bytes {
        &self.jwks
    }
}
