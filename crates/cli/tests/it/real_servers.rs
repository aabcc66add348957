//! Servers that other people wrote are the second judge.
