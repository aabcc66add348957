//! Did the app sign the user in? Judged by the app's own pages, calibrated before anything is judged.

mod app;
mod calibration;
mod judgement;
mod judging;
mod snapshot;
#[cfg(test)]
mod tests;

pub use app::{AppPages, ProfilePage, Readback, SignOut};
pub use calibration::{Calibration, Uncalibrated, calibrate};
pub use judgement::{AsWhom, Judgement, Outcome, Says, Signal};
pub use snapshot::{Snapshot, snapshot};
