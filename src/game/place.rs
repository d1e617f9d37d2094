//! Places in long lists, kept in half the room.

/// A place in a list, or a count of what is in one, in 32 bits.
///
/// # Panics
/// Beyond 2^32, where memory has ended long before.
pub(crate) fn compact(place: usize) -> u32 {
    u32::try_from(place).expect("no list is as long as 2^32")
}
