//! Renderings of a report. Pure functions: this crate does not know how a run is made.
