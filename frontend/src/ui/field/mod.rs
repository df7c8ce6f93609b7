//! What is filled in: a label above, a hint and what is wrong below, tied together for those who hear the page.

mod cards;
mod choice;
mod duration;
mod file;
mod frame;
mod list;
mod text;

pub(crate) use cards::{Card, CheckCards, RadioCards};
pub(in crate::ui) use choice::options;
pub(crate) use choice::{Checkbox, Choice, SelectField, Switch};
pub(crate) use duration::DurationField;
pub(crate) use file::FileDrop;
pub(crate) use frame::point_out;
pub(crate) use list::ListField;
pub(crate) use text::{TextArea, TextField};
