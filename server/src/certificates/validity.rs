//! The moments of a certificate: RFC 5280 §4.1.2.5.

use cardea_protocol::{
    der::{Element, MalformedDer, tag},
    time::Timestamp,
};

/// Reads a `UTCTime` or a `GeneralizedTime`, both to the second and in UTC.
pub(super) fn moment(element: Element<'_>) -> Result<Timestamp, MalformedDer> {
    let text = std::str::from_utf8(element.content).map_err(|_| MalformedDer)?;
    let (century, rest) = match element.tag {
        // Two digits of a year: 1950 to 2049 (§4.1.2.5.1).
        tag::UTC_TIME if text.starts_with(['0', '1', '2', '3', '4']) => ("20", text),
        tag::UTC_TIME => ("19", text),
        tag::GENERALIZED_TIME => text.split_at_checked(2).ok_or(MalformedDer)?,
        _ => return Err(MalformedDer),
    };
    let digits =
        rest.strip_suffix('Z').filter(|digits| digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let pair = |place: usize| digits.and_then(|digits| digits.get(2 * place..2 * place + 2)).ok_or(MalformedDer);
    let (year, month, day) = (pair(0)?, pair(1)?, pair(2)?);
    let (hour, minute, second) = (pair(3)?, pair(4)?, pair(5)?);
    Timestamp::parse_rfc3339(&format!("{century}{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
        .map_err(|_| MalformedDer)
}

#[cfg(test)]
mod tests {
    use cardea_protocol::der::{encoded, only};

    use super::*;

    fn read(tag: u8, text: &str) -> Option<String> {
        let der = encoded(tag, text.as_bytes());
        moment(only(&der, tag).unwrap()).ok().map(|moment| moment.to_string())
    }

    #[test]
    fn both_kinds_of_time_are_read() {
        for (tag, text, moment) in [
            (tag::UTC_TIME, "260131120000Z", "2026-01-31T12:00:00.000Z"),
            (tag::UTC_TIME, "491231235959Z", "2049-12-31T23:59:59.000Z"),
            (tag::UTC_TIME, "500101000000Z", "1950-01-01T00:00:00.000Z"),
            (tag::GENERALIZED_TIME, "99991231235959Z", "9999-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(read(tag, text).as_deref(), Some(moment), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for bad in [
            "",
            "2601311200Z",
            "260131120000",
            "260131120000+0000",
            "261331120000Z",
            "26013112000xZ",
            "260131120000.5Z",
            "+60131120000Z",
        ] {
            assert_eq!(read(tag::UTC_TIME, bad), None, "{bad}");
        }
        for bad in ["260131120000Z", "20260131120000.0Z", "202601311200Z", "20260131120000"] {
            assert_eq!(read(tag::GENERALIZED_TIME, bad), None, "{bad}");
        }
        assert_eq!(read(tag::UTF8_STRING, "260131120000Z"), None);
    }
}
