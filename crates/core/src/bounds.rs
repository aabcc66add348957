//! How much is kept of what a target says: it may say as much as it likes.

/// The most that is kept of one body, in bytes.
pub const BODY_CAP: usize = 64 * 1024;

/// How many bytes of a URL, of a header or of a sentence are kept: a server may choose ids of any length.
pub const LINE_CAP: usize = 16 * 1024;
