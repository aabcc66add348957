//! Variants: other behaviour that the specifications allow just as well.

/// One legal way of doing things differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// PATCH answers 204 without a body, unless `attributes` asks for one.
    Patch204,
    /// A list without matches has no `Resources`.
    NoResourcesWhenEmpty,
    /// Users carry an extension of the vendor's own.
    ExtraAttributes,
    /// The members of every JSON object come in the opposite order.
    ReversedOrder,
    /// A deleted resource stays in the store, unseen.
    SoftDelete,
    /// Entity tags are neither offered nor sent.
    NoEtag,
    /// Content-Type says `charset=utf-8`.
    CharsetInContentType,
    /// PUT gives attributes that were left out a default instead of clearing them.
    PutAnswersWithDefaults,
    /// Attributes without a value are shown as null or as an empty array.
    ExplicitNulls,
    /// `/Me` is the tenant's first user instead of 501.
    MeServed,
}

impl Variant {
    /// Every variant.
    pub const ALL: &'static [Self] = &[
        Self::Patch204,
        Self::NoResourcesWhenEmpty,
        Self::ExtraAttributes,
        Self::ReversedOrder,
        Self::SoftDelete,
        Self::NoEtag,
        Self::CharsetInContentType,
        Self::PutAnswersWithDefaults,
        Self::ExplicitNulls,
        Self::MeServed,
    ];

    /// The variant with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.id() == id)
    }

    /// The kebab-case name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Patch204 => "patch-204",
            Self::NoResourcesWhenEmpty => "no-resources-when-empty",
            Self::ExtraAttributes => "extra-attributes",
            Self::ReversedOrder => "reversed-order",
            Self::SoftDelete => "soft-delete",
            Self::NoEtag => "no-etag",
            Self::CharsetInContentType => "charset-in-content-type",
            Self::PutAnswersWithDefaults => "put-answers-with-defaults",
            Self::ExplicitNulls => "explicit-nulls",
            Self::MeServed => "me-served",
        }
    }

    /// One sentence: what the app does.
    pub fn description(self) -> &'static str {
        match self {
            Self::Patch204 => "PATCH answers 204 without a body, unless `attributes` asks for one.",
            Self::NoResourcesWhenEmpty => "A list without matches has no `Resources`.",
            Self::ExtraAttributes => "Users carry an extension of the vendor's own.",
            Self::ReversedOrder => "The members of every JSON object come in the opposite order.",
            Self::SoftDelete => "A deleted resource stays in the store, unseen.",
            Self::NoEtag => "Entity tags are neither offered nor sent.",
            Self::CharsetInContentType => "Content-Type says `charset=utf-8`.",
            Self::PutAnswersWithDefaults => {
                "PUT gives attributes that were left out a default instead of clearing them."
            }
            Self::ExplicitNulls => "Attributes without a value are shown as null or as an empty array.",
            Self::MeServed => "`/Me` is the tenant's first user instead of 501.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_is_found_by_its_id() {
        for variant in Variant::ALL {
            assert_eq!(Variant::named(variant.id()), Some(*variant));
        }
    }
}
