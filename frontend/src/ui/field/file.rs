//! A text file from the person's disk: chosen or dropped. It is read here; whoever asked decides whether it is sent.

use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use crate::ui::icon::{Icon, IconView};

/// More than any certificate, key set or client's metadata has.
const MOST_BYTES: f64 = 1_048_576.0;

/// A place for a file. `on_text` gets its name and its contents.
#[component]
pub(crate) fn FileDrop(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    #[prop(into)] on_text: Callback<(String, String)>,
    #[prop(optional, into)] accept: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let said = RwSignal::new(None::<Result<String, String>>);
    let read = move |file: Option<web_sys::File>| {
        let Some(file) = file else { return };
        let name = file.name();
        if file.size() > MOST_BYTES {
            said.set(Some(Err(format!("{name} is larger than 1 MiB; choose another file."))));
            return;
        }
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            match text {
                Some(text) => {
                    said.set(Some(Ok(name.clone())));
                    on_text.run((name, text));
                }
                None => said.set(Some(Err(format!("{name} could not be read; choose another file.")))),
            }
        });
    };
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            read(input.files().and_then(|files| files.get(0)));
            input.set_value("");
        }
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        read(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
    };
    let dragged = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label
                class="drop"
                class:over=over
                for=id.clone()
                on:dragover=dragged
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <IconView icon=Icon::Upload size=20/>
                <span><strong>{label}</strong> <span class="quiet">"Choose a file or drop it here"</span></span>
            </label>
            <input
                class="visually-hidden drop-input"
                type="file"
                node_ref=input
                id=id
                accept=accept
                aria-describedby=hint.as_ref().map(|_| hint_id.clone())
                on:change=chosen
            />
            {hint.map(|hint| view! { <p class="hint" id=hint_id.clone()>{hint}</p> })}
            <p class="drop-said" role="status">
                {move || said.get().map(|said| match said {
                    Ok(name) => view! { <span class="hint">{format!("Read {name}.")}</span> }.into_any(),
                    Err(text) => view! { <span class="problem">{text}</span> }.into_any(),
                })}
            </p>
        </div>
    }
}
