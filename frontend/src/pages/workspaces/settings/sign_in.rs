//! Who signs in here: the pool of users.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::user_pool::UserPoolView;
use cardea_protocol::id::TenantId;

use crate::data::{load, shown};
use crate::form::Form;
use crate::may::use_may;
use crate::paths;
use crate::ui::field::{Choice, SelectField, TextField};
use crate::ui::page::Section;

/// The pool that a workspace has which names none.
const DEFAULT_POOL: &str = "default";

/// The user pool.
#[component]
pub(super) fn SignIn(form: Form, tid: TenantId) -> impl IntoView {
    let sees_pools = use_may().in_tenant(Permission::UsersRead, &tid);
    let field = if sees_pools {
        view! { <Pool form tid/> }.into_any()
    } else {
        view! {
            <TextField
                label="User pool"
                id="user_pool_id"
                name="user_pool_id"
                value=form.text("user_pool_id")
                problem=form.problem("/user_pool_id")
                placeholder=DEFAULT_POOL
                monospaced=true
                hint="The id of a pool of this tenant; empty for default. Administrators of the tenant see the pools."
            />
        }
        .into_any()
    };
    view! {
        <Section title="Sign-in" about="The people who can sign in to this workspace. Workspaces may share a pool.">{field}</Section>
    }
}

#[component]
fn Pool(form: Form, tid: TenantId) -> impl IntoView {
    let at = format!("{}?limit=200&sort=name", path::pools(&tid));
    let pools = load(move || at.clone(), |api, path| async move { api.get::<Page<UserPoolView>>(&path).await });
    let value = form.text("user_pool_id");
    let all = paths::of_tenant(&tid, "pools");
    view! {
        {shown(pools, 2, move |page| view! {
            <SelectField
                label="User pool"
                id="user_pool_id"
                name="user_pool_id"
                value
                options=options(page.items, &value.get_untracked())
                problem=form.problem("/user_pool_id")
                hint="Whoever is in this pool can sign in. Who signed in from the pool before stays signed in at applications until their tokens end."
            />
        })}
        <p class="quiet"><a href=all>"Manage user pools"</a></p>
    }
}

/// The pools to choose from; that which is chosen is among them even if it is gone.
fn options(pools: Vec<UserPoolView>, chosen: &str) -> Vec<Choice> {
    let named = |pool: &UserPoolView| {
        if pool.name == pool.id { pool.id.clone() } else { format!("{} ({})", pool.name, pool.id) }
    };
    let default = pools.iter().find(|pool| pool.id == DEFAULT_POOL).map_or(DEFAULT_POOL.to_owned(), named);
    let mut choices = vec![Choice::new("", format!("{default}, as nothing else is said"))];
    choices.extend(pools.iter().map(|pool| Choice::new(pool.id.clone(), named(pool))));
    if !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen) {
        choices.push(Choice::new(chosen, format!("{chosen} (not among this tenant's pools)")));
    }
    choices
}

#[cfg(test)]
mod tests {
    use cardea_protocol::time::Timestamp;

    use super::*;

    fn pool(id: &str, name: &str) -> UserPoolView {
        let at = Timestamp::from_millis(0);
        UserPoolView { id: id.into(), name: name.into(), password_min_length: 12, created_at: at, updated_at: at }
    }

    #[test]
    fn the_chosen_pool_is_always_among_the_options() {
        let values = |chosen: &str| {
            let choices = options(vec![pool("default", "default"), pool("staff", "Staff")], chosen);
            choices.into_iter().map(|choice| choice.value).collect::<Vec<_>>()
        };
        assert_eq!(values(""), ["", "default", "staff"]);
        assert_eq!(values("staff"), ["", "default", "staff"]);
        assert_eq!(values("gone"), ["", "default", "staff", "gone"]);
    }
}
