//! The driver of an Okta-shaped org: Management API, sign-in page, dashboard.
