//! What one workspace gave to somebody is worth nothing in another, of the same pool of people, of the same tenant or of none of these, and
//! it is not spent there: afterwards its owner uses it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use cardea_e2e::client::{CALLBACK, Tokens, parameter};
use cardea_e2e::{Cardea, Client, Database, TextBrowser, Workspace};
use serde_json::{Value, json};
use url::Url;

/// ada's workspace and three others. In each there is a client of the same name, and an ada.
struct Stage {
    at_home: Place,
    abroad: [Place; 3],
    browser: TextBrowser,
    _cardea: Cardea,
}

struct Place {
    what: &'static str,
    pool: &'static str,
    workspace: Workspace,
    client: Client,
}

async fn stage() -> Stage {
    let cardea = Cardea::start(Database::Sqlite).await;
    let admin = cardea.admin().await;
    let _: Value = admin.create("/tenants/default/pools", &json!({"id": "staff"})).await;
    let _: Value = admin.create("/tenants", &json!({"id": "elsewhere", "name": "Elsewhere"})).await;
    let place = async |what, tenant, pool| {
        let workspace = Workspace::create_in(&admin, tenant, json!({"name": "Acme", "user_pool_id": pool})).await;
        let client = Client::for_people(&admin, &workspace, json!({"client_id": "shop"})).await;
        Place { what, pool, workspace, client }
    };
    let at_home = place("at home", "default", "default").await;
    let abroad = [
        place("with the same people", "default", "default").await,
        place("with other people", "default", "staff").await,
        place("of another tenant", "elsewhere", "default").await,
    ];
    let [_, staff, elsewhere] = &abroad;
    for place in [&at_home, staff, elsewhere] {
        place.workspace.person_in(&admin, place.pool, "ada").await;
    }
    Stage { at_home, abroad, browser: TextBrowser::default(), _cardea: cardea }
}

impl Stage {
    async fn tokens(&self) -> Tokens {
        self.at_home.client.tokens(&self.browser, "ada").await
    }

    /// ada is still signed in at home.
    async fn is_signed_in_at_home(&self) {
        let silent = self.at_home.silently(&self.browser, &[]).await;
        let code = parameter(&silent, "code").unwrap_or_else(|| panic!("no code in {silent}"));
        assert_eq!(self.at_home.client.redeem(&code).await.status, 200);
    }
}

impl Place {
    /// Where a request leads that shows nothing.
    async fn silently(&self, browser: &TextBrowser, more: &[(&str, &str)]) -> Url {
        let more: Vec<_> = more.iter().copied().chain([("prompt", "none")]).collect();
        let answer = browser.open(&self.client.authorize(&more)).await;
        Url::parse(answer.header("location").unwrap_or_else(|| panic!("{}: {}", self.what, answer.text()))).unwrap()
    }

    async fn silent_error(&self, browser: &TextBrowser, more: &[(&str, &str)]) -> Option<String> {
        let end = self.silently(browser, more).await;
        assert!(parameter(&end, "code").is_none(), "{}: {end}", self.what);
        parameter(&end, "error")
    }
}

#[tokio::test]
async fn a_code_is_refused_elsewhere_and_stays_good() {
    let stage = stage().await;
    for place in &stage.abroad {
        let code = stage.at_home.client.code(&stage.browser, "ada").await;
        let refused = place.client.redeem(&code).await;
        assert_eq!((refused.status, refused.error().as_str()), (400, "invalid_grant"), "{}", place.what);
        let _ = Tokens::of(&stage.at_home.client.redeem(&code).await);
    }
}

#[tokio::test]
async fn a_refresh_token_is_refused_elsewhere_and_stays_good() {
    let stage = stage().await;
    let mut tokens = stage.tokens().await;
    for place in &stage.abroad {
        let refused = place.client.refresh(&tokens.refresh_token).await;
        assert_eq!((refused.status, refused.error().as_str()), (400, "invalid_grant"), "{}", place.what);
        tokens = Tokens::of(&stage.at_home.client.refresh(&tokens.refresh_token).await);
    }
}

#[tokio::test]
async fn an_access_token_says_nothing_elsewhere() {
    let stage = stage().await;
    let access_token = stage.tokens().await.access_token;
    for place in &stage.abroad {
        assert_eq!(place.client.userinfo(&access_token).await.status, 401, "{}", place.what);
        assert_eq!(place.client.introspect(&access_token).await, json!({"active": false}), "{}", place.what);
        assert_eq!(stage.at_home.client.userinfo(&access_token).await.status, 200);
        assert_eq!(stage.at_home.client.introspect(&access_token).await["active"], true);
    }
}

#[tokio::test]
async fn nothing_is_revoked_from_elsewhere() {
    let stage = stage().await;
    let mut tokens = stage.tokens().await;
    for place in &stage.abroad {
        // RFC 7009 §2.2: who knows no such token has nothing to complain of.
        place.client.revoke(&tokens.access_token).await;
        place.client.revoke(&tokens.refresh_token).await;
        assert_eq!(stage.at_home.client.introspect(&tokens.access_token).await["active"], true, "{}", place.what);
        tokens = Tokens::of(&stage.at_home.client.refresh(&tokens.refresh_token).await);
    }
}

#[tokio::test]
async fn an_id_token_is_no_hint_elsewhere() {
    let stage = stage().await;
    let tokens = stage.tokens().await;
    let hint = ("id_token_hint", tokens.id_token.as_str());
    for place in &stage.abroad {
        assert_eq!(
            place.silent_error(&stage.browser, &[hint]).await.as_deref(),
            Some("invalid_request"),
            "{}",
            place.what
        );
        let logout = Url::parse_with_params(&format!("{}/oidc/logout", place.workspace.issuer), [hint]).unwrap();
        let page = stage.browser.open(logout.as_str()).await;
        assert_eq!(page.status, 400, "{}", place.what);
        assert!(page.header("set-cookie").is_none_or(|line| !line.contains("session")), "{page:?}");
        stage.is_signed_in_at_home().await;
    }
    assert!(parameter(&stage.at_home.silently(&stage.browser, &[hint]).await, "code").is_some());
    let _ = Tokens::of(&stage.at_home.client.refresh(&tokens.refresh_token).await);
}

#[tokio::test]
async fn a_session_is_of_its_pool_alone() {
    let stage = stage().await;
    stage.tokens().await;
    let cookies = stage.browser.cookies("session");
    let [(name, session)] = cookies.as_slice() else { panic!("{cookies:?}") };
    let [same, staff, elsewhere] = &stage.abroad;
    for place in [staff, elsewhere] {
        let thief = TextBrowser::default();
        for name in [name.replace("default", place.pool), name.clone()] {
            thief.plant(&name, session);
        }
        assert_eq!(place.silent_error(&thief, &[]).await.as_deref(), Some("login_required"), "{}", place.what);
        // To sign out there ends nothing here.
        let answer = thief.open(&format!("{}/oidc/logout", place.workspace.issuer)).await;
        assert_eq!(answer.status, 200, "{}", place.what);
        assert!(!answer.text().contains("ada"), "{}", place.what);
        stage.is_signed_in_at_home().await;
    }
    // Where the people are the same they have signed in, and not agreed.
    assert_eq!(same.silent_error(&stage.browser, &[]).await.as_deref(), Some("consent_required"));
    let _ = same.client.tokens(&stage.browser, "ada").await;
}

#[tokio::test]
async fn a_pushed_request_is_unknown_elsewhere_and_stays_good() {
    let stage = stage().await;
    let authorize = Url::parse(&stage.at_home.client.authorize(&[])).unwrap();
    let pushed: Vec<_> = authorize.query_pairs().filter(|(name, _)| name != "client_id").collect();
    let pushed: Vec<_> = pushed.iter().map(|(name, value)| (&**name, &**value)).collect();
    for place in &stage.abroad {
        let answer: Value = stage.at_home.client.post("/oauth2/par", &pushed).await.expect(201);
        let uri = answer["request_uri"].as_str().unwrap();
        let params = [("client_id", "shop"), ("request_uri", uri)];
        let at = |place: &Place| {
            let endpoint = format!("{}/oauth2/authorize", place.workspace.issuer);
            Url::parse_with_params(&endpoint, params).unwrap().to_string()
        };
        let refused = stage.browser.open(&at(place)).await;
        assert!(
            refused.status == 400 || refused.header("location").is_some_and(is_an_error),
            "{}: {refused:?}",
            place.what
        );
        let end = stage.browser.through(&at(&stage.at_home), "ada").await.unwrap();
        let code = parameter(&end, "code").unwrap_or_else(|| panic!("no code in {end}"));
        let _ = Tokens::of(&stage.at_home.client.redeem(&code).await);
    }
}

fn is_an_error(location: &str) -> bool {
    location.starts_with(CALLBACK) && location.contains("error=") && !location.contains("code=")
}
