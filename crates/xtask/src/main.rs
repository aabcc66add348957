//! Set-up, demo, tests and generated documents of this workspace.

fn main() {}
