//! What the command prints, page by page.
//!
//! `INSTA_UPDATE=always cargo test -p oinspect-cli pages` writes the snapshots anew.

mod closed;
mod colour;
mod help;
mod results;
