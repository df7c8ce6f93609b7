//! What people see in a browser when they sign in. [`pages`] only presents: whoever answers a request decides, fills in a page, and
//! sends it.

pub mod account;
pub mod consent;
pub mod device;
mod one_time_link;
pub mod pages;
mod password_check;
pub mod password_reset;
pub mod setup;
pub mod sign_in;
