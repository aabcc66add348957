//! What is remembered for a while: bounded in number and in time.

use std::collections::HashMap;

use jiff::{Timestamp, ToSpan as _};

use crate::clock;

/// Entries that expire. When it is full, what would expire next makes room.
#[derive(Debug)]
pub(crate) struct Kept<T> {
    entries: HashMap<String, (Timestamp, T)>,
    seconds: i64,
    most: usize,
}

impl<T> Kept<T> {
    pub(crate) fn new(seconds: i64, most: usize) -> Self {
        Self { entries: HashMap::new(), seconds, most }
    }

    /// Keeps an entry for the usual time.
    pub(crate) fn put(&mut self, key: String, value: T) {
        let now = clock::now();
        self.put_until(key, now.checked_add(self.seconds.seconds()).unwrap_or(now), value);
    }

    /// Keeps an entry until a moment.
    pub(crate) fn put_until(&mut self, key: String, until: Timestamp, value: T) {
        let now = clock::now();
        self.entries.retain(|_, (until, _)| *until > now);
        if self.entries.len() >= self.most
            && let Some(next) = self.entries.iter().min_by_key(|(_, (until, _))| *until)
        {
            let next = next.0.clone();
            self.entries.remove(&next);
        }
        self.entries.insert(key, (until, value));
    }

    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.entries.get(key).filter(|(until, _)| *until > clock::now()).map(|(_, value)| value)
    }

    /// Forgets the entry and returns it.
    pub(crate) fn take(&mut self, key: &str) -> Option<T> {
        self.entries.remove(key).filter(|(until, _)| *until > clock::now()).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_expired_is_gone_and_the_oldest_makes_room() {
        let mut kept = Kept::new(60, 2);
        kept.put_until("past".to_owned(), Timestamp::UNIX_EPOCH, 0);
        assert_eq!(kept.get("past"), None);
        kept.put_until("soon".to_owned(), clock::now().checked_add(5.seconds()).unwrap(), 1);
        kept.put("two".to_owned(), 2);
        kept.put("three".to_owned(), 3);
        assert_eq!((kept.get("soon"), kept.get("two")), (None, Some(&2)));
        assert_eq!(kept.take("three"), Some(3));
        assert_eq!(kept.take("three"), None);
    }
}
