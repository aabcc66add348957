//! The oinspect command.

fn main() {}
