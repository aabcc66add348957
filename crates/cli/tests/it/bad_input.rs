//! Whatever is wrong with the input or the target gets one clear message, and loses nothing.
