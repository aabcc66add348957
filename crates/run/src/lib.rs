//! Configuration, plans, selection, transport, the runner, the journal and the ledger.
