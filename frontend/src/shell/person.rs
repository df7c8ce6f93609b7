//! Who is signed in, in which role, and the way out.

use leptos::prelude::*;

use cardea_api::me::Me;

use crate::pages::administrators::roles::describe;
use crate::session::{Place, Session};
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;

/// The person's name and role, and the button to sign out.
#[component]
pub(crate) fn Person() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let of = move |told: fn(&Me) -> String| session.me.with(|me| me.as_ref().map(told).unwrap_or_default());
    let sign_out = move |()| session.sign_out(&Place::of_page());
    view! {
        <div class="person">
            <p class="person-name" title=move || of(sign_in)>
                <bdi class="person-called">{move || of(called)}</bdi>
                <span class="person-role">{move || of(role)}</span>
            </p>
            <IconButton icon=Icon::SignOut label="Sign out" action="sign-out" on_click=sign_out/>
        </div>
    }
}

/// What the person is called.
fn called(me: &Me) -> String {
    let names = [&me.name, &me.username, &me.email];
    names.into_iter().flatten().next().cloned().unwrap_or_else(|| me.subject.clone())
}

/// What the person signs in with, where that is another name.
fn sign_in(me: &Me) -> String {
    me.email.clone().or_else(|| me.username.clone()).unwrap_or_else(|| me.subject.clone())
}

/// The highest role, and in how many more.
fn role(me: &Me) -> String {
    let Some(highest) = me.roles.iter().map(|held| held.role).min() else { return "No role".to_owned() };
    let title = describe(highest).title;
    match me.roles.len() {
        1 => title.to_owned(),
        more => format!("{title} and {} more", more - 1),
    }
}

#[cfg(test)]
mod tests {
    use cardea_api::me::HeldRole;
    use cardea_protocol::id::TenantId;
    use cardea_protocol::role::Role;

    use super::*;

    #[test]
    fn a_person_has_a_name_and_the_highest_of_their_roles() {
        let held = |role| HeldRole { role, tenant_id: None, workspace_id: None, permissions: Vec::new() };
        let mut me = Me {
            subject: "usr_1".into(),
            client_id: "console".into(),
            tenant_id: TenantId::system(),
            username: None,
            name: None,
            email: None,
            roles: vec![held(Role::WorkspaceAuditor)],
        };
        assert_eq!((called(&me), role(&me)), ("usr_1".to_owned(), "Workspace auditor".to_owned()));
        me.username = Some("ada".into());
        me.email = Some("ada@example.org".into());
        me.roles.push(held(Role::TenantAdmin));
        assert_eq!((called(&me), sign_in(&me)), ("ada".to_owned(), "ada@example.org".to_owned()));
        assert_eq!(role(&me), "Tenant administrator and 1 more");
        me.name = Some("Ada Lovelace".into());
        assert_eq!(called(&me), "Ada Lovelace");
    }
}
