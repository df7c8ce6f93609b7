//! The browser's own cryptography, where it lends it out: on HTTPS and on this machine.

use js_sys::{Array, JSON, Reflect, Uint8Array};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::signature::Check;

/// What the browser said of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The key has made it.
    Right,
    /// The key has not made it.
    Wrong,
    /// The page has no cryptography, for it did not come over HTTPS.
    Insecure,
    /// The browser does not know the algorithm, or not the key.
    Unable,
}

/// Whether `signature` over `input` is by the key of `check`.
pub(super) async fn verify(check: Check, input: String, signature: Vec<u8>) -> Verdict {
    let Some(subtle) = subtle() else { return Verdict::Insecure };
    match ask(&subtle, &check, &input, &signature).await {
        Ok(true) => Verdict::Right,
        Ok(false) => Verdict::Wrong,
        Err(_) => Verdict::Unable,
    }
}

fn subtle() -> Option<JsValue> {
    let window: JsValue = web_sys::window()?.into();
    let crypto = Reflect::get(&window, &"crypto".into()).ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok().filter(JsValue::is_object)
}

async fn ask(subtle: &JsValue, check: &Check, input: &str, signature: &[u8]) -> Result<bool, JsValue> {
    let usages = Array::of1(&"verify".into());
    let (jwk, import) = (js(&check.jwk)?, js(&check.import)?);
    let key = call(subtle, "importKey", &[&"jwk".into(), &jwk, &import, &JsValue::FALSE, &usages]).await?;
    let (signature, data) = (Uint8Array::from(signature), Uint8Array::from(input.as_bytes()));
    let answer = call(subtle, "verify", &[&js(&check.verify)?, &key, &signature, &data]).await?;
    answer.as_bool().ok_or(JsValue::NULL)
}

async fn call(subtle: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: js_sys::Function = Reflect::get(subtle, &name.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise = Reflect::apply(&function, subtle, &arguments)?;
    JsFuture::from(promise.dyn_into::<js_sys::Promise>()?).await
}

fn js(value: &Value) -> Result<JsValue, JsValue> {
    JSON::parse(&value.to_string())
}
