//! A certificate that is about to be trusted: what is in it, and whether it is an authority's at all.

use leptos::prelude::*;

use cardea_api::certificate::{CertificateProblem, CertificateView};

use super::expiry::warning;
use crate::ui::page::{Badge, Fact, Facts, Notice, Tone};
use crate::ui::time::{Until, exact, now};

/// The certificate in plain words.
#[component]
pub(super) fn Inspected(certificate: CertificateView) -> impl IntoView {
    let problems = of_authority(&certificate.problems);
    let end = certificate.not_after.as_millis();
    let badge = warning(end, now()).map(|(tone, word)| view! { <Badge tone>{word}</Badge> });
    let is_root = certificate.issuer_dn == certificate.subject_dn;
    let sha256 = certificate.fingerprints.sha256;
    view! {
        {(!problems.is_empty()).then(|| view! {
            <Notice tone=Tone::Warn title="Look again before you trust it">
                <ul>{problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul>
            </Notice>
        })}
        <Facts>
            <Fact label="Subject"><code>{certificate.subject_dn}</code></Fact>
            <Fact label="Issued by">
                {if is_root {
                    view! { "Itself: a root" }.into_any()
                } else {
                    view! { <code>{certificate.issuer_dn}</code> }.into_any()
                }}
            </Fact>
            <Fact label="Serial number"><code>{certificate.serial_number}</code></Fact>
            <Fact label="Expires"><Until time=certificate.not_after/><span class="quiet small">" · "{exact(end)}</span> {badge}</Fact>
            <Fact label="SHA-256" copy=sha256.clone()><code class="small">{sha256.clone()}</code></Fact>
        </Facts>
    }
}

/// What is wrong with it as an authority. The server looks at certificates as a client's; what it says of those is turned round.
fn of_authority(problems: &[CertificateProblem]) -> Vec<String> {
    let is_authority = problems.iter().any(|problem| problem.code == "certificate_authority");
    let not_one = "It is not an authority's certificate (CA:TRUE is missing), and cannot be trusted as one. To let one client in by its own certificate, register that for the client with self_signed_tls_client_auth.";
    let of_client_alone = ["certificate_authority", "extended_key_usage", "key_usage", "no_name"];
    let rest = problems.iter().filter(|problem| !of_client_alone.contains(&problem.code.as_str()));
    (!is_authority).then(|| not_one.to_owned()).into_iter().chain(rest.map(|problem| problem.message.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: &str) -> CertificateProblem {
        CertificateProblem { code: code.to_owned(), message: code.to_owned(), methods: Vec::new() }
    }

    #[test]
    fn what_is_wrong_for_a_client_is_right_for_an_authority() {
        assert!(of_authority(&[problem("certificate_authority"), problem("key_usage")]).is_empty());
        assert_eq!(of_authority(&[problem("certificate_authority"), problem("expired")]), ["expired"]);
        assert!(of_authority(&[]).first().is_some_and(|said| said.contains("CA:TRUE")));
    }
}
