//! What the pages and the endpoints of a sign-in share.
//!
//! | file | what is there |
//! |---|---|
//! | [`visit`] | a browser at one of the pages: what each begins and ends with |
//! | [`asked`] | a request that is understood |
//! | [`device`] | a device that waits for somebody |
//! | [`errand`] | what somebody signs in for: one of the two |
//! | [`conveyance`] | how a request comes: plainly, signed, or pushed |
//! | [`session`] | who is signed in |
//! | [`decision`] | what the request needs before it is granted |
//! | [`consent`] | what the person has agreed to before |
//! | [`show`] | the pages that ask for it |
//! | [`ending`] | a session ends |
//! | [`form_token`] | the tie between a form, its browser and its request |
//! | [`hint`] | about whom a client wants an answer |
//! | [`target`] | what a token is good for |
//! | [`account`] | somebody's own account |
//! | [`way_back`] | where an application can be found again |
//! | [`subject`], [`person`] | what a client is told of somebody |

pub mod account;
pub mod asked;
pub mod consent;
pub mod conveyance;
pub mod decision;
pub mod device;
pub mod ending;
pub mod errand;
pub mod form_token;
pub mod hint;
mod misdirected;
pub mod person;
pub mod session;
pub mod show;
pub mod subject;
pub mod target;
pub mod visit;
pub mod way_back;
