//! What stands around each page: who is let in, where one is, the way to everywhere else.

mod frame;
pub(crate) mod gate;
pub(crate) mod here;
mod navigation;
mod person;
mod theme;
