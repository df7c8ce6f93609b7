//! The console in a browser.

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(cardea_frontend::app::App);
}
