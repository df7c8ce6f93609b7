//! The policy of a workspace, member by member, judged by the validator of the server while it is being changed.
//!
//! The methods and what belongs to them have a page of their own; everything else is here.

use leptos::prelude::*;
use serde_json::Value;

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, WorkspaceId};

use crate::api::Tagged;
use crate::data::{load, shown};
use crate::form::{Form, SaveBar};
use crate::may::use_may;
use crate::pages::tenants::danger::{DangerZone, Stakes};
use crate::paths;
use crate::shell::here;
use crate::ui::page::{Notice, PageHead, Tone};
use crate::workspace_form::violations;

mod general;
mod grants;
mod initial_access_tokens;
mod look;
mod policy;
mod profile;
mod registration;
mod sign_in;
mod tokens;

use general::General;
use grants::{Grants, Requests};
use look::Look;
use profile::ProfileSection;
use registration::RegistrationSection;
use sign_in::SignIn;
use tokens::Tokens;

/// The settings of a workspace.
#[component]
pub(crate) fn WorkspaceSettings() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let (of, in_) = (tid.clone(), aid.clone());
    let workspace = load(move || path::workspace(&of, &in_), |api, path| async move { api.read::<Value>(&path).await });
    view! {
        <PageHead title="Settings" about="What this workspace serves, to whom, and for how long things live."/>
        {shown(workspace, 12, move |workspace| view! { <Fields tid=tid.clone() aid=aid.clone() workspace/> })}
    }
}

#[component]
fn Fields(tid: TenantId, aid: WorkspaceId, workspace: Tagged<Value>) -> impl IntoView {
    let may = use_may();
    let may_write = may.in_workspace(Permission::WorkspacesWrite, &tid, &aid);
    let form = Form::of(workspace).judged(violations);
    let object = path::workspace(&tid, &aid);
    let is_admin = aid == WorkspaceId::admin();
    let stakes = Stakes {
        what: "workspace",
        id: aid.to_string(),
        path: object.clone(),
        disabling: "It answers nothing any more and the tokens it issued are refused here, until it is enabled again. Nothing is deleted.",
        deleting: "All its clients, services, keys and settings are deleted and its tokens stop working at once. Users stay in their pool. This cannot be undone.",
        protected: is_admin
            .then_some("Administrators sign in to this workspace: it can be neither disabled nor deleted."),
        may_disable: may_write,
        may_delete: may.in_workspace(Permission::WorkspacesDelete, &tid, &aid),
        gone_to: paths::tenant(&tid),
    };
    view! {
        {(!may_write).then(|| view! {
            <Notice tone=Tone::Info>"Your role may look at these settings but not change them."</Notice>
        })}
        <fieldset class="settings" disabled=!may_write>
            <legend class="visually-hidden">"Settings of the workspace"</legend>
            <General form/>
            <ProfileSection form tid=tid.clone() aid=aid.clone()/>
            <Grants form/>
            <Requests form/>
            <Tokens form/>
            <SignIn form tid=tid.clone()/>
            <RegistrationSection form tid aid/>
            <Look form/>
        </fieldset>
        {may_write.then(|| view! { <SaveBar form path=object/> })}
        <DangerZone form stakes/>
    }
}
