//! The pieces pages are made of: props in, events out. They know no data, no URL and nobody who is signed in.
//!
//! - Acting: [`button`], [`dialog`], [`toast`]. Asking: [`field`]. Ordering a page: [`page`], [`table`].
//! - Showing: [`code`], [`time`], [`diff`], [`chart`], [`icon`], [`kbd`].
//!
//! How they look is in `style/`: one file for each of these, with the tokens (colours, sizes) first.

pub(crate) mod button;
pub(crate) mod chart;
pub(crate) mod clipboard;
pub(crate) mod code;
pub(crate) mod dialog;
pub(crate) mod diff;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod kbd;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod time;
pub(crate) mod toast;
pub(crate) mod unique;
