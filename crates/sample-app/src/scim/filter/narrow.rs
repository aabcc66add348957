//! What of a filter an index can answer, so that 100,000 users need not be read for one.

use scim_v2::filter::{CompValue, CompareOp};

use super::{Place, Test};
use crate::fault::ComparisonFault;
use crate::schema::ResourceType;
use crate::store::{Narrowing, folded};
use crate::switches::Switches;

/// A condition that lets every match through; the test itself still decides.
pub(crate) fn narrowing(test: &Test, kind: ResourceType, switches: Switches) -> Narrowing {
    match test {
        Test::Compare(Place::Resource(path), CompareOp::Eq, CompValue::Str(wanted))
            if path.extension.is_none() && path.part.is_none() =>
        {
            match path.attribute.name {
                "id" if switches.has(ComparisonFault::IdIgnoresCase) => Narrowing::Everything,
                "externalId" if switches.has(ComparisonFault::ExternalIdIgnoresCase) => Narrowing::Everything,
                "id" => Narrowing::Id(wanted.clone()),
                "externalId" => Narrowing::ExternalId(wanted.clone()),
                name if name == kind.naming_attribute() => Narrowing::Name(folded(wanted)),
                _ => Narrowing::Everything,
            }
        }
        Test::Compare(
            Place::Resource(path),
            CompareOp::Co | CompareOp::Sw | CompareOp::Ew,
            CompValue::Str(wanted),
        ) if path.extension.is_none() && path.attribute.name == kind.naming_attribute() => {
            Narrowing::NamePart(folded(wanted))
        }
        Test::All(tests) => tests
            .iter()
            .map(|test| narrowing(test, kind, switches))
            .find(|narrowing| *narrowing != Narrowing::Everything)
            .unwrap_or(Narrowing::Everything),
        Test::Any(tests) => {
            let options: Vec<Narrowing> = tests.iter().map(|test| narrowing(test, kind, switches)).collect();
            if options.is_empty() || options.contains(&Narrowing::Everything) {
                Narrowing::Everything
            } else {
                Narrowing::Either(options)
            }
        }
        Test::Present(_) | Test::Compare(..) | Test::Element(..) | Test::Not(_) => Narrowing::Everything,
    }
}
