//! The same parameters as a JSON object: the alternative encoding of the token endpoint.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed},
};

use super::{MalformedParams, Params, REPEATABLE};

const NOT_FLAT: MalformedParams = MalformedParams("the body is not a flat JSON object of strings");

pub(super) fn read(body: &[u8]) -> Result<Params<'_>, MalformedParams> {
    let mut reader = Reader { params: Params { list: Vec::with_capacity(8) }, fault: None };
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let read = reader.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match (read, reader.fault) {
        (Ok(()), None) => Ok(reader.params),
        (_, fault) => Err(fault.unwrap_or(NOT_FLAT)),
    }
}

/// Collects the members; a fault of ours is kept beside, since serde carries only text.
struct Reader<'a> {
    params: Params<'a>,
    fault: Option<MalformedParams>,
}

impl<'a> Reader<'a> {
    fn add<E: de::Error>(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) -> Result<(), E> {
        self.params.add(name, value).map_err(|fault| self.fail(fault))
    }

    fn fail<E: de::Error>(&mut self, fault: MalformedParams) -> E {
        self.fault = Some(fault);
        E::custom(fault)
    }
}

impl<'de> DeserializeSeed<'de> for &mut Reader<'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> de::Visitor<'de> for &mut Reader<'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: de::MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(Text(name)) = members.next_key()? {
            // Here even `resource` must not come twice: a list has its own form in JSON, and duplicate members have no meaning.
            if self.params.contains(&name) {
                return Err(self.fail(MalformedParams::TWICE));
            }
            if REPEATABLE.contains(&&*name) {
                members.next_value_seed(Values { reader: self, name })?;
            } else {
                let Text(value) = members.next_value()?;
                self.add(name, value)?;
            }
        }
        Ok(())
    }
}

/// One string or an array of strings.
struct Values<'r, 'a> {
    reader: &'r mut Reader<'a>,
    name: Cow<'a, str>,
}

impl<'de> DeserializeSeed<'de> for Values<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> de::Visitor<'de> for Values<'_, 'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an array of strings")
    }
    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<(), E> {
        self.reader.add(self.name, Cow::Borrowed(text))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.reader.add(self.name, Cow::Owned(text.to_owned()))
    }
    fn visit_seq<A: de::SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while let Some(Text(value)) = sequence.next_element()? {
            self.reader.add(self.name.clone(), value)?;
        }
        // An empty list must still count as said, so that a second one is a duplicate.
        if !self.reader.params.contains(&self.name) {
            self.reader.add(self.name, Cow::Borrowed(""))?;
        }
        Ok(())
    }
}

/// A string, borrowed from the body when it holds no escape.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}
