//! A decoded token: what was found, then header and claims one by one, then all of it as it is.

use leptos::prelude::*;
use serde_json::Value;

use super::Workspace;
use super::claims::{Explained, claims, header};
use super::findings::Findings;
use super::kind::Kind;
use super::parse::Token;
use crate::ui::code::CodeBlock;
use crate::ui::page::Section;
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::{Until, exact};

/// The token.
#[component]
pub(super) fn Decoded(token: Token, workspace: Workspace) -> impl IntoView {
    let kind = Kind::of(&token);
    let raw = |members: &serde_json::Map<String, Value>| {
        serde_json::to_string_pretty(&Value::Object(members.clone())).unwrap_or_default()
    };
    let all = format!("{}\n.\n{}", raw(&token.header), raw(&token.claims));
    let (in_header, in_claims) = (header(&token.header), claims(&token.claims));
    view! {
        <Section title=kind.title() about=kind.sentence() id="findings"><Findings token kind workspace/></Section>
        <Section title="Claims" id="claims"><Members caption="Claims" members=in_claims/></Section>
        <Section title="Header" id="header"><Members caption="Header" members=in_header/></Section>
        <Section title="As JSON" id="raw"><CodeBlock text=all label="Header and claims"/></Section>
    }
}

#[component]
fn Members(caption: &'static str, members: Vec<Explained>) -> impl IntoView {
    let rows = members.into_iter().map(|member| {
        let value = match member.moment {
            Some(moment) => view! {
                <Until time=moment/>
                <span class="cell-sub">{exact(moment.as_millis())}" · "<code>{member.value}</code></span>
            }
            .into_any(),
            None => view! { <code>{member.value}</code> }.into_any(),
        };
        let (id, name, meaning) = (member.name.clone(), member.name, member.meaning);
        view! {
            <tr data-id=id>
                <Cell label="Name" head=true><code>{name}</code></Cell>
                <Cell label="Value">{value}</Cell>
                <Cell label="Meaning"><span class="quiet">{meaning}</span></Cell>
            </tr>
        }
    });
    let columns =
        vec![Column::plain("name", "Name"), Column::plain("value", "Value"), Column::plain("meaning", "What it means")];
    view! { <Table caption columns>{rows.collect_view()}</Table> }
}
