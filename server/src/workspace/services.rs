//! The protected APIs of a workspace and which scope belongs to which.

use std::collections::HashMap;

use cardea_store::services::ServiceRecord;

/// One protected API.
pub struct Service {
    /// The value of `aud` in tokens for it (RFC 8707: an absolute URI).
    pub audience: String,
    /// Clients that act for it and may introspect its tokens.
    pub introspection_client_ids: Vec<String>,
    /// Whether it knows any scope at all.
    pub has_scopes: bool,
}

/// All services of a workspace, found by audience or by scope.
#[derive(Default)]
pub struct Services {
    services: Vec<Service>,
    by_scope: HashMap<String, OfService>,
}

/// A scope: whose it is, and what people read of it.
struct OfService {
    index: usize,
    display_name: Box<str>,
    description: Box<str>,
}

impl Services {
    /// Indexes the stored records.
    pub fn new(records: Vec<ServiceRecord>) -> Self {
        let mut all = Self::default();
        for (index, record) in records.into_iter().enumerate() {
            let has_scopes = !record.scopes.is_empty();
            all.by_scope.extend(record.scopes.into_iter().map(|scope| {
                let (display_name, description) = (scope.display_name.into(), scope.description.into());
                (scope.name, OfService { index, display_name, description })
            }));
            let introspection_client_ids =
                record.introspection_client_ids.iter().map(|id| id.as_str().to_owned()).collect();
            all.services.push(Service { audience: record.audience, introspection_client_ids, has_scopes });
        }
        all
    }

    /// The service whose audience is `audience`.
    pub fn by_audience(&self, audience: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.audience == audience)
    }

    /// The service that `scope` belongs to.
    pub fn by_scope(&self, scope: &str) -> Option<&Service> {
        self.by_scope.get(scope).and_then(|scope| self.services.get(scope.index))
    }

    /// What people read of `scope`: its name and what it allows, where somebody wrote that down.
    pub fn words(&self, scope: &str) -> (Option<&str>, Option<&str>) {
        let written = |text: &'_ str| !text.is_empty();
        let scope = self.by_scope.get(scope);
        let words = |text: fn(&OfService) -> &str| scope.map(text).filter(|text| written(text));
        (words(|scope| &scope.display_name), words(|scope| &scope.description))
    }

    /// Roughly how many octets it takes.
    pub fn weight(&self) -> u32 {
        let words: usize =
            self.by_scope.values().map(|scope| scope.display_name.len() + scope.description.len() + 32).sum();
        let acting: usize = self.services.iter().map(|service| service.introspection_client_ids.len()).sum();
        let octets = self.services.len() * 300 + self.by_scope.len() * 120 + words + acting * 80;
        u32::try_from(octets).unwrap_or(u32::MAX / 2)
    }

    /// Every scope there is, sorted.
    pub fn scopes(&self) -> Vec<&str> {
        let mut scopes: Vec<&str> = self.by_scope.keys().map(String::as_str).collect();
        scopes.sort_unstable();
        scopes
    }
}
