//! An extension of our own, there only under the variant `extra-attributes`.

use super::attribute::{Attribute, Returned, Schema, read_only, text};

pub(super) static VENDOR: Schema = Schema {
    urn: "urn:example:params:scim:schemas:extension:seat:2.0:User",
    name: "Seat",
    says: "The seat a person takes up in the app",
    attributes: &[
        read_only(text("plan", "The plan that the seat is booked under")),
        read_only(Attribute { returned: Returned::Request, ..text("invoice", "Where the seat is billed") }),
    ],
};
