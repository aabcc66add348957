//! A run that is interrupted or killed removes what it created and loses no result.
