//! Whether the process lives and whether it can serve.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

use crate::app::App;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

/// `GET /health/ready`: the database answers, and what other nodes change is seen here.
pub async fn ready(app: Data<App>) -> HttpResponse {
    let database = app.store.ping().await.is_ok();
    let follows = app.freshness.is_fresh();
    let body = json!({
        "status": if database && follows { "ok" } else { "unavailable" },
        "database": database,
        "follows_changes": follows,
    });
    if database && follows { HttpResponse::Ok().json(body) } else { HttpResponse::ServiceUnavailable().json(body) }
}
