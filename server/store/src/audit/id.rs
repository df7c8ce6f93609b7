//! Ids of audit events: UUIDv7 (RFC 9562 §5.7) of the event's own time, so that they sort and can be asked for by time.
//! After the time a counter, so that events of one millisecond keep their order, and what sets this process apart.

use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

use cardea_protocol::Timestamp;
use uuid::{Builder, Uuid};

static COUNTER: AtomicU32 = AtomicU32::new(0);
static PROCESS: LazyLock<[u8; 16]> = LazyLock::new(|| Uuid::new_v4().into_bytes());

/// A new id.
pub(super) fn next(time: Timestamp) -> String {
    // 26 bits of the counter fit before the process: 12 after the version, 14 after the variant.
    let [a, b, c, d] = COUNTER.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let high = u16::from_be_bytes([a & 0x03, b]) << 2 | u16::from(c >> 6);
    let [high, low] = high.to_be_bytes();
    let [.., e, f, g, h, i, j] = *PROCESS;
    text(time, [high, low, c & 0x3f, d, e, f, g, h, i, j])
}

/// Not after any id of this time, after every id of a time before.
pub(crate) fn first_of(time: Timestamp) -> String {
    text(time, [0; 10])
}

fn text(time: Timestamp, rest: [u8; 10]) -> String {
    let millis = u64::try_from(time.as_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &rest).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_then_by_order_and_are_version_7() {
        let time = Timestamp::from_millis(1_769_860_800_123);
        let mut ids = vec![first_of(time)];
        ids.extend((0..5000).map(|_| next(time)));
        ids.push(first_of(time.plus_millis(1)));
        assert!(ids.is_sorted_by(|a, b| a < b));
        for id in ids {
            assert_eq!(Uuid::parse_str(&id).unwrap().get_version_num(), 7);
        }
    }
}
