//! Step 2: the methods that the workspace allows; then it is created.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::path;
use cardea_api::workspace::{NewWorkspace, WorkspaceDetails, WorkspaceView};
use cardea_protocol::id::WorkspaceId;
use cardea_protocol::workspace_settings::Profile;

use super::Steps;
use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::pages::workspaces::methods::{cards, policy};
use crate::ui::button::{Button, Weight};
use crate::ui::field::CheckCards;
use crate::ui::page::Section;

#[component]
pub(super) fn Methods(steps: Steps) -> impl IntoView {
    let api = use_api();
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let none = Signal::derive(move || steps.methods.with(Vec::is_empty));
    let create = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(tid), Ok(aid)) = (steps.tenant(), WorkspaceId::parse(&steps.id.get_untracked())) else { return };
        if busy.get_untracked() || none.get_untracked() {
            return;
        }
        let name = steps.name.get_untracked().trim().to_owned();
        let details = WorkspaceDetails { name: Some(name), ..WorkspaceDetails::default() };
        let settings = steps.methods.with_untracked(|methods| policy(Profile::Default, methods));
        let new = NewWorkspace { id: Some(aid), details, settings };
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<WorkspaceView>(&path::workspaces(&tid), &new).await;
            busy.set(false);
            match answer {
                Ok(workspace) => {
                    steps.workspace.set(Some(workspace));
                    steps.current.set(2);
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    view! {
        <Section
            title="Choose its methods"
            about="How clients may prove who they are at the token endpoint. What is not ticked is refused, for every client. You can change this at any time."
        >
            <form class="stack" on:submit=create novalidate>
                <CheckCards
                    legend="Client authentication methods"
                    name="token_endpoint_auth_methods"
                    values=steps.methods
                    cards=cards(Profile::Default)
                />
                {move || none.get().then(|| view! { <p class="problem" role="status">"At least one method stays enabled."</p> })}
                {move || failure.get().map(|failure| view! { <Failed failure/> })}
                <div class="actions end">
                    <Button action="back" on_click=move |()| steps.current.set(0)>"Back"</Button>
                    <Button action="create-workspace" weight=Weight::Primary submit=true busy disabled=none>
                        "Create the workspace"
                    </Button>
                </div>
            </form>
        </Section>
    }
}
