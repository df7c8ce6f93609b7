//! A client's own server, which takes logout tokens or does not (OpenID Connect Back-Channel Logout 1.0 §2.5).

use std::sync::{Arc, Mutex};

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

/// A server at an address of its own.
pub struct LogoutListener {
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    status: Arc<Mutex<u16>>,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Heard {
    pub content_type: String,
    pub body: String,
}

impl LogoutListener {
    /// Starts one that answers with `status`.
    pub fn start(status: u16) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://127.0.0.1:{}/logout", listener.local_addr().unwrap().port());
        let (heard, status) = (Arc::<Mutex<Vec<Heard>>>::default(), Arc::new(Mutex::new(status)));
        let (kept, answer) = (heard.clone(), status.clone());
        let server = HttpServer::new(move || {
            let (kept, answer) = (kept.clone(), answer.clone());
            App::new().default_service(web::to(move |request: HttpRequest, body: String| {
                let content_type = request.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
                kept.lock().unwrap().push(Heard { content_type, body });
                let status = StatusCode::from_u16(*answer.lock().unwrap()).unwrap();
                async move { HttpResponse::build(status).finish() }
            }))
        });
        actix_web::rt::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
        Self { url, heard, status }
    }

    /// From now on it answers so.
    pub fn answers(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    /// What it has heard so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}
