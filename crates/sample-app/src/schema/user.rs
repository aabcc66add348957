//! The core User schema (RFC 7643, sections 4.1 and 8.7.1).

use super::attribute::{
    Attribute, DataType, Mutability, Returned, Schema, complex, flag, many, read_only, reference, text,
};

pub(super) static USER: Schema = Schema {
    urn: "urn:ietf:params:scim:schemas:core:2.0:User",
    name: "User",
    says: "A person with an account",
    attributes: &[
        Attribute {
            required: true,
            unique: true,
            ..text("userName", "The name the person signs in with; one account a name, whatever its case")
        },
        complex("name", "The parts of the person's name", NAME),
        text("displayName", "The name to show"),
        text("nickName", "What friends call the person"),
        reference("profileUrl", "A page about the person", &["external"]),
        text("title", "The position held, such as Vice President"),
        text("userType", "How the person relates to the organisation, such as Employee"),
        text("preferredLanguage", "Preferred written or spoken language, as in Accept-Language"),
        text("locale", "Where the person is, for formatting dates and numbers"),
        text("timezone", "The person's time zone, by its Olson name"),
        flag("active", "Whether the person may sign in"),
        Attribute {
            mutability: Mutability::WriteOnly,
            returned: Returned::Never,
            ..text("password", "The secret; taken, hashed and never shown")
        },
        many("emails", "E-mail addresses", EMAILS),
        many("phoneNumbers", "Telephone numbers", PHONES),
        many("ims", "Instant messaging addresses", IMS),
        many("photos", "Pictures of the person", PHOTOS),
        many("addresses", "Postal addresses", ADDRESSES),
        read_only(many("groups", "The groups the person belongs to, directly or through others", GROUPS)),
        many("entitlements", "Things the person is entitled to", LABELLED),
        many("roles", "Roles the person has", LABELLED),
        many("x509Certificates", "Certificates of the person", CERTIFICATES),
    ],
};

const NAME: &[Attribute] = &[
    text("formatted", "The whole name, ready to show"),
    text("familyName", "The family or last name"),
    text("givenName", "The given or first name"),
    text("middleName", "The middle name or names"),
    text("honorificPrefix", "A title before the name"),
    text("honorificSuffix", "A suffix after the name"),
];

const DISPLAY: Attribute = text("display", "A label to show");
const TYPE: Attribute = text("type", "What the value is for");
const PRIMARY: Attribute = flag("primary", "Whether this is the preferred value; at most one is");

const EMAILS: &[Attribute] = &[
    text("value", "The address"),
    DISPLAY,
    Attribute { canonical: &["work", "home", "other"], ..TYPE },
    PRIMARY,
];

const PHONES: &[Attribute] = &[
    text("value", "The number"),
    DISPLAY,
    Attribute { canonical: &["work", "home", "mobile", "fax", "pager", "other"], ..TYPE },
    PRIMARY,
];

const IMS: &[Attribute] = &[
    text("value", "The address"),
    DISPLAY,
    Attribute { canonical: &["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"], ..TYPE },
    PRIMARY,
];

const PHOTOS: &[Attribute] = &[
    reference("value", "Where the picture is", &["external"]),
    DISPLAY,
    Attribute { canonical: &["photo", "thumbnail"], ..TYPE },
    PRIMARY,
];

const ADDRESSES: &[Attribute] = &[
    text("formatted", "The whole address, ready to show"),
    text("streetAddress", "Street and number"),
    text("locality", "The town"),
    text("region", "The state or region"),
    text("postalCode", "The postal code"),
    text("country", "The country, as two letters"),
    Attribute { canonical: &["work", "home", "other"], ..TYPE },
    PRIMARY,
];

const GROUPS: &[Attribute] = &[
    read_only(Attribute { case_exact: true, ..text("value", "The group's id") }),
    read_only(reference("$ref", "Where the group is", &["User", "Group"])),
    read_only(text("display", "The group's name")),
    read_only(Attribute {
        canonical: &["direct", "indirect"],
        ..text("type", "How the person belongs to it")
    }),
];

const LABELLED: &[Attribute] = &[text("value", "The value"), DISPLAY, TYPE, PRIMARY];

const CERTIFICATES: &[Attribute] = &[
    Attribute {
        data_type: DataType::Binary,
        case_exact: true,
        ..text("value", "The certificate, DER in base64")
    },
    DISPLAY,
    TYPE,
    PRIMARY,
];
