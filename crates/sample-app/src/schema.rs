//! What the app knows about its resources: attributes and their characteristics (RFC 7643).

mod attribute;
mod enterprise;
mod grant;
mod group;
mod path;
mod resource_type;
mod user;
mod vendor;
mod wire;

pub(crate) use attribute::{Attribute, DataType, Mutability, Returned, Schema};
pub(crate) use grant::GrantType;
pub(crate) use path::{Path, extension_named};
pub(crate) use resource_type::ResourceType;
pub(crate) use wire::{resource_type_document, schema_document, type_document};
