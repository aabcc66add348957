//! The certificate of the key that signs SAML messages, with the names that Okta puts there.

use jiff::{Timestamp, tz::TimeZone};
use rcgen::string::Ia5String;
use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, KeyPair, PKCS_RSA_SHA256, SerialNumber};

const EMAIL_ADDRESS: &[u64] = &[1, 2, 840, 113_549, 1, 9, 1];

/// A self-signed certificate for this key, valid for ten years.
pub(super) fn self_signed(key_pem: &str, subdomain: &str, from: Timestamp) -> String {
    let key = KeyPair::from_pkcs8_pem_and_sign_algo(key_pem, &PKCS_RSA_SHA256).expect("an RSA key of ours");
    let mut params = CertificateParams::default();
    params.distinguished_name = names(subdomain);
    // Okta's serial numbers are six bytes that follow the clock.
    let serial = from.as_millisecond().to_be_bytes();
    params.serial_number = Some(SerialNumber::from_slice(serial.get(2..).unwrap_or_default()));
    make_valid(&mut params, from, 10);
    params.self_signed(&key).expect("these names and this key make a certificate").pem()
}

/// Makes the certificate valid from the start of this day until as many years later.
pub(super) fn make_valid(params: &mut CertificateParams, from: Timestamp, years: i32) {
    let date = from.to_zoned(TimeZone::UTC).date();
    let month = date.month().unsigned_abs();
    // Not every year has a 29th of February.
    let day = date.day().unsigned_abs().min(28);
    let year = i32::from(date.year());
    params.not_before = rcgen::date_time_ymd(year, month, day);
    params.not_after = rcgen::date_time_ymd(year + years, month, day);
}

fn names(subdomain: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CountryName, "US");
    names.push(DnType::StateOrProvinceName, "California");
    names.push(DnType::LocalityName, "San Francisco");
    names.push(DnType::OrganizationName, "Okta");
    names.push(DnType::OrganizationalUnitName, "SSOProvider");
    names.push(DnType::CommonName, subdomain);
    let email = Ia5String::try_from("info@okta.com").expect("the address is ASCII");
    names.push(DnType::from_oid(EMAIL_ADDRESS), DnValue::Ia5String(email));
    names
}
