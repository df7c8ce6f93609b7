//! One user: who they are, whether they may sign in, where they are signed in, and what they have agreed to.

use leptos::prelude::*;
use serde_json::Value;

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, UserPoolId};

use super::access::{Consents, Sessions};
use super::reset::ResetLink;
use super::verification::EmailVerification;
use crate::api::Tagged;
use crate::data::{load, shown};
use crate::form::{Form, SaveBar};
use crate::may::use_may;
use crate::pages::not_found::NotFound;
use crate::pages::tenants::danger::{DangerZone, Stakes};
use crate::paths;
use crate::shell::here;
use crate::ui::field::{Switch, TextField};
use crate::ui::page::{Fact, Facts, PageHead, Section};

/// The page of a user.
#[component]
pub(crate) fn User() -> impl IntoView {
    let (tid, user) = (here::tid(), here::parameter("user"));
    let Ok(pool) = UserPoolId::parse(&here::parameter("pool")) else { return view! { <NotFound/> }.into_any() };
    let at = path::user(&tid, &pool, &user);
    let found = load(move || at.clone(), |api, path| async move { api.read::<Value>(&path).await });
    shown(found, 8, move |found| view! { <Fields tid=tid.clone() pool=pool.clone() user=user.clone() found/> })
        .into_any()
}

#[component]
fn Fields(tid: TenantId, pool: UserPoolId, user: String, found: Tagged<Value>) -> impl IntoView {
    let may_write = use_may().in_tenant(Permission::UsersWrite, &tid);
    let username = found.value.get("username").and_then(Value::as_str).unwrap_or_default().to_owned();
    let form = Form::of(found);
    let object = path::user(&tid, &pool, &user);
    let list = paths::pool(&tid, pool.as_str());
    let (id, copied, of_link, of_sessions) = (user.clone(), user.clone(), user.clone(), user.clone());
    let of_address = user.clone();
    let stakes = Stakes {
        what: "user",
        id: username.clone(),
        path: object.clone(),
        disabling: "They are signed out everywhere, their tokens are revoked, and they cannot sign in until they are enabled again.",
        deleting: "They are gone with their sessions, their consents and all tokens that applications have of them. This cannot be undone.",
        protected: None,
        may_disable: may_write,
        may_delete: may_write,
        gone_to: list.clone(),
    };
    view! {
        <PageHead title=username back=(list, format!("Users of {pool}"))/>
        <Section title="Profile">
            <TextField label="Username" id="username" name="username" value=form.text("username") problem=form.problem("/username") read_only=!may_write/>
            <TextField label="E-mail" id="email" name="email" kind="email" value=form.text("email") problem=form.problem("/email") read_only=!may_write/>
            <Switch
                label="The e-mail address is verified"
                id="email_verified"
                checked=form.flag("email_verified")
                disabled=!may_write
                hint="Applications are told so. Another address is not verified until that is said again."
            />
            <TextField label="Name" id="name" name="name" value=form.text("name") problem=form.problem("/name") read_only=!may_write/>
            <TextField label="Given name" id="given_name" name="given_name" value=form.text("given_name") problem=form.problem("/given_name") read_only=!may_write/>
            <TextField label="Family name" id="family_name" name="family_name" value=form.text("family_name") problem=form.problem("/family_name") read_only=!may_write/>
            <TextField label="Language" id="locale" name="locale" value=form.text("locale") problem=form.problem("/locale") placeholder="en" read_only=!may_write/>
            <Facts><Fact label="Id" copy=copied><code>{id}</code></Fact></Facts>
        </Section>
        {may_write.then(|| view! { <SaveBar form path=object.clone()/> })}
        <EmailVerification tid=tid.clone() pool=pool.clone() user=of_address form may_write/>
        {may_write.then(|| view! {
            <ResetLink tid=tid.clone() pool=pool.clone() user=of_link/>
        })}
        <Sessions tid=tid.clone() pool=pool.clone() user=of_sessions may_write/>
        <Consents tid pool user may_write/>
        <DangerZone form stakes/>
    }
}
