//! The schemas name the members of the types they stand for: no more, no fewer.

use std::fmt;

use serde::{
    Deserialize,
    de::{self, Visitor, value::Error},
    forward_to_deserialize_any,
};

/// A deserializer that fails with the names of the members, or variants, that the type would read.
struct Names;

struct NamesOf(Vec<&'static str>);

impl<'de> de::Deserializer<'de> for Names {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(de::Error::custom("not a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        Err(de::Error::custom(NamesOf(fields.to_vec())))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        Err(de::Error::custom(NamesOf(variants.to_vec())))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

impl fmt::Display for NamesOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        f.write_str(&sorted.join(" "))
    }
}

fn names<T: for<'de> Deserialize<'de>>() -> String {
    T::deserialize(Names).err().map(|names| names.to_string()).unwrap_or_default()
}

#[test]
fn the_schema_of_client_metadata_names_every_member() {
    assert_eq!(names::<super::ClientMetadata>(), names::<cardea_protocol::client_metadata::ClientMetadata>());
    assert_eq!(names::<super::TokenTtls>(), names::<cardea_protocol::client_metadata::TokenTtls>());
}

#[test]
fn the_schema_of_workspace_settings_names_every_member() {
    assert_eq!(names::<super::WorkspaceSettings>(), names::<cardea_protocol::workspace_settings::WorkspaceSettings>());
}

#[test]
fn the_schema_of_a_violation_names_every_member() {
    assert_eq!(names::<super::Violation>(), names::<cardea_protocol::violation::Violation>());
}

#[test]
fn the_schema_of_an_address_names_every_member() {
    assert_eq!(names::<super::Address>(), names::<cardea_protocol::claims::standard::Address>());
}

#[test]
fn the_schemas_of_closed_lists_name_every_word() {
    use cardea_protocol::{auth_method::AuthMethod, role::Role, status::Status};

    for status in ["active", "inactive"] {
        assert!(word::<super::Status>(status) && word::<Status>(status), "{status}");
    }
    for role in names::<super::Role>().split(' ') {
        assert!(word::<Role>(role), "{role}");
    }
    assert_eq!(names::<super::AuthMethod>().split(' ').count(), AuthMethod::ALL.len());
    for method in AuthMethod::ALL {
        assert!(word::<super::AuthMethod>(method.as_str()), "{}", method.as_str());
    }
}

fn word<T: for<'de> Deserialize<'de>>(word: &str) -> bool {
    serde_json::from_value::<T>(serde_json::Value::String(word.to_owned())).is_ok()
}
