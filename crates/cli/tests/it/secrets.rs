//! A secret that a target knows comes back in no output.
