//! The faults of what is answered to requests that are wrong in themselves: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of what wrong requests are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorFault {
    /// Malformed JSON is refused without a scimType.
    InvalidSyntaxUnnamed,
    /// A PUT of malformed JSON answers 500.
    MalformedPutFails,
    /// A PATCH of malformed JSON answers 500.
    MalformedPatchFails,
    /// A POST without a body answers 500.
    EmptyBodyFails,
    /// A body that is an array answers 500.
    ArrayFails,
    /// A body that is a JSON string answers 500.
    TextFails,
    /// Bytes that are no UTF-8 are replaced, and the rest is taken.
    InvalidUtf8Accepted,
    /// A deeply nested body answers 500.
    DeepNestingFails,
    /// A number beyond every range answers 500.
    HugeNumberFails,
    /// An attribute that comes twice answers 500.
    DuplicateKeysFail,
    /// A NUL character in a value answers 500.
    NulFails,
    /// Values are cut after 255 characters.
    LongValuesCut,
    /// An id with an encoded slash or quote in it answers 500.
    OddIdFails,
}

impl From<ErrorFault> for Fault {
    fn from(fault: ErrorFault) -> Self {
        Self::Error(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Error(ErrorFault::InvalidSyntaxUnnamed),
        id: "invalid-syntax-unnamed",
        says: "Malformed JSON is refused without a scimType.",
        breaks: &["scim.errors.malformed-json-is-invalid-syntax"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::MalformedPutFails),
        id: "malformed-put-fails",
        says: "A PUT of malformed JSON answers 500.",
        breaks: &["scim.errors.malformed-put-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::MalformedPatchFails),
        id: "malformed-patch-fails",
        says: "A PATCH of malformed JSON answers 500.",
        breaks: &["scim.errors.malformed-patch-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::EmptyBodyFails),
        id: "empty-body-fails",
        says: "A POST without a body answers 500.",
        breaks: &["scim.errors.empty-body-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::ArrayFails),
        id: "array-fails",
        says: "A body that is an array answers 500.",
        breaks: &["scim.errors.array-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::TextFails),
        id: "text-fails",
        says: "A body that is a JSON string answers 500.",
        breaks: &["scim.errors.text-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::InvalidUtf8Accepted),
        id: "invalid-utf-8-accepted",
        says: "Bytes that are no UTF-8 are replaced, and the rest is taken.",
        breaks: &["scim.errors.invalid-utf-8-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::DeepNestingFails),
        id: "deep-nesting-fails",
        says: "A deeply nested body answers 500.",
        breaks: &["scim.errors.deep-nesting-does-not-fail"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::HugeNumberFails),
        id: "huge-number-fails",
        says: "A number beyond every range answers 500.",
        breaks: &["scim.errors.huge-number-does-not-fail"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::DuplicateKeysFail),
        id: "duplicate-keys-fail",
        says: "An attribute that comes twice answers 500.",
        breaks: &["scim.errors.duplicate-keys-do-not-fail"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::NulFails),
        id: "nul-fails",
        says: "A NUL character in a value answers 500.",
        breaks: &["scim.errors.nul-does-not-fail"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::LongValuesCut),
        id: "long-values-cut",
        says: "Values are cut after 255 characters.",
        breaks: &["scim.texts.ten-kilobytes", "scim.values.long-user-name-is-answered"],
        blocks: &[],
    },
    Row {
        fault: Fault::Error(ErrorFault::OddIdFails),
        id: "odd-id-fails",
        says: "An id with an encoded slash or quote in it answers 500.",
        breaks: &["scim.errors.odd-ids-are-refused"],
        blocks: &[],
    },
];
