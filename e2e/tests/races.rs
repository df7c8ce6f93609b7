//! Many who show the same code or the same refresh token at the same moment, to one process on SQLite and to two on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::time::Duration;

use cardea_e2e::client::Tokens;
use cardea_e2e::{Answer, Cardea, Client, Database, TextBrowser, Workspace, eventually};
use serde_json::json;
use tokio::task::JoinSet;

const ROUNDS: usize = 50;
const AT_ONCE: usize = 32;
const A_SECOND: Duration = Duration::from_secs(1);

/// One client, as it asks each node.
struct Stage {
    _nodes: Vec<Cardea>,
    clients: Vec<Client>,
    /// Where ada is signed in.
    browser: TextBrowser,
}

async fn one_on_sqlite(metadata: serde_json::Value) -> Stage {
    stage(vec![Cardea::start(Database::Sqlite).await], metadata).await
}

async fn two_on_postgresql(metadata: serde_json::Value) -> Stage {
    let first = Cardea::start(Database::Postgres).await;
    let second = first.another_node().await;
    stage(vec![first, second], metadata).await
}

async fn stage(nodes: Vec<Cardea>, metadata: serde_json::Value) -> Stage {
    let admin = nodes.first().unwrap().admin().await;
    let workspace = Workspace::create(&admin, json!({"name": "Acme"})).await;
    workspace.person(&admin, "ada").await;
    let client = Client::for_people(&admin, &workspace, metadata).await;
    let stage = Stage {
        clients: nodes.iter().map(|node| client.at(&node.url(""))).collect(),
        _nodes: nodes,
        browser: TextBrowser::default(),
    };
    for client in &stage.clients {
        let known = async || (client.refresh("x").await.error() == "invalid_grant").then_some(());
        eventually("a client known to each node", A_SECOND, known).await;
    }
    stage
}

/// The same, where each node has signed an ID token: the key is made for the first, and takes a moment to be known to all.
async fn warm(stage: Stage) -> Stage {
    for client in &stage.clients {
        let signs = async || (client.redeem(&stage.code().await).await.status == 200).then_some(());
        eventually("a key known to each node", A_SECOND, signs).await;
    }
    stage
}

#[tokio::test]
async fn the_first_id_tokens_of_a_workspace_are_signed_at_both_nodes() {
    let stage = two_on_postgresql(json!({})).await;
    let codes = [stage.code().await, stage.code().await];
    for client in &stage.clients {
        // Each node has the workspace at hand as it is now.
        assert_eq!(client.refresh("x").await.error(), "invalid_grant");
    }
    for (client, code) in stage.clients.iter().zip(&codes) {
        let _ = Tokens::of(&client.redeem(code).await);
    }
}

impl Stage {
    async fn code(&self) -> String {
        self.first().code(&self.browser, "ada").await
    }

    async fn tokens(&self) -> Tokens {
        self.first().tokens(&self.browser, "ada").await
    }

    fn first(&self) -> &Client {
        self.clients.first().unwrap()
    }

    /// The bodies of all that succeeded, of many that ask at once, spread over the nodes; whoever does not is refused by `invalid_grant`.
    async fn at_once<F: Future<Output = Answer> + Send + 'static>(&self, ask: impl Fn(Client) -> F) -> Vec<Answer> {
        let mut asking = JoinSet::new();
        for client in self.clients.iter().cycle().take(AT_ONCE) {
            asking.spawn(ask(client.clone()));
        }
        let (succeeded, refused): (Vec<_>, Vec<_>) =
            asking.join_all().await.into_iter().partition(|answer| answer.status == 200);
        for answer in refused {
            assert_eq!((answer.status, answer.error().as_str()), (400, "invalid_grant"), "{}", answer.text());
        }
        succeeded
    }
}

async fn one_code(stage: &Stage) {
    for round in 0..ROUNDS {
        let code = stage.code().await;
        let redeem = |client: Client| {
            let code = code.clone();
            async move { client.redeem(&code).await }
        };
        let succeeded = stage.at_once(redeem).await;
        let [only] = succeeded.as_slice() else { panic!("round {round}: {} got tokens", succeeded.len()) };
        // It was used again: what was issued for it is worth nothing.
        let tokens = Tokens::of(only);
        for client in &stage.clients {
            assert_eq!(client.introspect(&tokens.access_token).await, json!({"active": false}), "round {round}");
            assert_eq!(client.refresh(&tokens.refresh_token).await.error(), "invalid_grant", "round {round}");
        }
    }
    for client in &stage.clients {
        let tokens = Tokens::of(&client.redeem(&stage.code().await).await);
        let seen = client.introspect(&tokens.access_token).await;
        assert_eq!(seen.get("active"), Some(&json!(true)), "a code used once is good");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_redeem_one_code_at_once_one_succeeds_on_sqlite() {
    one_code(&warm(one_on_sqlite(json!({})).await).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_redeem_one_code_at_once_one_succeeds_on_two_nodes() {
    one_code(&warm(two_on_postgresql(json!({})).await).await).await;
}

async fn refresh_at_once(stage: &Stage, token: &str) -> Vec<Answer> {
    let refresh = |client: Client| {
        let token = token.to_owned();
        async move { client.refresh(&token).await }
    };
    stage.at_once(refresh).await
}

/// Within the grace each gets the successor, and it is one.
async fn with_grace(stage: &Stage) {
    let mut token = stage.tokens().await.refresh_token;
    for round in 0..ROUNDS {
        let succeeded = refresh_at_once(stage, &token).await;
        assert_eq!(succeeded.len(), AT_ONCE, "round {round}: all are within the grace");
        let mut successors: Vec<_> = succeeded.iter().map(|answer| Tokens::of(answer).refresh_token).collect();
        successors.sort_unstable();
        successors.dedup();
        let [successor] = successors.as_slice() else { panic!("round {round}: {} successors", successors.len()) };
        assert_ne!(*successor, token);
        token.clone_from(successor);
    }
    for client in &stage.clients {
        token = Tokens::of(&client.refresh(&token).await).refresh_token;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_use_one_refresh_token_at_once_get_one_successor_on_sqlite() {
    with_grace(&warm(one_on_sqlite(json!({})).await).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_use_one_refresh_token_at_once_get_one_successor_on_two_nodes() {
    with_grace(&warm(two_on_postgresql(json!({})).await).await).await;
}

/// Without a grace one succeeds, and the others show that the token is in more than two hands: the family ends.
async fn without_grace(stage: &Stage) {
    for round in 0..ROUNDS {
        let tokens = stage.tokens().await;
        let succeeded = refresh_at_once(stage, &tokens.refresh_token).await;
        let [only] = succeeded.as_slice() else { panic!("round {round}: {} got tokens", succeeded.len()) };
        let next = Tokens::of(only);
        for client in &stage.clients {
            assert_eq!(client.refresh(&next.refresh_token).await.error(), "invalid_grant", "round {round}");
            assert_eq!(client.introspect(&next.access_token).await, json!({"active": false}), "round {round}");
        }
    }
    let mut token = stage.tokens().await.refresh_token;
    for client in &stage.clients {
        token = Tokens::of(&client.refresh(&token).await).refresh_token;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_grace_one_who_uses_a_refresh_token_succeeds_and_the_family_ends_on_sqlite() {
    without_grace(&warm(one_on_sqlite(json!({"refresh_token_rotation": "rotate"})).await).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_grace_one_who_uses_a_refresh_token_succeeds_and_the_family_ends_on_two_nodes() {
    without_grace(&warm(two_on_postgresql(json!({"refresh_token_rotation": "rotate"})).await).await).await;
}
