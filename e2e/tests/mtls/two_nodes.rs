//! Two nodes: what one is told of authorities and certificates, the other honours within a second.

use std::time::Duration;

use cardea_e2e::{Authority, Cardea, Curl, Database, Identity, Workspace, certificates, eventually};
use serde_json::json;

use crate::stage::dn;

const A_SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn an_authority_is_believed_and_then_not_at_the_other_node_within_a_second() {
    let a = Cardea::start(Database::Postgres).await;
    let b = a.another_node().await;
    let admin = a.admin().await;
    let workspace = Workspace::create(&admin, json!({"name": "Of two nodes"})).await;
    let authority = Authority::root("Example CA");
    let issued = authority.issue(&certificates::client("billing"));
    let own = Identity::self_signed(&certificates::client("shipping"));
    let by_name = workspace.register_name(&admin, "tls_client_auth_subject_dn", &dn("billing")).await;
    let by_certificate = workspace.register_certificate(&admin, &own).await;
    // Both nodes show the development certificate that the first made in the folder which they share here.
    let curl = Curl::trusting(&a.development_certificate());
    let at_b = workspace.at(&b.mtls_url(""), "/oauth2/token");
    let ask = |identity: &Identity, client_id: &str| {
        curl.showing(identity).post(&at_b, &[("grant_type", "client_credentials"), ("client_id", client_id)]).answer
    };
    let within_a_second = async |what: &str, identity: &Identity, client_id: &str, status: u16| {
        eventually(what, A_SECOND, async || (ask(identity, client_id).status == status).then_some(())).await;
    };
    within_a_second("a registered certificate, at B", &own, &by_certificate, 200).await;
    assert_eq!(ask(&issued, &by_name).error(), "invalid_client", "nobody vouches for it yet");

    let trusted = workspace.trust(&admin, &authority).await;
    within_a_second("a trusted authority, at B", &issued, &by_name, 200).await;
    workspace.distrust(&admin, &trusted).await;
    within_a_second("a deleted authority, at B", &issued, &by_name, 401).await;
    assert_eq!(ask(&own, &by_certificate).status, 200);
}
