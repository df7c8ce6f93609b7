//! What stands around each page: who is let in, where one is, the way to everywhere else.

mod finder;
mod frame;
pub(crate) mod gate;
pub(crate) mod here;
mod keys;
mod navigation;
mod palette;
mod person;
pub(crate) mod signed_out;
mod switcher;
mod theme;
