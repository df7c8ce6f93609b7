//! One trusted authority.

use leptos::prelude::*;

use cardea_api::trusted_ca::{RevocationListView, TrustedCaView};

use super::Authorities;
use super::expiry::warning;
use crate::ui::button::Button;
use crate::ui::code::download;
use crate::ui::page::{Badge, Fact, Facts, Notice, Tone};
use crate::ui::time::{Until, exact, now};

/// The authority.
#[component]
pub(super) fn Authority(authority: TrustedCaView, all: Authorities) -> impl IntoView {
    let kept = StoredValue::new(authority.clone());
    let end = authority.not_after.as_millis();
    let badge = warning(end, now()).map(|(tone, word)| view! { <Badge tone>{word}</Badge> });
    let problems = authority.problems.into_iter().filter(|problem| problem.code != "expired");
    let problems = problems.map(|problem| view! { <li>{problem.message}</li> }).collect_view();
    let save = move |()| kept.with_value(|ca| download(&format!("{}.pem", ca.name), "application/x-pem-file", &ca.pem));
    let sha256 = authority.fingerprints.sha256;
    let issuer = (authority.issuer_dn != authority.subject_dn).then(|| {
        view! { <Fact label="Issued by"><code>{authority.issuer_dn}</code></Fact> }
    });
    let actions = all.may_change.then(|| view! {
        <Button action="edit-authority" on_click=move |()| all.changing.set(Some(kept.get_value()))>"Edit"</Button>
        <Button action="delete-authority" on_click=move |()| all.removing.set(Some(kept.get_value()))>"Stop trusting"</Button>
    });
    view! {
        <li class="authority" data-id=authority.id>
            <div class="authority-head">
                <h3><bdi>{authority.name}</bdi></h3>
                {badge}
                <div class="actions end">
                    <Button action="download-authority" on_click=save>"Download"</Button>
                    {actions}
                </div>
            </div>
            {(!problems.is_empty()).then(|| view! {
                <Notice tone=Tone::Bad title="It vouches for nobody"><ul>{problems}</ul></Notice>
            })}
            <Facts>
                <Fact label="Subject" copy=authority.subject_dn.clone()><code>{authority.subject_dn.clone()}</code></Fact>
                {issuer}
                <Fact label="SHA-256" copy=sha256.clone()><code class="small">{sha256.clone()}</code></Fact>
                <Fact label="Expires"><Until time=authority.not_after/><span class="quiet small">" · "{exact(end)}</span></Fact>
                <Fact label="Revocation list"><Revocation list=authority.revocation_list/></Fact>
            </Facts>
        </li>
    }
}

/// The state of its revocation list.
#[component]
fn Revocation(list: Option<RevocationListView>) -> impl IntoView {
    let Some(list) = list else {
        return view! { <span class="quiet">"None: no certificate of this authority counts as revoked"</span> }
            .into_any();
    };
    let end = list.next_update.as_millis();
    let badge = match warning(end, now()) {
        Some((_, "Expired")) => Some((Tone::Bad, "Lapsed")),
        Some((tone, _)) if end - now() <= 7 * 86_400_000 => Some((tone, "Lapses soon")),
        _ => None,
    };
    let count = match list.revoked_certificates {
        1 => "1 certificate revoked".to_owned(),
        many => format!("{many} certificates revoked"),
    };
    view! {
        {count}", lapses "<Until time=list.next_update/>
        {badge.map(|(tone, word)| view! { <Badge tone>{word}</Badge> })}
        {list.has_issuing_distribution_point.then(|| view! { <span class="quiet small">"It may speak of some certificates only."</span> })}
    }
    .into_any()
}
