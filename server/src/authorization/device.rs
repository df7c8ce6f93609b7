//! A device that waits for somebody, as the person sees it who has typed its code (RFC 8628 §3.3). A code is looked up when it is
//! typed, and counted then (§5.1); afterwards the pages carry it along, tied to the browser in which it was typed.

use std::sync::Arc;

use actix_web::HttpResponse;
use cardea_protocol::{GrantType, UserCode};
use cardea_store::{DeviceCodeRecord, NewAuditEvent};

use super::asked::Refused;
use super::form_token::Begun;
use super::target::{self, OnBehalf};
use super::visit::Visit;
use crate::failure::Failure;
use crate::hosted::pages::DeviceCodeError;
use crate::workspace::{Client, Workspace};

/// The page where codes are typed (`verification_uri`).
pub const PATH: &str = "/device";
/// Seconds for which both codes of a device are good: people have to find their telephone first.
pub const LIFETIME: u32 = 600;
/// The parameter that holds one.
pub const USER_CODE: &str = "user_code";

/// A device that could be let in, if the person agrees.
pub struct Device {
    /// The application on it.
    pub client: Arc<Client>,
    /// What it asks for.
    pub record: DeviceCodeRecord,
    /// What the person has typed.
    pub user_code: UserCode,
    /// Since when.
    pub begun: Begun,
    carried: String,
}

/// Whether devices are let in here.
pub fn is_enabled(workspace: &Workspace) -> bool {
    workspace.settings.grant_types.contains(&GrantType::DeviceCode)
}

impl Device {
    /// The device that shows the code that somebody types. Each wrong one counts, for the browser and for where it is: whoever
    /// has tried too many is not told of right ones either.
    ///
    /// # Errors
    /// The code is asked for anew, whatever is wrong with it; or the store is down.
    pub async fn of_typed(visit: &Visit<'_>, typed: &str) -> Result<Self, Refused> {
        let throttle = &visit.app.throttle;
        let attempt = visit.attempt("user codes");
        // Counted first and taken back when it was right: many at once are counted as well.
        let verdict = throttle.failed(attempt);
        if let Some(seconds) = verdict.retry_after {
            if verdict.record {
                record_guess(visit);
            }
            return Err(asked_anew(typed, DeviceCodeError::TooMany { seconds }));
        }
        let begun = Begun::now(visit.app.clock.now(), false);
        let found = match UserCode::typed(typed) {
            Some(user_code) => Self::find(visit, user_code, begun).await,
            None => Ok(None),
        };
        match found {
            Ok(None) => {
                record_guess(visit);
                Err(asked_anew(typed, DeviceCodeError::Unknown))
            }
            found => {
                throttle.forgive(attempt);
                found?.ok_or_else(|| asked_anew(typed, DeviceCodeError::Unknown))
            }
        }
    }

    /// The same device, as a page carries it along; `token` says that its code was typed in this browser.
    ///
    /// # Errors
    /// Without that, nothing is looked up: the code is asked for anew. So it is when nobody may decide any more.
    pub async fn resume(visit: &Visit<'_>, typed: &str, token: Option<&str>) -> Result<Self, Refused> {
        let again = |error| asked_anew(typed, error);
        let user_code = UserCode::typed(typed).ok_or_else(|| again(DeviceCodeError::Unknown))?;
        let begun = visit.begun(&carried(&user_code), token).ok_or_else(|| again(DeviceCodeError::FormExpired))?;
        Self::find(visit, user_code, begun).await?.ok_or_else(|| again(DeviceCodeError::Unknown))
    }

    /// A code that is unknown, expired or used, and one whose client may not have what it asked for any more, are all the same.
    async fn find(visit: &Visit<'_>, user_code: UserCode, begun: Begun) -> Result<Option<Self>, Refused> {
        let (app, workspace) = (visit.app, &visit.workspace);
        let found = workspace.scoped(&app.store).find_device_code(user_code.as_str(), app.clock.now()).await;
        let found = found.map_err(|error| Arc::new(Failure::from(error)))?;
        let Some(record) = found.filter(|_| is_enabled(workspace)) else { return Ok(None) };
        let Some(client) = app.client(workspace, record.client_id.as_str()).await? else { return Ok(None) };
        let carried = carried(&user_code);
        let device = Self { client, record, user_code, begun, carried };
        Ok(Some(device).filter(|device| device.is_allowed(visit)))
    }

    fn is_allowed(&self, visit: &Visit<'_>) -> bool {
        let (metadata, record) = (&self.client.metadata, &self.record);
        let resource: Vec<&str> = record.resource.iter().map(String::as_str).collect();
        let scope = (!record.scope.is_empty()).then(|| record.scope.as_str());
        self.client.is_active()
            && metadata.grant_types.contains(&GrantType::DeviceCode)
            && target::scope(&visit.workspace, visit.app, metadata, scope, &resource, OnBehalf::OfAPerson).is_ok()
    }

    /// How pages carry it along.
    pub fn carried(&self) -> &str {
        &self.carried
    }

    /// The next step.
    pub fn onwards(&self, visit: &Visit<'_>, begun: Begun) -> HttpResponse {
        visit.onwards(PATH, &self.carried, begun)
    }

    /// The code is asked for anew.
    pub fn asked_anew(&self, error: DeviceCodeError) -> Refused {
        asked_anew(&self.user_code.to_string(), error)
    }
}

fn carried(user_code: &UserCode) -> String {
    format!("{USER_CODE}={}", user_code.as_str())
}

fn asked_anew(typed: &str, error: DeviceCodeError) -> Refused {
    Refused::AskUserCode(typed.to_owned(), error)
}

fn record_guess(visit: &Visit<'_>) {
    let reason = Some("unknown_user_code".into());
    let detail = serde_json::json!({"endpoint": "device"});
    let event = visit.event("device.approved", None, None);
    visit.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
}
