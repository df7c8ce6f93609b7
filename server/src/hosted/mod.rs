//! What people see in a browser when they sign in. [`pages`] only presents: whoever answers a request decides, fills in a page, and
//! sends it.

pub mod account;
pub mod consent;
pub mod device;
pub mod email_verification;
pub mod forgotten_password;
mod one_time_link;
pub mod pages;
mod password_check;
pub mod password_reset;
mod rehashing;
pub mod setup;
pub mod sign_in;
