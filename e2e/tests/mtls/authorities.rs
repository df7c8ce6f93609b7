//! Whom a workspace trusts: intermediates that are sent or not, path lengths, and an authority that is trusted no longer.

use cardea_e2e::Authority;

use crate::resumption::{request, s_client};
use crate::stage::{dn, ordinary, stage};

#[tokio::test]
async fn an_intermediate_has_to_be_sent_along() {
    let stage = stage().await;
    let below = stage.authority.below("Issuing CA");
    let client_id = stage.register_dn("billing").await;
    let identity = ordinary(&below, "billing");
    let refusal = stage.refused(&stage.curl().showing_leaf(&identity), &client_id, "certificate_untrusted").await;
    refusal.compares(&dn("Example CA"), &dn("Issuing CA"));
    assert!(refusal.message.contains("intermediate"), "{}", refusal.message);
    for protocol in ["--http1.1", "--http2"] {
        stage.accepted(&stage.curl().with(&[protocol]).showing(&identity), &client_id);
    }
}

#[tokio::test]
async fn an_authority_allows_no_more_intermediates_than_it_says() {
    let stage = stage().await;
    let strict = Authority::root_with_path_length("Strict CA", Some(0));
    stage.workspace.trust(&stage.admin, &strict).await;
    let client_id = stage.register_dn("billing").await;
    let identity = ordinary(&strict.below("Issuing CA"), "billing");
    let refusal = stage.refused(&stage.curl().showing(&identity), &client_id, "certificate_untrusted").await;
    assert!(refusal.message.contains("intermediates"), "{}", refusal.message);
    stage.accepted(&stage.curl().showing(&ordinary(&strict, "billing")), &client_id);
}

#[tokio::test]
async fn an_authority_that_is_deleted_is_not_believed_from_the_next_request_of_a_kept_connection_on() {
    let stage = stage().await;
    let other = Authority::root("Example CA");
    let client_id = stage.register_dn("billing").await;
    let identity = ordinary(&other, "billing");
    let trusted = stage.workspace.trust(&stage.admin, &other).await;
    let mut connection = s_client(&stage).showing(&identity).open();
    let request = request(&stage, &client_id, "keep-alive");
    let (status, body) = connection.ask(&request);
    assert_eq!(status, 200, "{body}");

    stage.workspace.distrust(&stage.admin, &trusted).await;
    let (status, body) = connection.ask(&request);
    assert_eq!(status, 401, "{body}");

    stage.workspace.trust(&stage.admin, &other).await;
    let (status, body) = connection.ask(&request);
    assert_eq!(status, 200, "{body}");
    stage.accepted(&stage.curl().showing(&ordinary(&stage.authority, "billing")), &client_id);
}

#[tokio::test]
async fn two_authorities_of_one_name_are_told_apart_when_one_is_deleted() {
    let stage = stage().await;
    let twin = Authority::root("Example CA");
    let trusted = stage.workspace.trust(&stage.admin, &twin).await;
    let client_id = stage.register_dn("billing").await;
    let (of_one, of_twin) = (ordinary(&stage.authority, "billing"), ordinary(&twin, "billing"));
    for identity in [&of_one, &of_twin] {
        stage.accepted(&stage.curl().showing(identity), &client_id);
    }
    stage.workspace.distrust(&stage.admin, &trusted).await;
    stage.refused(&stage.curl().showing(&of_twin), &client_id, "certificate_untrusted").await;
    stage.accepted(&stage.curl().showing(&of_one), &client_id);
}
