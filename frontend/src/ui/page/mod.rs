//! What orders a page: its head, sections, tabs, and what is said beside the data.

mod facts;
mod head;
mod notice;
mod section;
mod stepper;
mod tabs;
mod waiting;

pub(crate) use facts::{Fact, Facts};
pub(crate) use head::PageHead;
pub(crate) use notice::{Badge, EmptyState, Notice, Tone};
pub(crate) use section::{Section, SubSection};
pub(crate) use stepper::Stepper;
pub(crate) use tabs::{Tab, Tabs};
pub(crate) use waiting::{Skeleton, Spinner};
