//! What the command prints, page by page.
