//! Each exit code, provoked.
