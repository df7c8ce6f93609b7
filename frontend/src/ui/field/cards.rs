//! Choices that need a sentence each: radio buttons and check boxes as large as their explanation.

use leptos::prelude::*;

use crate::ui::icon::{Icon, IconView};
use crate::ui::page::{Badge, Tone};

/// A choice with its explanation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Card {
    /// What is kept.
    pub(crate) value: String,
    /// What it is called.
    pub(crate) title: String,
    /// What choosing it means.
    pub(crate) text: String,
    /// A picture.
    pub(crate) icon: Option<Icon>,
    /// A word of advice.
    pub(crate) badge: Option<(Tone, String)>,
    /// Why it cannot be chosen.
    pub(crate) disabled_because: Option<String>,
}

/// One of the cards.
#[component]
pub(crate) fn RadioCards(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    value: RwSignal<String>,
    #[prop(into)] cards: Signal<Vec<Card>>,
    /// Whether the legend is only heard, because a heading says the same.
    #[prop(optional)]
    legend_hidden: bool,
) -> impl IntoView {
    let group = StoredValue::new(name);
    let one = move |card: Card| {
        let (own, mine) = (card.value.clone(), card.value.clone());
        let checked = Signal::derive(move || value.with(|value| *value == own));
        view! { <Choosable group card checked kind="radio" on_change=move |_| value.set(mine.clone())/> }
    };
    view! {
        <fieldset class="cards">
            <legend class=legend_class(legend_hidden)>{legend}</legend>
            <div class="cards-grid">{move || cards.get().into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}

/// Any of the cards.
#[component]
pub(crate) fn CheckCards(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    values: RwSignal<Vec<String>>,
    #[prop(into)] cards: Signal<Vec<Card>>,
    /// Whether the legend is only heard, because a heading says the same.
    #[prop(optional)]
    legend_hidden: bool,
) -> impl IntoView {
    let group = StoredValue::new(name);
    let one = move |card: Card| {
        let (own, mine) = (card.value.clone(), card.value.clone());
        let checked = Signal::derive(move || values.with(|values| values.contains(&own)));
        let toggle = move |on: bool| {
            values.update(|values| {
                values.retain(|value| *value != mine);
                if on {
                    values.push(mine.clone());
                }
            });
        };
        view! { <Choosable group card checked kind="checkbox" on_change=toggle/> }
    };
    view! {
        <fieldset class="cards">
            <legend class=legend_class(legend_hidden)>{legend}</legend>
            <div class="cards-grid">{move || cards.get().into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}

fn legend_class(hidden: bool) -> &'static str {
    if hidden { "visually-hidden" } else { "label" }
}

#[component]
fn Choosable(
    group: StoredValue<String>,
    card: Card,
    checked: Signal<bool>,
    kind: &'static str,
    #[prop(into)] on_change: Callback<bool>,
) -> impl IntoView {
    let name = group.get_value();
    let id = format!("{name}-{}", card.value);
    let text_id = format!("{id}-text");
    let is_disabled = card.disabled_because.is_some();
    view! {
        <label class="card-choice" class:disabled=is_disabled>
            <input
                type=kind
                class=if kind == "radio" { "dot" } else { "box" }
                name=name
                id=id
                value=card.value
                disabled=is_disabled
                aria-describedby=text_id.clone()
                prop:checked=checked
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class="card-body">
                <span class="card-title">
                    {card.icon.map(|icon| view! { <IconView icon size=18/> })} <span>{card.title}</span>
                    {card.badge.map(|(tone, text)| view! { <Badge tone>{text}</Badge> })}
                </span>
                <span class="card-text" id=text_id>
                    {card.text}
                    {card.disabled_because.map(|why| {
                        view! { <span class="card-why"><IconView icon=Icon::Lock size=14/>{why}</span> }
                    })}
                </span>
            </span>
        </label>
    }
}
