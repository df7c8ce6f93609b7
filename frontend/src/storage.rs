//! What the browser keeps for us: for this tab, or for good. A browser that keeps nothing is no error, only forgetful.

use web_sys::Storage;

/// What is kept until the tab is closed.
pub(crate) fn of_tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What is kept for good: nothing secret.
pub(crate) fn for_good() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What stands under `key`.
pub(crate) fn read(storage: Option<Storage>, key: &str) -> Option<String> {
    storage?.get_item(key).ok()?
}

/// Keeps `value` under `key`, or forgets it.
pub(crate) fn write(storage: Option<Storage>, key: &str, value: Option<&str>) {
    if let Some(storage) = storage {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}
