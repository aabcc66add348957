//! The faults of the values of attributes: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of the values of attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValuesFault {
    /// A POST with an attribute that is null is refused with 400.
    NullRefused,
    /// A POST with an empty list other than `groups` is refused with 400.
    EmptyListRefused,
    /// A POST with an attribute that is an empty text answers 500.
    EmptyTextAnswers500,
    /// A POST with a userName of more than 100 characters answers 500.
    LongUserNameAnswers500,
    /// `primary` of an e-mail address is a text in the answer to a POST.
    FlagsAsTexts,
    /// A new user without `active` is shown as active in the answer and stored as inactive.
    ActiveDefaultDiffers,
    /// Attributes that no schema knows are stored and shown.
    UndeclaredStored,
    /// Attributes whose names are written in another case are ignored.
    NamesMindCase,
    /// A POST accepts `externalId` and never stores it.
    ExternalIdLost,
    /// `externalId` is stored in lower case.
    ExternalIdFolded,
    /// Letters with accents are encoded as UTF-8 twice.
    LatinLettersGarbled,
    /// Characters of four bytes become question marks.
    AstralReplaced,
    /// Text in Hebrew or Arabic is stored in the opposite order.
    RightToLeftReversed,
    /// Combining accents are stripped.
    CombiningAccentsStripped,
    /// Apostrophes are stored twice.
    QuotesDoubled,
    /// `&`, `<` and `>` are escaped before they are stored.
    MarkupEscaped,
    /// `DROP` and `--` are removed from values.
    SqlWordsRemoved,
    /// Percent escapes in values are decoded.
    ValuesPercentDecoded,
    /// A value ends at its first line break.
    CutAtLineBreak,
    /// A POST with a control character in a value answers 500.
    ControlAnswers500,
    /// Values are cut to 255 characters.
    LongValueCut,
    /// Of several e-mail addresses only the first is stored.
    SecondEmailLost,
    /// A POST accepts `phoneNumbers` and never stores them.
    PhoneNumbersLost,
    /// A POST accepts `addresses` and never stores their `streetAddress`.
    StreetAddressLost,
    /// A POST accepts `ims` and never stores them.
    ImsLost,
    /// Two primary e-mail addresses are stored as they come.
    TwoPrimariesStored,
    /// An e-mail address that comes twice is stored twice.
    DoublesStored,
}

impl From<ValuesFault> for Fault {
    fn from(fault: ValuesFault) -> Self {
        Self::Values(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Values(ValuesFault::NullRefused),
        id: "null-refused-at-creation",
        says: "A POST with an attribute that is null is refused with 400.",
        breaks: &["scim.values.null-is-no-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::EmptyListRefused),
        id: "empty-list-refused",
        says: "A POST with an empty list other than `groups` is refused with 400.",
        breaks: &["scim.values.empty-list-is-no-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::EmptyTextAnswers500),
        id: "empty-text-answers-500",
        says: "A POST with an attribute that is an empty text answers 500.",
        breaks: &["scim.values.empty-text-is-answered"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::LongUserNameAnswers500),
        id: "long-user-name-answers-500",
        says: "A POST with a userName of more than 100 characters answers 500.",
        breaks: &["scim.values.long-user-name-is-answered"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::FlagsAsTexts),
        id: "flags-as-texts",
        says: "`primary` of an e-mail address is a text in the answer to a POST.",
        breaks: &["scim.values.flags-are-booleans"],
        blocks: &["scim.sort.by-the-primary-value"],
    },
    Row {
        fault: Fault::Values(ValuesFault::ActiveDefaultDiffers),
        id: "active-default-differs",
        says: "A new user without `active` is shown as active in the answer and stored as inactive.",
        breaks: &["scim.values.default-of-active-is-stored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::UndeclaredStored),
        id: "undeclared-stored",
        says: "Attributes that no schema knows are stored and shown.",
        breaks: &["scim.values.undeclared-attribute-is-not-stored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::NamesMindCase),
        id: "names-mind-case",
        says: "Attributes whose names are written in another case are ignored.",
        breaks: &["scim.values.attribute-names-ignore-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::ExternalIdLost),
        id: "external-id-lost",
        says: "A POST accepts `externalId` and never stores it.",
        breaks: &["scim.values.external-id-is-kept"],
        blocks: &[
            "scim.filter-values.external-id-minds-case",
            "scim.filter.external-id-finds-exactly-one",
            "scim.patch-replace.external-id-changes",
        ],
    },
    Row {
        fault: Fault::Values(ValuesFault::ExternalIdFolded),
        id: "external-id-folded",
        says: "`externalId` is stored in lower case.",
        breaks: &["scim.values.external-id-is-kept"],
        blocks: &["scim.filter-values.external-id-minds-case", "scim.filter.external-id-finds-exactly-one"],
    },
    Row {
        fault: Fault::Values(ValuesFault::LatinLettersGarbled),
        id: "latin-letters-garbled",
        says: "Letters with accents are encoded as UTF-8 twice.",
        breaks: &["scim.texts.letters-of-many-alphabets"],
        blocks: &["scim.filter-texts.letters-of-all-scripts", "scim.filter-texts.unicode-escapes"],
    },
    Row {
        fault: Fault::Values(ValuesFault::AstralReplaced),
        id: "astral-replaced",
        says: "Characters of four bytes become question marks.",
        breaks: &["scim.texts.characters-beyond-the-first-plane"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::RightToLeftReversed),
        id: "right-to-left-reversed",
        says: "Text in Hebrew or Arabic is stored in the opposite order.",
        breaks: &["scim.texts.letters-from-right-to-left"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::CombiningAccentsStripped),
        id: "combining-accents-stripped",
        says: "Combining accents are stripped.",
        breaks: &["scim.texts.combining-characters"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::QuotesDoubled),
        id: "quotes-doubled",
        says: "Apostrophes are stored twice.",
        breaks: &["scim.texts.quotes-and-backslashes"],
        blocks: &["scim.filter-texts.apostrophe"],
    },
    Row {
        fault: Fault::Values(ValuesFault::MarkupEscaped),
        id: "markup-stored-escaped",
        says: "`&`, `<` and `>` are escaped before they are stored.",
        breaks: &["scim.texts.markup"],
        blocks: &["scim.filter-texts.percent-and-ampersand"],
    },
    Row {
        fault: Fault::Values(ValuesFault::SqlWordsRemoved),
        id: "sql-words-removed",
        says: "`DROP` and `--` are removed from values.",
        breaks: &["scim.texts.words-of-sql"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::ValuesPercentDecoded),
        id: "values-percent-decoded",
        says: "Percent escapes in values are decoded.",
        breaks: &["scim.texts.percent-signs-and-placeholders"],
        blocks: &["scim.filter-texts.percent-and-ampersand"],
    },
    Row {
        fault: Fault::Values(ValuesFault::CutAtLineBreak),
        id: "cut-at-line-break",
        says: "A value ends at its first line break.",
        breaks: &["scim.texts.line-breaks"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::ControlAnswers500),
        id: "control-answers-500",
        says: "A POST with a control character in a value answers 500.",
        breaks: &["scim.texts.control-characters-are-answered"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::LongValueCut),
        id: "long-value-cut",
        says: "Values are cut to 255 characters.",
        breaks: &["scim.texts.ten-kilobytes"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::SecondEmailLost),
        id: "second-email-lost",
        says: "Of several e-mail addresses only the first is stored.",
        breaks: &["scim.multi-valued.several-emails-are-kept"],
        blocks: &[
            "scim.filter-paths.any-value-is-enough",
            "scim.filter-paths.value-path-finds",
            "scim.filter-paths.value-path-wants-one-value",
            "scim.filter-paths.values-without-their-part",
            "scim.patch-add.keeps-the-other-values",
            "scim.patch-add.new-primary-demotes-the-old",
            "scim.patch-add.pathless-keeps-the-other-values",
            "scim.patch-add.takes-one-object-for-a-list",
            "scim.patch-add.takes-several-values",
            "scim.patch-add.value-path-makes-what-is-missing",
            "scim.patch-add.what-is-there-is-not-doubled",
            "scim.patch-paths.filter-with-a-boolean",
            "scim.patch-paths.filter-with-and",
            "scim.patch-remove.filter-removes-only-the-match",
            "scim.patch-replace.exchanges-every-value",
            "scim.patch-replace.value-path-changes-only-the-match",
            "scim.patch-replace.value-path-replaces-the-element",
            "scim.replace-values.exchanges-every-value",
            "scim.sort.by-the-primary-value",
        ],
    },
    Row {
        fault: Fault::Values(ValuesFault::PhoneNumbersLost),
        id: "phone-numbers-lost",
        says: "A POST accepts `phoneNumbers` and never stores them.",
        breaks: &["scim.multi-valued.phone-numbers-are-kept"],
        blocks: &[
            "scim.patch-remove.clears-every-value",
            "scim.patch-remove.last-match-leaves-nothing",
            "scim.patch-remove.part-of-an-element",
            "scim.patch-replace.empty-list-clears",
            "scim.replace-values.empty-list-clears",
        ],
    },
    Row {
        fault: Fault::Values(ValuesFault::StreetAddressLost),
        id: "street-address-lost",
        says: "A POST accepts `addresses` and never stores their `streetAddress`.",
        breaks: &["scim.multi-valued.addresses-are-kept"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::ImsLost),
        id: "ims-lost",
        says: "A POST accepts `ims` and never stores them.",
        breaks: &["scim.multi-valued.ims-are-kept"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::TwoPrimariesStored),
        id: "two-primaries-stored",
        says: "Two primary e-mail addresses are stored as they come.",
        breaks: &["scim.multi-valued.at-most-one-is-primary"],
        blocks: &[],
    },
    Row {
        fault: Fault::Values(ValuesFault::DoublesStored),
        id: "doubles-stored",
        says: "An e-mail address that comes twice is stored twice.",
        breaks: &["scim.multi-valued.same-value-is-shown-once"],
        blocks: &[],
    },
];
