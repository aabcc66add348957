//! The Runscope format, and the engine that runs its suites.
