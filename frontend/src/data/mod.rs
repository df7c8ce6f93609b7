//! What a page knows of the server: nothing yet, an answer, or a failure; and the state of lists, which lives in the URL.

mod listing;
mod load;
mod query;
mod rested;
mod shown;

pub(crate) use listing::{Listing, listing};
pub(crate) use load::{Load, load};
pub(crate) use query::{Query, use_query};
pub(crate) use rested::rested;
pub(crate) use shown::{Failed, shown, shown_with};
