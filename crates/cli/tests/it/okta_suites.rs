//! Okta's own suites, unchanged. They are Okta's: a test that needs them is skipped where they are absent.
