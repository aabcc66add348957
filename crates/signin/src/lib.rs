//! User agents, the network that they see, and the sign-in oracle: did the app let the user in?
