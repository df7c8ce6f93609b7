//! Sign-in on https, as the world does it: the main listener with a certificate of its own, a browser without JavaScript, and every
//! address found by discovery.

use cardea_e2e::client::{CALLBACK, Tokens, parameter};
use cardea_e2e::{
    Admin, Answer, Authority, Cardea, Client, Database, Http, Identity, TextBrowser, Workspace, certificates,
};
use serde_json::{Value, json};
use url::Url;

const BYE: &str = "https://client.example.com/bye";

struct Stage {
    http: Http,
    workspace: Workspace,
    client: Client,
    ada: String,
    cardea: Cardea,
    _identity: Identity,
}

async fn stage() -> Stage {
    let authority = Authority::root("Server CA");
    let identity = authority.issue(&certificates::server());
    let (cert, key) = (identity.cert().display().to_string(), identity.key().display().to_string());
    let settings = [("CARDEA_TLS__CERT", cert.as_str()), ("CARDEA_TLS__KEY", &key)];
    let cardea = Cardea::start_with(Database::Sqlite, &settings).await;
    let http = Http::trusting(authority.pem());
    let admin = Admin::sign_in(http.clone(), cardea.public_url()).await;
    let workspace = Workspace::create(&admin, json!({"name": "Acme"})).await;
    let ada = workspace.person(&admin, "ada").await;
    let client = Client::for_people(&admin, &workspace, json!({"post_logout_redirect_uris": [BYE]})).await;
    Stage { http, workspace, client, ada, cardea, _identity: identity }
}

#[tokio::test]
async fn somebody_signs_in_and_out_on_https() {
    let stage = stage().await;
    let issuer = &stage.workspace.issuer;
    assert!(issuer.starts_with("https://localhost:"), "{issuer}");
    let metadata: Value = stage.http.get(&format!("{issuer}/.well-known/openid-configuration")).await.expect(200);
    let named = |member: &str| metadata.get(member).and_then(Value::as_str).unwrap().to_owned();
    assert_eq!(named("issuer"), *issuer);
    for (member, address) in metadata.as_object().unwrap().iter().filter(|(member, _)| member.ends_with("_endpoint")) {
        assert!(address.as_str().unwrap().starts_with("https://"), "{member}: {address}");
    }

    let browser = TextBrowser::of(stage.http.clone());
    let request = stage.client.authorize(&[("nonce", "n-0S6_WzA2Mj")]);
    assert!(request.starts_with(&named("authorization_endpoint")));
    let end = browser.through(&request, "ada").await.unwrap();
    assert!(end.as_str().starts_with(CALLBACK));
    assert_eq!((parameter(&end, "state").as_deref(), parameter(&end, "iss")), (Some("xyz"), Some(issuer.clone())));
    let tokens = Tokens::of(&stage.client.redeem(&parameter(&end, "code").unwrap()).await);
    let userinfo = stage.http.client().get(named("userinfo_endpoint")).bearer_auth(&tokens.access_token);
    let info: Value = Answer::to(userinfo).await.unwrap().expect(200);
    assert_eq!(info.get("sub").and_then(Value::as_str), Some(stage.ada.as_str()));

    let params = [("id_token_hint", &*tokens.id_token), ("post_logout_redirect_uri", BYE), ("state", "until-then")];
    let logout = Url::parse_with_params(&named("end_session_endpoint"), params).unwrap();
    let gone = browser.open(logout.as_str()).await;
    assert_eq!(gone.header("location"), Some("https://client.example.com/bye?state=until-then"));
    let silent = browser.open(&stage.client.authorize(&[("prompt", "none")])).await;
    let told = Url::parse(silent.header("location").unwrap()).unwrap();
    assert_eq!(parameter(&told, "error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn cookies_on_https_are_secure_by_name_and_by_attribute() {
    let stage = stage().await;
    let browser = TextBrowser::of(stage.http.clone());
    browser.through(&stage.client.authorize(&[]), "ada").await.unwrap();
    assert_eq!(browser.cookies("__Secure-cardea-session").len(), 1);
    let given = browser.given();
    assert_eq!(given.len(), 2, "which browser it is, and who is in it: {given:?}");
    for line in &given {
        assert!(line.starts_with("__Secure-cardea-"), "{line}");
        for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/default"] {
            assert!(line.contains(attribute), "{line}");
        }
        assert!(!line.contains("Domain="), "{line}");
    }
}

#[tokio::test]
async fn nothing_is_said_in_clear_on_the_port_of_https() {
    let stage = stage().await;
    let plain = stage.cardea.public_url().replace("https://", "http://");
    Answer::to(stage.http.client().get(format!("{plain}/health"))).await.unwrap_err();
    assert_eq!(stage.http.get(&format!("{}/health", stage.cardea.public_url())).await.status, 200);
}
