//! What people see in a browser when they sign in. [`pages`] only presents: whoever answers a request decides, fills in a page, and
//! sends it.

pub mod consent;
pub mod pages;
pub mod sign_in;
