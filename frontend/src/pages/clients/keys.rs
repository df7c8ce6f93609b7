//! Keys as the server sees them: kind, names, what they can sign, their certificates, and what is wrong with them.

use leptos::prelude::*;

use cardea_api::certificate::CertificateView;
use cardea_api::jwks::{JwkView, JwksView};

use super::register::sentence;
use crate::ui::icon::Icon;
use crate::ui::page::{Badge, EmptyState, Fact, Facts, Notice, Tone};
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::Until;

/// A set of keys.
#[component]
pub(super) fn Keys(view: JwksView) -> impl IntoView {
    let wrong = view.problems.into_iter().map(|problem| {
        view! { <Notice tone=Tone::Bad title=sentence(&problem.message)><code class="small">{problem.code}</code></Notice> }
    });
    let wrong = wrong.collect_view();
    if view.keys.is_empty() {
        let none = wrong.is_empty().then(|| {
            view! { <EmptyState icon=Icon::Key title="No keys" text="There is no key in it that could sign."/> }
        });
        return view! { {wrong} {none} }.into_any();
    }
    let columns = vec![
        Column::plain("kid", "Key"),
        Column::plain("kty", "Kind"),
        Column::plain("alg", "Signs with"),
        Column::plain("thumbprint", "Thumbprint"),
    ];
    view! {
        {wrong}
        <Table caption="Keys" columns>{view.keys.into_iter().map(row).collect_view()}</Table>
    }
    .into_any()
}

fn row(key: JwkView) -> impl IntoView {
    let kind = [key.kty, key.crv, key.bits.map(|bits| format!("{bits} bits"))];
    let kind = kind.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let algs = key.signing_algs.iter().map(|alg| alg.as_str()).collect::<Vec<_>>().join(", ");
    let problems = key.problems.into_iter().map(|problem| {
        view! { <span class="cell-sub"><Badge tone=Tone::Bad>"Unusable"</Badge> " " {sentence(&problem.message)}</span> }
    });
    let problems = problems.collect_view();
    let id = key.kid.clone().unwrap_or_default();
    view! {
        <tr data-id=id>
            <Cell label="Key" head=true>
                {match key.kid {
                    Some(kid) => view! { <code class="small">{kid}</code> }.into_any(),
                    None => view! { <span class="quiet">"without a key id"</span> }.into_any(),
                }}
                {problems}
            </Cell>
            <Cell label="Kind">{kind}</Cell>
            <Cell label="Signs with">{if algs.is_empty() { "nothing here".to_owned() } else { algs }}</Cell>
            <Cell label="Thumbprint"><code class="small">{key.thumbprint.unwrap_or_else(|| "none".to_owned())}</code></Cell>
        </tr>
    }
}

/// A certificate in plain words.
#[component]
pub(super) fn Certificate(certificate: CertificateView) -> impl IntoView {
    let names = &certificate.subject_alternative_names;
    let all: Vec<_> = [&names.dns, &names.uri, &names.ip, &names.email].into_iter().flatten().cloned().collect();
    let problems = certificate.problems.into_iter().map(|problem| {
        view! { <Notice tone=Tone::Warn title=sentence(&problem.message)><code class="small">{problem.code}</code></Notice> }
    });
    view! {
        <Facts>
            <Fact label="Subject"><code>{certificate.subject_dn}</code></Fact>
            {(!all.is_empty()).then(|| view! { <Fact label="Alternative names"><code>{all.join(", ")}</code></Fact> })}
            <Fact label="Issuer"><code>{certificate.issuer_dn}</code></Fact>
            <Fact label="Expires"><Until time=certificate.not_after/></Fact>
            <Fact label="SHA-256"><code class="small">{certificate.fingerprints.sha256}</code></Fact>
        </Facts>
        {problems.collect_view()}
    }
}
