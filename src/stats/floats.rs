//! How numbers that may be infinite are kept: JSON has no infinities.

/// An end of an interval that may lie infinitely far out on one side: nothing stands for that.
macro_rules! ends {
    ($($(#[$doc:meta])* $name:ident: $beyond:expr),* $(,)?) => {$(
        $(#[$doc])*
        pub(crate) mod $name {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            pub(crate) fn serialize<S: Serializer>(end: &f64, serializer: S) -> Result<S::Ok, S::Error> {
                end.is_finite().then_some(*end).serialize(serializer)
            }

            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
                Ok(Option::<f64>::deserialize(deserializer)?.unwrap_or($beyond))
            }
        }
    )*};
}

ends! {
    /// A lower end.
    low: f64::NEG_INFINITY,
    /// An upper end, or a number without an upper bound.
    high: f64::INFINITY,
}
