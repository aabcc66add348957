//! Whatever is wrong with the input or the target gets one clear message, and loses nothing.

mod arguments;
mod certificate;
mod configuration;
mod files;
mod scripts;
mod sign_on;
mod suites;
mod targets;
mod terminal;
