//! What can be set about a tenant: its name, whether it takes part; and its end.

use leptos::prelude::*;
use serde_json::Value;

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::TenantId;

use super::danger::{DangerZone, Stakes};
use crate::api::Tagged;
use crate::data::{load, shown};
use crate::form::{Form, SaveBar};
use crate::may::use_may;
use crate::paths;
use crate::shell::here;
use crate::ui::field::TextField;
use crate::ui::page::{Fact, Facts, PageHead, Section};

/// The settings of a tenant.
#[component]
pub(crate) fn TenantSettings() -> impl IntoView {
    let tid = here::tid();
    let key = tid.clone();
    let tenant = load(move || path::tenant(&key), |api, path| async move { api.read::<Value>(&path).await });
    view! {
        <PageHead title="Tenant settings" about="How this tenant is called, and whether it takes part."/>
        {shown(tenant, 6, move |tenant| view! { <Fields tid=tid.clone() tenant/> })}
    }
}

#[component]
fn Fields(tid: TenantId, tenant: Tagged<Value>) -> impl IntoView {
    let may = use_may();
    let may_write = may.in_tenant(Permission::TenantsWrite, &tid);
    let form = Form::of(tenant);
    let object = path::tenant(&tid);
    let id = tid.to_string();
    let stakes = Stakes {
        what: "tenant",
        id: id.clone(),
        path: object.clone(),
        disabling: "Nobody signs in to any workspace of this tenant and no token is issued, until it is enabled again. Nothing is deleted.",
        deleting: "Every workspace of the tenant is deleted, with all clients, users, keys and settings. Tokens stop working at once. This cannot be undone.",
        protected: (tid == TenantId::system()).then_some(
            "This tenant is the platform's own: its operators sign in to it. It can be neither disabled nor deleted.",
        ),
        may_disable: may.everywhere(Permission::TenantsDelete),
        may_delete: may.in_tenant(Permission::TenantsDelete, &tid),
        gone_to: paths::TENANTS.to_owned(),
    };
    view! {
        <Section title="General">
            <TextField
                label="Name"
                id="name"
                name="name"
                value=form.text("name")
                problem=form.problem("/name")
                read_only=!may_write
                hint="What people call it. Without one it goes by its id."
            />
            <Facts>
                <Fact label="Id" copy=id.clone()><code>{id.clone()}</code></Fact>
            </Facts>
        </Section>
        {may_write.then(|| view! { <SaveBar form path=object/> })}
        <DangerZone form stakes/>
    }
}
