//! Everything that the checks of one run share.

use std::any::{Any, TypeId};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::capability::Capability;
use crate::cleanup::Created;
use crate::clock::Clock;
use crate::finding::Finding;
use crate::redaction::Redactor;
use crate::seed::{RunId, Seed};
use crate::transport::Transport;

/// Everything that the checks of one run share. Checks see it through `Cx`.
pub struct Session {
    /// Tells this run's resources from every other run's.
    pub run: RunId,
    /// Where choices of values come from.
    pub seed: Seed,
    /// Where time comes from.
    pub clock: Clock,
    /// Knows the secrets.
    pub redactor: Arc<Redactor>,
    /// Carries requests.
    pub transport: Arc<dyn Transport>,
    /// The longest that one request may take.
    pub request_timeout: Duration,
    /// The longest that one check may take.
    pub check_timeout: Duration,
    /// What the target offers; filled once discovery is done.
    pub capabilities: BTreeSet<Capability>,
    settings: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    slots: Slots,
    created: Mutex<Vec<Created>>,
    unreachable: Mutex<HashMap<String, String>>,
    cancelled: AtomicBool,
}

impl Session {
    /// A session over one transport, with one-minute checks and ten-second requests.
    pub fn new(transport: Arc<dyn Transport>, redactor: Arc<Redactor>) -> Self {
        Self {
            run: RunId::fresh(),
            seed: Seed::fresh(),
            clock: Clock::System,
            redactor,
            transport,
            request_timeout: Duration::from_secs(10),
            check_timeout: Duration::from_mins(1),
            capabilities: BTreeSet::new(),
            settings: HashMap::new(),
            slots: Slots::default(),
            created: Mutex::default(),
            unreachable: Mutex::default(),
            cancelled: AtomicBool::new(false),
        }
    }

    /// Adds the settings of one protocol, found again by their type.
    pub fn provide<T: Any + Send + Sync>(&mut self, settings: T) {
        self.settings.insert(TypeId::of::<T>(), Arc::new(settings));
    }

    /// The settings of one protocol, if the configuration has them.
    pub fn settings<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.settings.get(&TypeId::of::<T>()).cloned().and_then(|any| any.downcast().ok())
    }

    /// Asks every check to stop at its next request. Clean-up still runs.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the run was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Takes the list of what was created, newest first.
    pub fn take_created(&self) -> Vec<Created> {
        let mut created = std::mem::take(&mut *self.created.lock().unwrap_or_else(PoisonError::into_inner));
        created.reverse();
        created
    }

    /// What is known under this label already is known once.
    pub(crate) fn add_created(&self, created: Created) {
        let mut known = self.created.lock().unwrap_or_else(PoisonError::into_inner);
        if known.iter().all(|one| one.label != created.label) {
            known.push(created);
        }
    }

    pub(crate) fn forget_created(&self, label: &str) {
        self.created.lock().unwrap_or_else(PoisonError::into_inner).retain(|created| created.label != label);
    }

    /// The one value of this type that the run's checks fill together, empty at first. Unlike what
    /// `Cx::once` makes, asking for it leaves nothing in the evidence.
    pub fn gathered<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let slot = self.slots.slot::<T>("gathered");
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((Ok(gathered), _)) = &*slot {
            return Arc::clone(gathered);
        }
        let gathered = Arc::<T>::default();
        *slot = Some((Ok(Arc::clone(&gathered)), String::new()));
        gathered
    }

    pub(crate) fn slots(&self) -> &Slots {
        &self.slots
    }

    /// Why an origin was given up, if it was.
    pub fn unreachable(&self, origin: &str) -> Option<String> {
        self.unreachable.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned()
    }

    /// Gives up an origin: from now on, whatever needs it is blocked at once. Only the first cause
    /// is kept; says whether this was it.
    pub(crate) fn give_up(&self, origin: &str, why: &str) -> bool {
        let mut unreachable = self.unreachable.lock().unwrap_or_else(PoisonError::into_inner);
        if unreachable.contains_key(origin) {
            return false;
        }
        unreachable.insert(origin.to_owned(), why.to_owned());
        true
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("run", &self.run).field("seed", &self.seed).finish_non_exhaustive()
    }
}

/// What was made once for the whole run: a created user, later a login.
#[derive(Default)]
pub struct Slots {
    slots: Mutex<HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>,
}

/// One such thing, or why it could not be made; and by which check.
pub(crate) type Slot<T> = Mutex<Option<(Result<Arc<T>, Finding>, String)>>;

impl Slots {
    /// The slot of this name and type, empty at first.
    pub(crate) fn slot<T: Any + Send + Sync>(&self, name: &str) -> Arc<Slot<T>> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = slots
            .entry((TypeId::of::<T>(), name.to_owned()))
            .or_insert_with(|| Arc::new(Slot::<T>::default()) as Arc<dyn Any + Send + Sync>);
        Arc::clone(slot).downcast().expect("the key holds the type")
    }
}
