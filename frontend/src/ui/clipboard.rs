//! Copying and downloading. Browsers give `navigator.clipboard` to secure origins only; a console on plain HTTP in somebody's
//! network copies the old way.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Copies `text`, and answers whether it could. `near` is an element that can be focused now: what lies outside of an open
/// dialog cannot be selected.
pub(crate) async fn copy(text: &str, near: Option<web_sys::Element>) -> bool {
    let navigator = window().navigator();
    let is_there = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|it| it.is_object());
    if is_there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    near.is_some_and(|near| by_selection(text, &near).unwrap_or(false))
}

fn by_selection(text: &str, near: &web_sys::Element) -> Option<bool> {
    let area: web_sys::HtmlTextAreaElement = document().create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_class_name("visually-hidden");
    area.set_read_only(true);
    let parent = near.parent_node()?;
    parent.append_child(&area).ok()?;
    area.select();
    let copied = document().unchecked_into::<web_sys::HtmlDocument>().exec_command("copy").unwrap_or(false);
    parent.remove_child(&area).ok()?;
    if let Some(near) = near.dyn_ref::<web_sys::HtmlElement>() {
        let _ = near.focus();
    }
    Some(copied)
}

/// Hands `text` to the browser as a file.
pub(crate) fn download(file_name: &str, media_type: &str, text: &str) {
    let _ = offer(file_name, media_type, text);
}

fn offer(file_name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(file_name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
