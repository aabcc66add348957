//! One attribute of a schema, with the characteristics of RFC 7643, section 7.

/// A schema: a URN and its attributes.
#[derive(Debug)]
pub(crate) struct Schema {
    pub urn: &'static str,
    pub name: &'static str,
    pub says: &'static str,
    pub attributes: &'static [Attribute],
}

/// One attribute; `parts` are its sub-attributes where it is complex.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "the characteristics of RFC 7643, section 7")]
pub(crate) struct Attribute {
    pub name: &'static str,
    pub says: &'static str,
    pub data_type: DataType,
    pub multi_valued: bool,
    pub required: bool,
    pub case_exact: bool,
    pub mutability: Mutability,
    pub returned: Returned,
    pub unique: bool,
    pub canonical: &'static [&'static str],
    pub refers_to: &'static [&'static str],
    pub parts: &'static [Attribute],
}

/// The data types that this app's schemas use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataType {
    String,
    Boolean,
    DateTime,
    Reference,
    Binary,
    Complex,
}

/// Who may change a value, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mutability {
    ReadOnly,
    ReadWrite,
    Immutable,
    WriteOnly,
}

/// When a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Returned {
    Always,
    Never,
    Default,
    Request,
}

impl Attribute {
    /// The sub-attribute of this name, in any letter case.
    pub(crate) fn part(&self, name: &str) -> Option<&'static Attribute> {
        find(self.parts, name)
    }
}

/// The attribute of this name, in any letter case (RFC 7643, section 2.1).
pub(crate) fn find(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// A plain, single, changeable, case-insensitive string: what most attributes are.
pub(super) const fn text(name: &'static str, says: &'static str) -> Attribute {
    Attribute {
        name,
        says,
        data_type: DataType::String,
        multi_valued: false,
        required: false,
        case_exact: false,
        mutability: Mutability::ReadWrite,
        returned: Returned::Default,
        unique: false,
        canonical: &[],
        refers_to: &[],
        parts: &[],
    }
}

/// A truth value.
pub(super) const fn flag(name: &'static str, says: &'static str) -> Attribute {
    Attribute { data_type: DataType::Boolean, ..text(name, says) }
}

/// A URI, compared by case.
pub(super) const fn reference(
    name: &'static str,
    says: &'static str,
    refers_to: &'static [&'static str],
) -> Attribute {
    Attribute { data_type: DataType::Reference, case_exact: true, refers_to, ..text(name, says) }
}

/// A value that only the server writes.
pub(super) const fn read_only(attribute: Attribute) -> Attribute {
    Attribute { mutability: Mutability::ReadOnly, ..attribute }
}

/// One value made of parts.
pub(super) const fn complex(
    name: &'static str,
    says: &'static str,
    parts: &'static [Attribute],
) -> Attribute {
    Attribute { data_type: DataType::Complex, parts, ..text(name, says) }
}

/// Many values made of parts.
pub(super) const fn many(name: &'static str, says: &'static str, parts: &'static [Attribute]) -> Attribute {
    Attribute { multi_valued: true, ..complex(name, says, parts) }
}
