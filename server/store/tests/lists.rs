//! Lists: complete, without doubles, stable among equals and while others write; what is looked for is literal.

use cardea_protocol::{AuthMethod, AuthMethods, Status};
use cardea_store::{ClientFilter, Cursor, CursorValue, ListQuery, Scoped, Sort, Store};

use crate::fixtures::{at, client, client_with, fill, register, tenant, tenant_id, workspace_id};

fn scoped(store: &Store) -> Scoped {
    store.scoped(&tenant_id("acme"), &workspace_id("main"))
}

async fn walk(store: &Store, query: &ListQuery) -> Vec<String> {
    let mut seen = Vec::new();
    let mut query = query.clone();
    loop {
        let page = scoped(store).list_clients(&ClientFilter::default(), &query).await.unwrap();
        assert!(page.items.len() as u64 <= query.limit);
        seen.extend(page.items.iter().map(|client| client.client_id.as_str().to_owned()));
        let Some(next) = page.next else { return seen };
        // Through text, as the API hands it out.
        query.after = Some(serde_json::from_str(&serde_json::to_string(&next).unwrap()).unwrap());
    }
}

async fn found(store: &Store, q: &str) -> Vec<String> {
    walk(store, &ListQuery { q: Some(q.to_owned()), ..ListQuery::default() }).await
}

both! {
    async fn every_item_is_listed_once_in_either_order_by_either_column(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let clients: Vec<_> = (0..23)
            .map(|number| {
                let mut client = client(&format!("c{number:02}"));
                // Many equals: three times and two names.
                client.created_at = at(i64::from(number) % 3);
                client.last_authenticated_at = Some(at(i64::from(number) % 5));
                client.metadata.client_name = Some(["same", "other"][usize::from(number % 2 == 0)].to_owned());
                client
            })
            .collect();
        register(&store, "acme", "main", &clients).await;
        for sort in [Sort::CreatedAt, Sort::Name, Sort::LastUsed] {
            for limit in [1, 4, 22, 23, 200] {
                let query = ListQuery { limit, sort, ..ListQuery::default() };
                let up = walk(&store, &query).await;
                let mut expected: Vec<_> = clients.iter().collect();
                expected.sort_by_key(|client| match sort {
                    Sort::CreatedAt => (client.created_at.as_millis().to_string(), client.client_id.clone()),
                    Sort::Name => (client.metadata.client_name.clone().unwrap(), client.client_id.clone()),
                    Sort::LastUsed => (client.last_authenticated_at.map_or(0, |at| at.as_millis()).to_string(), client.client_id.clone()),
                });
                assert_eq!(up, expected.iter().map(|client| client.client_id.as_str()).collect::<Vec<_>>());
                let mut down = walk(&store, &ListQuery { descending: true, ..query }).await;
                down.reverse();
                assert_eq!(down, up);
            }
        }
    }

    async fn a_page_is_stable_while_others_write(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        register(&store, "acme", "main", &["b", "d", "f"].map(client)).await;
        let query = ListQuery { limit: 2, ..ListQuery::default() };
        let first = scoped(&store).list_clients(&ClientFilter::default(), &query).await.unwrap();
        assert_eq!(first.items.len(), 2);
        register(&store, "acme", "main", &["a", "c", "e"].map(client)).await;
        let rest = walk(&store, &ListQuery { after: first.next, ..query }).await;
        assert_eq!(rest, ["e", "f"]);
    }

    async fn what_is_looked_for_is_taken_literally_and_in_any_case(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let names = [("a", "100% sure"), ("b", "100 sure"), ("c", "under_score"), ("d", "underXscore"), ("e", r"back\slash"), ("F", "ÄRGER")];
        let clients = names.map(|(id, name)| {
            let mut client = client(id);
            client.metadata.client_name = Some(name.to_owned());
            client
        });
        register(&store, "acme", "main", &clients).await;
        assert_eq!(found(&store, "100%").await, ["a"]);
        assert_eq!(found(&store, "%").await, ["a"]);
        assert_eq!(found(&store, "r_s").await, ["c"]);
        assert_eq!(found(&store, r"\").await, ["e"]);
        assert_eq!(found(&store, "UNDER").await, ["c", "d"]);
        assert_eq!(found(&store, "ärg").await, ["F"]);
        assert_eq!(found(&store, "f ").await, ["F"]);
        assert!(found(&store, "'; DROP TABLE clients; --").await.is_empty());
        assert!(found(&store, "nul\0").await.is_empty());
        assert_eq!(found(&store, "").await.len(), 6);
    }

    async fn a_cursor_of_another_list_ends_this_one(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let after = Some(Cursor { value: CursorValue::Text("x".to_owned()), id: "a".to_owned() });
        register(&store, "acme", "main", &[client("a")]).await;
        assert!(walk(&store, &ListQuery { after, ..ListQuery::default() }).await.is_empty());
        assert_eq!(walk(&store, &ListQuery::default()).await, ["a"]);
    }

    async fn clients_are_filtered_by_status_and_method(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let mut inactive = client("off");
        inactive.metadata.status = Status::Inactive;
        register(&store, "acme", "main", &[inactive, client("on"), client_with("pub", AuthMethod::None)]).await;
        let list = async |filter| {
            let page = scoped(&store).list_clients(&filter, &ListQuery::default()).await.unwrap();
            page.items.into_iter().map(|client| client.client_id.as_str().to_owned()).collect::<Vec<_>>()
        };
        let inactive = ClientFilter { status: Some(Status::Inactive), ..ClientFilter::default() };
        assert_eq!(list(inactive).await, ["off"]);
        let public = ClientFilter { token_endpoint_auth_method: Some(AuthMethod::None), ..ClientFilter::default() };
        assert_eq!(list(public).await, ["pub"]);
    }

    async fn impact_counts_the_active_clients_of_methods_that_go(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let mut clients: Vec<_> = (0..205).map(|n| client_with(&format!("b{n:03}"), AuthMethod::ClientSecretBasic)).collect();
        for (client, time) in clients.iter_mut().zip(1..) {
            client.last_authenticated_at = Some(at(time));
        }
        clients.push(client_with("post", AuthMethod::ClientSecretPost));
        let mut off = client_with("off", AuthMethod::ClientSecretPost);
        off.metadata.status = Status::Inactive;
        clients.extend([off, client_with("none", AuthMethod::None)]);
        register(&store, "acme", "main", &clients).await;
        let mut keep = AuthMethods::all();
        keep.remove(AuthMethod::ClientSecretPost);
        let (impacted, total) = scoped(&store).impacted(keep, AuthMethods::all()).await.unwrap();
        assert_eq!((impacted.len(), total), (1, 1));
        assert_eq!(impacted[0].metadata.client_name.as_deref(), Some("Client post"));
        assert_eq!(impacted[0].last_authenticated_at, None);
        keep.remove(AuthMethod::ClientSecretBasic);
        let (impacted, total) = scoped(&store).impacted(keep, AuthMethods::all()).await.unwrap();
        assert_eq!((impacted.len(), total), (200, 206));
        assert_eq!(impacted[0].client_id.as_str(), "b204");
        let (impacted, total) = scoped(&store).impacted(keep, keep).await.unwrap();
        assert_eq!((impacted.len(), total), (0, 0));
    }

    async fn tenants_and_workspaces_are_listed_too(db) {
        let store = db.store().await;
        for id in ["acme", "beta", "gamma"] {
            fill(&store, id, &["admin", "main"]).await;
        }
        let page = store.list_tenants(&ListQuery { limit: 2, sort: Sort::Name, ..ListQuery::default() }).await.unwrap();
        assert_eq!(page.items, [tenant("acme"), tenant("beta")]);
        let query = ListQuery { limit: 2, sort: Sort::Name, after: page.next, ..ListQuery::default() };
        let page = store.list_tenants(&query).await.unwrap();
        assert_eq!((page.items, page.next), (vec![tenant("gamma")], None));
        let query = ListQuery { q: Some("MAIN".to_owned()), ..ListQuery::default() };
        let page = store.list_workspaces(&tenant_id("beta"), &query).await.unwrap();
        assert_eq!(page.items.len(), 1);
        assert_eq!(page.items[0].tenant_id, tenant_id("beta"));
    }
}
