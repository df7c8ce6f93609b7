//! Concurrent use and administration of a workspace, which notes what it was promised: an answer of 2xx is a promise.

use std::sync::{Arc, Mutex};

use cardea_e2e::assertion::unique;
use cardea_e2e::{Admin, Answer, Client, Workspace};
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use tokio::task::JoinSet;

const AUTHENTICATING: usize = 8;
const ADMINISTRATING: usize = 3;

/// What the server has answered with success.
#[derive(Clone, Default)]
pub(crate) struct Promises {
    /// Assertions that got a token.
    pub(crate) accepted: Vec<String>,
    /// Clients that were created and not asked to be deleted.
    pub(crate) created: Vec<String>,
    /// Clients that were deleted.
    pub(crate) deleted: Vec<String>,
    /// The highest number that was written into the workspace's description; each is higher than the last.
    pub(crate) description: u64,
}

/// Load in the background.
pub(crate) struct Load {
    promises: Arc<Mutex<Promises>>,
    tasks: JoinSet<()>,
}

impl Load {
    /// Begins; each task ends by itself when the server no longer answers.
    pub(crate) fn start(admin: &Admin, workspace: &Workspace, client: &Client, promises: Promises) -> Self {
        let promises = Arc::new(Mutex::new(promises));
        let mut tasks = JoinSet::new();
        for _ in 0..AUTHENTICATING {
            tasks.spawn(authenticate(client.clone(), promises.clone()));
        }
        for _ in 0..ADMINISTRATING {
            tasks.spawn(register(admin.clone(), workspace.clone(), promises.clone()));
        }
        tasks.spawn(describe(admin.clone(), workspace.clone(), promises.clone()));
        Self { promises, tasks }
    }

    /// Whether that many more assertions were accepted and that many more changes made.
    pub(crate) fn has_done(&self, before: &Promises, assertions: usize, changes: usize) -> bool {
        let now = self.promises.lock().unwrap();
        let changed = |promises: &Promises| promises.created.len() + promises.deleted.len();
        now.accepted.len() >= before.accepted.len() + assertions
            && changed(&now) >= changed(before) + changes
            && now.deleted.len() > before.deleted.len()
            && now.description > before.description
    }

    /// Waits until every task has noticed that the server is gone.
    pub(crate) async fn stop(mut self) -> Promises {
        while let Some(ended) = self.tasks.join_next().await {
            ended.unwrap();
        }
        self.promises.lock().unwrap().clone()
    }
}

async fn authenticate(client: Client, promises: Arc<Mutex<Promises>>) {
    loop {
        let assertion = client.assertion();
        let Ok(answer) = client.present(&assertion).await else { return };
        assert_eq!(answer.status, 200, "{}", answer.text());
        promises.lock().unwrap().accepted.push(assertion);
    }
}

/// `None` when the server is gone.
async fn answered(request: RequestBuilder, status: u16) -> Option<Answer> {
    let answer = Answer::to(request).await.ok()?;
    assert_eq!(answer.status, status, "{}", answer.text());
    Some(answer)
}

async fn register(admin: Admin, workspace: Workspace, promises: Arc<Mutex<Promises>>) {
    for count in 0u32.. {
        let id = format!("client-{}", unique());
        let metadata = json!({"client_id": id, "token_endpoint_auth_method": "client_secret_basic"});
        let creation = admin.request_json(Method::POST, &workspace.path("clients"), &metadata);
        if answered(creation, 201).await.is_none() {
            return;
        }
        if count % 3 != 0 {
            promises.lock().unwrap().created.push(id);
            continue;
        }
        if answered(admin.request(Method::DELETE, &workspace.client(&id)), 204).await.is_none() {
            return;
        }
        promises.lock().unwrap().deleted.push(id);
    }
}

async fn describe(admin: Admin, workspace: Workspace, promises: Arc<Mutex<Promises>>) {
    let mut number = promises.lock().unwrap().description;
    loop {
        number += 1;
        let patch = json!({"description": number.to_string()});
        if answered(admin.request_json(Method::PATCH, &workspace.itself(), &patch), 200).await.is_none() {
            return;
        }
        promises.lock().unwrap().description = number;
    }
}
