//! The commands, one file each.

pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod list;
pub(crate) mod org;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod runscope;
pub(crate) mod sample_app;
