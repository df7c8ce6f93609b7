//! The parameters of a request: RFC 6749 §3.1 and §3.2, App. B. What is said twice is refused, because two readers of the same
//! request could each believe another of the two.

use std::{borrow::Cow, fmt};

use url::form_urlencoded;

mod json;

use crate::encoding::form_decoded;

/// More parameters than this are refused.
pub const MAX_PARAMS: usize = 128;

/// RFC 8707 §2 and RFC 8693 §2.1 let these two be said more than once.
const REPEATABLE: [&str; 2] = ["resource", "audience"];

/// The parameters of a request; borrows from its body wherever nothing was escaped.
pub struct Params<'a> {
    list: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// Why a body holds no parameters: a sentence that says nothing of what was in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedParams(&'static str);

impl MalformedParams {
    const TWICE: Self = Self("a parameter is given more than once");
    const TOO_MANY: Self = Self("too many parameters");
    const NUL: Self = Self("a parameter contains a null character");

    /// The sentence; fit for an `error_description`.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for MalformedParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MalformedParams {}

impl<'a> Params<'a> {
    /// Reads an `application/x-www-form-urlencoded` body, or a query string.
    ///
    /// # Errors
    /// When it is not UTF-8, an escape is broken, a parameter comes twice or there are too many.
    pub fn from_form(body: &'a [u8]) -> Result<Self, MalformedParams> {
        let text = std::str::from_utf8(body).map_err(|_| MalformedParams("the body is not UTF-8"))?;
        let mut params = Self { list: Vec::with_capacity(8) };
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(name), Some(value)) = (form_decoded(name), form_decoded(value)) else {
                return Err(MalformedParams("a parameter is not properly percent-encoded UTF-8"));
            };
            params.add(name, value)?;
        }
        Ok(params)
    }

    /// Reads an `application/json` body: a flat object of strings, in which `resource` and `audience` may be arrays of strings.
    ///
    /// # Errors
    /// When it is anything else, a member comes twice or there are too many.
    pub fn from_json(body: &'a [u8]) -> Result<Self, MalformedParams> {
        json::read(body)
    }

    /// The value of a parameter. One without a value counts as left out (RFC 6749 §3.1).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.credential(name).filter(|value| !value.is_empty())
    }

    /// The value of a credential. An empty one is there, and wrong: else `client_secret=` beside another method would be overlooked.
    #[must_use]
    pub fn credential(&self, name: &str) -> Option<&str> {
        self.list.iter().find(|(own, _)| own == name).map(|(_, value)| &**value)
    }

    /// All values of a parameter that may be repeated, without the empty ones.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.list.iter().filter(move |(own, value)| own == name && !value.is_empty()).map(|(_, value)| &**value)
    }

    /// These parameters and no others, as a form in the order of `names`: what is kept of a request. An empty one stays empty.
    #[must_use]
    pub fn to_form(&self, names: &[&str]) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        for name in names {
            form.extend_pairs(self.list.iter().filter(|(own, _)| own == name));
        }
        form.finish()
    }

    /// Whether a parameter of this name is there at all, empty or not.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.credential(name).is_some()
    }

    /// No parameters yet.
    pub(crate) const fn empty() -> Self {
        Self { list: Vec::new() }
    }

    /// Adds one that was read elsewhere, by the same rules.
    pub(crate) fn push(&mut self, name: &'a str, value: String) -> Result<(), MalformedParams> {
        self.add(Cow::Borrowed(name), Cow::Owned(value))
    }

    fn add(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) -> Result<(), MalformedParams> {
        if self.list.len() >= MAX_PARAMS {
            return Err(MalformedParams::TOO_MANY);
        }
        // Not even a parameter we do not know may carry what no database can store.
        if name.contains('\0') || value.contains('\0') {
            return Err(MalformedParams::NUL);
        }
        if !REPEATABLE.contains(&&*name) && self.contains(&name) {
            return Err(MalformedParams::TWICE);
        }
        self.list.push((name, value));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
