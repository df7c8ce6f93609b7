//! Ten thousand clients and ten thousand tenants: each page asks little, is drawn soon after the answers are here, and finds what is
//! looked for. Run with `--nocapture` it prints how soon.

use cardea_e2e::seed::copies;
use serde_json::json;

use crate::looks::{furnish, pages, questions};
use crate::stage::{Stage, stage};

const MANY: u32 = 10_000;
/// For a debugging build on a busy machine; the console as it is shipped is measured, not tested.
const PATIENCE_MS: f64 = 2000.0;
/// Notes when the last skeleton has made way for what was asked for and that has been painted.
const WATCH: &str = "
let waiting = true;
new MutationObserver(() => {
  const drawn = document.querySelector('main h1') && !document.querySelector('.skeleton');
  if (drawn && waiting) requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
  waiting = !drawn;
}).observe(document, {childList: true, subtree: true});
";
/// Milliseconds between the end of the last answer and that moment.
const SINCE: &str = "
const ends = performance.getEntriesByType('resource').filter(e => e.initiatorType === 'fetch').map(e => e.responseEnd);
return window.drawnAt === undefined ? null : Math.max(0, window.drawnAt - Math.max(0, ...ends.filter(end => end <= window.drawnAt)));
";

async fn crowd(stage: &Stage) {
    stage.client(json!({"client_id": "seed", "redirect_uris": ["https://shop.example/callback"]})).await;
    let name = "printf('Customer %05d', i)";
    let clients = [
        ("client_id", "printf('client-%05d', i)"),
        ("client_name", name),
        ("metadata", "json_set(t.metadata, '$.client_name', printf('Customer %05d', i))"),
        ("search", "printf('client-%05d customer %05d', i, i)"),
        ("created_at", "t.created_at + i"),
    ];
    copies(&stage.cardea, "clients", "client_id = 'seed'", MANY, &clients).await;
    let tenants = [
        ("id", "printf('tenant-%05d', i)"),
        ("name", name),
        ("search", "printf('tenant-%05d customer %05d', i, i)"),
        ("created_at", "t.created_at + i"),
    ];
    copies(&stage.cardea, "tenants", "id = 'default'", MANY, &tenants).await;
}

/// Searches, sorts and turns pages of a list.
async fn is_found_sorted_and_paged(stage: &Stage, page: &str, kind: &str) {
    let browser = &stage.browser;
    let row = |number: &str| format!("tbody tr:first-child[data-id='{kind}-{number}']");
    stage.go(page).await;
    browser.write("#q", "customer 04217").await;
    browser.says(&row("04217"), "Customer 04217").await;
    assert_eq!(browser.count("tbody tr").await, 1);
    browser.write("#q", "customer").await;
    browser.loses(&row("04217")).await;
    browser.press("thead th:first-child button").await;
    browser.says(&row("00001"), "Customer 00001").await;
    browser.press("[data-action=next-page]").await;
    browser.says(&row("00051"), "Customer 00051").await;
    browser.press("[data-action=first-page]").await;
    browser.says(&row("00001"), "Customer 00001").await;
    browser.press("thead th:first-child button").await;
    browser.says(&row("10000"), "Customer 10000").await;
}

#[tokio::test]
async fn pages_stay_light_with_ten_thousand_clients_and_tenants() {
    let stage = stage().await;
    furnish(&stage).await;
    crowd(&stage).await;
    stage.browser.before_each_page(WATCH).await;
    for (page, name) in pages(&stage) {
        stage.go(&page).await;
        stage.browser.loses(".skeleton").await;
        let asked = questions(&stage).await;
        assert!(asked.len() <= 3, "{name}: {asked:#?}");
        let drawn = async || stage.browser.evaluate(SINCE).await.as_f64();
        let (since, _) = cardea_e2e::eventually(name, std::time::Duration::from_secs(10), drawn).await;
        println!("{name:20} {since:6.0} ms after its data, {} requests", asked.len());
        assert!(since < PATIENCE_MS, "{name}: {since} ms");
    }
    stage.go(&stage.page("methods")).await;
    stage.browser.press("#client_secret_basic").await;
    stage.browser.says("#impact", &format!("{} clients would stop working", MANY + 2)).await;
    is_found_sorted_and_paged(&stage, &stage.page("clients"), "client").await;
    is_found_sorted_and_paged(&stage, "/tenants", "tenant").await;
}
