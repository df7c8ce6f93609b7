//! A server, a workspace, somebody called ada, and an application that sends her there.

use cardea_e2e::relying_party::{Request, SignedIn};
use cardea_e2e::{Admin, Browser, Cardea, Database, JavaScript, RelyingParty, Workspace};
use serde_json::json;

pub(crate) struct Stage {
    // Fields are dropped in this order: the browser before what it looks at.
    pub(crate) browser: Browser,
    pub(crate) shop: RelyingParty,
    pub(crate) ada: String,
    pub(crate) workspace: Workspace,
    pub(crate) admin: Admin,
    _cardea: Cardea,
}

pub(crate) async fn stage(javascript: JavaScript) -> Stage {
    let cardea = Cardea::start(Database::Sqlite).await;
    let admin = cardea.admin().await;
    let workspace = Workspace::create(&admin, json!({"name": "Acme"})).await;
    let ada = workspace.person(&admin, "ada").await;
    let shop = RelyingParty::register(&admin, &workspace, json!({})).await;
    let browser = Browser::start(javascript).await;
    Stage { browser, shop, ada, workspace, admin, _cardea: cardea }
}

impl Stage {
    /// Sends the browser to the issuer.
    pub(crate) async fn send(&self, request: &Request) {
        self.browser.open(&request.url).await;
    }

    /// ada signs in to the shop for the first time, and agrees.
    pub(crate) async fn first_sign_in(&self) -> SignedIn {
        let request = self.shop.request(&[], &[]);
        self.send(&request).await;
        self.browser.sign_in("ada", cardea_e2e::people::PASSWORD).await;
        self.browser.click("allow").await;
        self.shop.signed_in(&request).await
    }

    /// What the shop hears where nothing may be shown.
    pub(crate) async fn silent_error(&self) -> String {
        let request = self.shop.request(&[], &[("prompt", "none")]);
        self.send(&request).await;
        self.shop.error(&request).await
    }
}
