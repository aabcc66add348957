//! What happens to users and their assignments, with the events that it leaves.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{Assignment, EVERYONE, Event, Outcome, Party, Password, Scope, Store, User, UserStatus};

impl Store {
    /// Makes a user, staged, who is in the group of everyone.
    pub(crate) fn create_user(
        &mut self,
        profile: Map<String, Value>,
        password: Option<Password>,
        actor: &Party,
        now: Timestamp,
    ) -> String {
        let login = profile.get("login").and_then(Value::as_str).unwrap_or_default();
        let id = self.new_id("00u", login);
        let user = User {
            id: id.clone(),
            serial: self.serial(),
            status: UserStatus::Staged,
            created: now,
            activated: None,
            status_changed: None,
            last_login: None,
            last_updated: now,
            password_changed: password.is_some().then_some(now),
            failed_sign_ins: 0,
            profile,
            password,
        };
        let party = Party::user(&user);
        self.users.insert(id.clone(), user);
        if let Some(everyone) =
            self.groups.values_mut().find(|group| group.built_in && group.name == EVERYONE)
        {
            everyone.members.insert(id.clone());
        }
        self.log(Event::of("user.lifecycle.create", actor.clone(), vec![party]), now);
        self.follow_groups(actor, now);
        id
    }

    /// Gives the user another status and logs it as this kind of event.
    pub(crate) fn change_status(
        &mut self,
        user_id: &str,
        status: UserStatus,
        kind: &'static str,
        actor: &Party,
        now: Timestamp,
    ) {
        let Some(user) = self.users.get_mut(user_id) else { return };
        user.status = status;
        user.status_changed = Some(now);
        user.last_updated = now;
        user.failed_sign_ins = 0;
        if status == UserStatus::Active && user.activated.is_none() {
            user.activated = Some(now);
        }
        let party = Party::user(user);
        self.log(Event::of(kind, actor.clone(), vec![party]), now);
    }

    /// Makes a user without or with a password one that was activated.
    pub(crate) fn activate(&mut self, user_id: &str, actor: &Party, now: Timestamp) {
        let Some(user) = self.users.get_mut(user_id) else { return };
        user.activated = Some(now);
        let status = if user.password.is_some() { UserStatus::Active } else { UserStatus::Provisioned };
        self.change_status(user_id, status, "user.lifecycle.activate", actor, now);
        self.follow_groups(actor, now);
    }

    /// Ends the user's sessions and assignments and forgets the password.
    pub(crate) fn deactivate(&mut self, user_id: &str, actor: &Party, now: Timestamp) {
        let apps: Vec<String> = self
            .apps
            .values()
            .filter(|app| app.assignments.contains_key(user_id))
            .map(|app| app.ids.app_id.clone())
            .collect();
        for app in apps {
            self.unassign(&app, user_id, actor, now);
        }
        self.end_sessions_of(user_id);
        if let Some(user) = self.users.get_mut(user_id) {
            user.password = None;
        }
        self.change_status(user_id, UserStatus::Deprovisioned, "user.lifecycle.deactivate", actor, now);
    }

    /// Removes a user who was deactivated before.
    pub(crate) fn delete_user(&mut self, user_id: &str, actor: &Party, now: Timestamp) {
        self.end_sessions_of(user_id);
        for group in self.groups.values_mut() {
            group.members.remove(user_id);
        }
        for app in self.apps.values_mut() {
            app.assignments.remove(user_id);
        }
        let Some(user) = self.users.remove(user_id) else { return };
        for kind in ["user.lifecycle.delete.initiated", "user.lifecycle.delete.completed"] {
            self.log(Event::of(kind, actor.clone(), vec![Party::user(&user)]), now);
        }
    }

    /// Assigns a user to an app, or changes the assignment there is.
    pub(crate) fn assign(&mut self, app_id: &str, wanted: Wanted, actor: &Party, now: Timestamp) {
        let serial = self.next_serial();
        let (Some(app), Some(user)) = (self.apps.get_mut(app_id), self.users.get(&wanted.user_id)) else {
            return;
        };
        let user_name = wanted.user_name.unwrap_or_else(|| user.login().to_owned());
        let targets = vec![Party::app_user(&user.id, &user_name, user), Party::app(app), Party::user(user)];
        match app.assignments.get_mut(&wanted.user_id) {
            Some(assignment) => {
                assignment.scope = wanted.scope;
                assignment.user_name = user_name;
                assignment.profile = wanted.profile;
                assignment.last_updated = now;
            }
            None => {
                let assignment = Assignment {
                    user_id: wanted.user_id.clone(),
                    serial,
                    scope: wanted.scope,
                    user_name,
                    profile: wanted.profile,
                    created: now,
                    last_updated: now,
                    status_changed: now,
                };
                app.assignments.insert(wanted.user_id, assignment);
                self.log(Event::of("application.user_membership.add", actor.clone(), targets), now);
            }
        }
    }

    /// Takes the assignment away. Says whether there was one.
    pub(crate) fn unassign(&mut self, app_id: &str, user_id: &str, actor: &Party, now: Timestamp) -> bool {
        let Some(app) = self.apps.get_mut(app_id) else { return false };
        let Some(assignment) = app.assignments.remove(user_id) else { return false };
        let mut targets = vec![Party::app(app)];
        if let Some(user) = self.users.get(user_id) {
            targets.insert(0, Party::app_user(user_id, &assignment.user_name, user));
            targets.push(Party::user(user));
        }
        let outcome = Outcome::Success;
        let event = Event::of("application.user_membership.remove", actor.clone(), targets);
        self.log(Event { outcome, ..event }, now);
        true
    }

    /// Makes assignments that come from groups follow who is in these groups.
    pub(crate) fn follow_groups(&mut self, actor: &Party, now: Timestamp) {
        let mut add = Vec::new();
        let mut remove = Vec::new();
        for app in self.apps.values() {
            let members: Vec<&String> = app
                .groups
                .iter()
                .filter_map(|group| self.groups.get(group))
                .flat_map(|group| &group.members)
                .collect();
            for user_id in &members {
                let lives =
                    self.users.get(*user_id).is_some_and(|user| user.status != UserStatus::Deprovisioned);
                if lives && !app.assignments.contains_key(*user_id) {
                    add.push((app.ids.app_id.clone(), (*user_id).clone()));
                }
            }
            for assignment in app.assignments.values() {
                if assignment.scope == Scope::Group && !members.contains(&&assignment.user_id) {
                    remove.push((app.ids.app_id.clone(), assignment.user_id.clone()));
                }
            }
        }
        add.dedup();
        for (app_id, user_id) in add {
            let wanted = Wanted { user_id, scope: Scope::Group, user_name: None, profile: Map::new() };
            self.assign(&app_id, wanted, actor, now);
        }
        for (app_id, user_id) in remove {
            self.unassign(&app_id, &user_id, actor, now);
        }
    }
}

/// An assignment as it is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) user_id: String,
    pub(crate) scope: Scope,
    /// The user's login when `None`.
    pub(crate) user_name: Option<String>,
    pub(crate) profile: Map<String, Value>,
}
