//! A small SaaS app to test against: healthy, or with a fault switched on.
