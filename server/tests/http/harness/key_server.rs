//! A client's own web server, where its keys are.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use arc_swap::ArcSwap;

/// Lets the server ask it.
pub const ALLOW_LOOPBACK: (&str, &str) = ("CARDEA_OUTBOUND__ALLOW", "127.0.0.0/8");

/// A client's own web server: answers what the test says and counts how often it is asked.
pub struct KeyServer {
    pub url: String,
    answer: Arc<ArcSwap<(u16, String)>>,
    asked: Arc<AtomicUsize>,
    handle: ServerHandle,
}

impl KeyServer {
    pub fn start(answer: &serde_json::Value) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://127.0.0.1:{}/jwks", listener.local_addr().unwrap().port());
        let answer = Arc::new(ArcSwap::from_pointee((200, answer.to_string())));
        let asked = Arc::new(AtomicUsize::new(0));
        let (kept, counter) = (answer.clone(), asked.clone());
        let server = HttpServer::new(move || {
            let (kept, counter) = (kept.clone(), counter.clone());
            App::new().default_service(web::to(move || {
                counter.fetch_add(1, Ordering::Relaxed);
                let answer = kept.load_full();
                async move {
                    let status = actix_web::http::StatusCode::from_u16(answer.0).unwrap();
                    HttpResponse::build(status).insert_header(("location", "/elsewhere")).body(answer.1.clone())
                }
            }))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { url, answer, asked, handle }
    }

    /// Answers with this from now on.
    pub fn says(&self, status: u16, body: &impl ToString) {
        self.answer.store(Arc::new((status, body.to_string())));
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Drop for KeyServer {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}
