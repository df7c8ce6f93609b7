//! Registering a client by hand, and what the last page hands to the developer.

use crate::stage::Stage;

const SNIPPET: &str = ".code-tabs pre code";

impl Stage {
    /// Chooses what the client is, its name and its method.
    pub(crate) async fn begin_client(&self, kind: &str, name: &str, method: &str) {
        self.go(&self.page("new-client")).await;
        self.browser.press(&format!("#kind-{kind}")).await;
        self.browser.press("[data-action=next]").await;
        self.browser.write("#client_name", name).await;
        self.browser.press(&format!("#token_endpoint_auth_method-{method}")).await;
    }

    /// Registers it, and answers its id.
    pub(crate) async fn register_client(&self) -> String {
        self.browser.press("[data-action=create-client]").await;
        self.browser.says("#registered", "is registered").await;
        self.browser.reads("#registered #client_id").await
    }

    /// The secret that is shown after somebody asked to see it.
    pub(crate) async fn revealed(&self) -> String {
        self.browser.press("[data-action=reveal]").await;
        self.browser.reads(".reveal code span:not([aria-hidden], .visually-hidden)").await
    }

    /// The snippet for curl, once it names the endpoint at `base`.
    pub(crate) async fn snippet(&self, base: &str) -> String {
        self.browser.says(SNIPPET, &self.workspace.at(base, "/oauth2/")).await;
        self.browser.reads(SNIPPET).await
    }
}
