//! The pages themselves: a view goes in, an answer with all its headers comes out. Nothing is decided here.
//!
//! Each page is a file with a struct of plain fields and `respond`, and a template of the same name in `templates/hosted/`. What
//! all pages share is the [`Frame`]; what every answer carries is in one function, `answer::page`. No page holds a script
//! but [`FormPost`], and that one by its hash.

mod accent;
mod account;
mod answer;
mod consent;
mod device_code;
mod device_confirm;
mod device_done;
mod email_verification;
mod error;
mod forgotten_password;
mod form;
mod form_post;
mod frame;
mod link;
mod message;
mod password_reset;
mod policy;
mod setup;
mod sign_in;
mod sign_out;
mod signed_out;
#[cfg(test)]
mod tests;
mod texts;

pub use accent::Accent;
pub use account::{Account, AccountConsent, AccountError, AccountNews, AccountSession};
pub use consent::{Consent, RequestedScope};
pub use device_code::{DeviceCode, DeviceCodeError};
pub use device_confirm::DeviceConfirm;
pub use device_done::DeviceDone;
pub use email_verification::EmailVerification;
pub use error::ErrorPage;
pub use forgotten_password::{ForgottenPassword, ForgottenPasswordError};
pub use form::Form;
pub use form_post::FormPost;
pub use frame::Frame;
pub use link::Link;
pub use message::Message;
pub use password_reset::{PasswordReset, PasswordResetError};
pub use setup::Setup;
pub use sign_in::{SignIn, SignInError};
pub use sign_out::SignOut;
pub use signed_out::SignedOut;
pub use texts::Locale;
