//! `/api/v1/users`.

pub(super) mod create;
pub(super) mod life_cycle;
mod password;
mod profile;
pub(super) mod read;
pub(super) mod update;
