//! The report as one HTML file that needs no network and runs nothing but its own script.

mod anchors;
mod body;
mod evidence;
mod head;
mod marks;
mod page;
mod pictures;
mod policy;
mod readiness;
mod results;
mod view;
mod visits;

pub use page::html;
