//! Who is signed in: the tokens of this tab, got as any public client gets them (code with PKCE), and the person they are of.
//!
//! The tokens are kept for the tab alone. What is new in a tab without them costs one redirect, for the server knows the
//! person by its own session.

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::prelude::*;

use cardea_api::me::Me;

use crate::api::{Failure, Kind};
use crate::storage;

mod beside;
mod grant;
mod pending;
mod place;
mod tokens;

pub(crate) use pending::Returned;
pub(crate) use place::Place;
use tokens::Tokens;

const LAST_REALM: &str = "cardea.realm";

type Refreshing = Shared<LocalBoxFuture<'static, Result<String, Failure>>>;

/// The sign-in of this tab.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    tokens: RwSignal<Option<Tokens>>,
    /// Who it is, once the server has said so.
    pub(crate) me: RwSignal<Option<Me>>,
    /// Whether it ended in the midst of something, which is then waiting to go on.
    pub(crate) ended: RwSignal<bool>,
    waiting: StoredValue<Option<beside::Waiting>, LocalStorage>,
    refreshing: StoredValue<Option<Refreshing>, LocalStorage>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            tokens: RwSignal::new(tokens::kept()),
            me: RwSignal::new(None),
            ended: RwSignal::new(false),
            waiting: StoredValue::new_local(None),
            refreshing: StoredValue::new_local(None),
        }
    }
}

impl Session {
    /// Whether there are tokens, valid or not.
    pub(crate) fn is_signed_in(self) -> bool {
        self.tokens.with_untracked(Option::is_some)
    }

    /// The tenant whose `admin` workspace the person signed in to.
    pub(crate) fn realm(self) -> Option<String> {
        self.tokens.with_untracked(|tokens| tokens.as_ref().map(|tokens| tokens.realm.clone()))
    }

    /// Leaves for the sign-in page of `realm`, to come back to `return_to`.
    pub(crate) fn sign_in(self, place: &Place, realm: &str, return_to: &str) {
        pending::leave(place, realm, return_to);
    }

    /// Opens another tab to sign in, and calls `back` when that is done; answers whether the tab was opened.
    pub(crate) fn sign_in_beside(self, back: Callback<()>) -> bool {
        let realm = self.realm().or_else(last_realm).unwrap_or_else(|| "system".to_owned());
        let take = move |tokens| {
            self.keep(Some(tokens));
            self.ended.set(false);
            back.run(());
        };
        let waiting = beside::open(&realm, take);
        let is_open = waiting.is_some();
        self.waiting.set_value(waiting);
        is_open
    }

    /// Gives the tokens of this tab to the one that waits for them as `to`.
    pub(crate) fn hand_over(self, to: &str) {
        if let Some(tokens) = self.tokens.get_untracked() {
            beside::hand_over(to, tokens);
        }
        self.forget();
    }

    /// Takes what the sign-in page sent back in the query, and answers where the person wanted to go.
    pub(crate) async fn arrive(self, place: &Place, query: pending::Returned) -> Result<String, Failure> {
        let (pending, code) = pending::claim(place, query)?;
        let tokens = grant::code(place, &pending, &code).await?;
        self.keep(Some(tokens));
        Ok(pending.return_to)
    }

    /// Ends the sign-in here and, by its page, at the server (OpenID Connect RP-Initiated Logout 1.0).
    pub(crate) fn sign_out(self, place: &Place) {
        let tokens = self.tokens.get_untracked();
        self.forget();
        if let Some(tokens) = tokens {
            tokens::end(place, &tokens);
        }
    }

    /// Forgets the tokens of this tab.
    pub(crate) fn forget(self) {
        self.keep(None);
        self.me.set(None);
    }

    /// A token that is valid for another moment.
    pub(crate) async fn token(self) -> Result<String, Failure> {
        let Some(tokens) = self.tokens.get_untracked() else { return Err(signed_out()) };
        if tokens.is_fresh() { Ok(tokens.access_token) } else { self.refreshed(&tokens.access_token).await }
    }

    /// A token newer than `stale`. Whoever asks meanwhile waits for the same one.
    pub(crate) async fn refreshed(self, stale: &str) -> Result<String, Failure> {
        if let Some(other) = self.refreshing.get_value() {
            return other.await;
        }
        let Some(tokens) = self.tokens.get_untracked() else { return Err(signed_out()) };
        if tokens.access_token != stale {
            return Ok(tokens.access_token);
        }
        let refreshing: Refreshing = async move {
            let answer = grant::refresh(&tokens).await;
            self.refreshing.set_value(None);
            match answer {
                Ok(tokens) => {
                    let access_token = tokens.access_token.clone();
                    self.keep(Some(tokens));
                    Ok(access_token)
                }
                Err(failure) => Err(failure),
            }
        }
        .boxed_local()
        .shared();
        self.refreshing.set_value(Some(refreshing.clone()));
        refreshing.await
    }

    fn keep(self, tokens: Option<Tokens>) {
        tokens::keep(tokens.as_ref());
        self.tokens.set(tokens);
    }
}

/// The tenant that was signed in to last in this browser.
pub(crate) fn last_realm() -> Option<String> {
    storage::read(storage::for_good(), LAST_REALM)
}

fn signed_out() -> Failure {
    Failure::of(Kind::SignedOut, "You are signed out.")
}
