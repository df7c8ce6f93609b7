//! What stands where an answer will: its outline while it is awaited, and what to do when it fails.

use leptos::prelude::*;

use super::load::{Answer, Load, Loading};
use crate::api::{Failure, Kind};
use crate::session::{Place, Session};
use crate::ui::button::Button;
use crate::ui::page::{Notice, Skeleton, Tone};

/// Shows the answer with `view`; until then an outline of `lines` lines.
pub(crate) fn shown<T, V>(load: Load<T>, lines: u32, view: impl Fn(T) -> V + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    shown_with(load, move || view! { <Skeleton lines/> }, view)
}

/// As [`shown`], with an outline of one's own.
pub(crate) fn shown_with<T, V, O>(
    load: Load<T>,
    outline: impl Fn() -> O + Send + Sync + 'static,
    view: impl Fn(T) -> V + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    O: IntoView + 'static,
{
    let outline = move || outline().into_any();
    let view = move |answer: &Answer| Load::read(answer).map(|value| view(value).into_any());
    let again = Callback::new(move |()| load.again());
    follow(load.state, again, Box::new(outline), Box::new(view))
}

type Outline = Box<dyn Fn() -> AnyView + Send + Sync>;
type View = Box<dyn Fn(&Answer) -> Option<AnyView> + Send + Sync>;

fn follow(state: RwSignal<Loading>, again: Callback<()>, outline: Outline, view: View) -> AnyView {
    let now = move || match state.get() {
        Loading::Waiting => outline(),
        Loading::Here(answer) => view(&answer).into_any(),
        Loading::Failed(failure) => view! { <Failed failure again/> }.into_any(),
    };
    now.into_any()
}

/// A failure in the place of what was asked for: what happened, what to do, and the request's id.
#[component]
pub(crate) fn Failed(failure: Failure, #[prop(optional, into)] again: Option<Callback<()>>) -> impl IntoView {
    let title = failure.message.clone();
    let remedy = failure.remedy();
    let session: Session = use_context().unwrap_or_default();
    let sign_in = move |()| {
        // Without a question to ask again this stands beside a form.
        if again.is_none() {
            return session.ended.set(true);
        }
        let here = window().location();
        let path = here.pathname().unwrap_or_default() + &here.search().unwrap_or_default();
        let realm = session.realm().unwrap_or_else(|| "system".to_owned());
        session.sign_in(&Place::of_page(), &realm, &path);
    };
    view! {
        <Notice tone=Tone::Bad title=title>
            <p>{remedy}</p>
            {failure.request_id.map(|id| view! { <p class="quiet">"Request " <code>{id}</code></p> })}
            {if failure.kind == Kind::SignedOut && session.is_signed_in() {
                view! { <Button action="sign-in-again" on_click=Callback::new(sign_in)>"Sign in again"</Button> }.into_any()
            } else if let Some(again) = again {
                view! { <Button action="try-again" on_click=again>"Try again"</Button> }.into_any()
            } else {
                ().into_any()
            }}
        </Notice>
    }
}
