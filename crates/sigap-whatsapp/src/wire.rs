//! Building blocks that read JSON of the wrong shape without failing: a wrong type reads as absent, a repeated key as
//! its last value. Only broken JSON is an error. Meaning is given elsewhere (`inbound`).

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

/// A string, also when it came as a number; anything else is absent.
#[derive(Debug, Default, Clone)]
pub(crate) struct Text<'a>(Option<Cow<'a, str>>);

impl Text<'_> {
    /// The words, when there are any.
    pub(crate) fn get(&self) -> Option<&str> {
        self.0.as_deref().filter(|text| !text.is_empty())
    }

    /// The words as an owned string.
    pub(crate) fn owned(&self) -> Option<String> {
        self.get().map(str::to_owned)
    }

    /// A whole number, also when it came as text or with a fraction.
    pub(crate) fn integer(&self) -> Option<i64> {
        let text = self.get()?.trim();
        let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
        whole.parse().ok()
    }
}

/// An array; absent and wrong types read as empty.
#[derive(Debug)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A truth value, also as text; absent otherwise.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Flag(pub(crate) Option<bool>);

/// A key of an object, borrowed when it has no escapes.
pub(crate) struct Key<'a>(pub(crate) Cow<'a, str>);

/// Reads and forgets the rest of a value that is not what we hoped for. Nesting of any depth is skipped without
/// recursion, so a hostile body cannot exhaust the stack.
macro_rules! absent_for {
    ($lifetime:lifetime: $($kind:ident)*) => { $(crate::wire::absent_for!(@ $lifetime $kind);)* };
    (@ $l:lifetime scalars) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> { Ok(Default::default()) }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> { Ok(Default::default()) }
    };
    (@ $l:lifetime text) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> { Ok(Default::default()) }
    };
    (@ $l:lifetime null) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> { Ok(Default::default()) }
    };
    (@ $l:lifetime array) => {
        fn visit_seq<A: serde::de::SeqAccess<$l>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            while items.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            Ok(Default::default())
        }
    };
    (@ $l:lifetime object) => {
        fn visit_map<A: serde::de::MapAccess<$l>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
            Ok(Default::default())
        }
    };
}
pub(crate) use absent_for;

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Some(Cow::Borrowed(text))))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Some(Cow::Owned(text.to_owned()))))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Text<'de>, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Text<'de>, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Text<'de>, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Text<'de>, E> {
                Ok(Text(None))
            }
            absent_for!('de: null array object);
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Flag;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Flag, E> {
                Ok(Flag(Some(flag)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Flag, E> {
                Ok(Flag(text.parse().ok()))
            }
            fn visit_i64<E>(self, _: i64) -> Result<Flag, E> {
                Ok(Flag(None))
            }
            fn visit_u64<E>(self, _: u64) -> Result<Flag, E> {
                Ok(Flag(None))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Flag, E> {
                Ok(Flag(None))
            }
            absent_for!('de: null array object);
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(Reader)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(List(list))
            }
            absent_for!('de: scalars text null object);
        }
        deserializer.deserialize_any(Reader(PhantomData))
    }
}

/// Declares a struct whose fields are read by key, each tolerant in itself. `rest` gathers the unknown members.
macro_rules! lenient {
    ($(#[$doc:meta])* struct $name:ident { $($key:literal => $field:ident: $kind:ty,)* $(.. $rest:ident)? }) => {
        $(#[$doc])*
        #[derive(Default)]
        pub(crate) struct $name<'a> {
            $(pub(crate) $field: $kind,)*
            $(pub(crate) $rest: Vec<(std::borrow::Cow<'a, str>, &'a serde_json::value::RawValue)>,)?
        }

        impl<'a> serde::Deserialize<'a> for $name<'a> {
            fn deserialize<D: serde::Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::{MapAccess, Visitor};

                struct Reader;
                impl<'a> Visitor<'a> for Reader {
                    type Value = $name<'a>;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("anything")
                    }
                    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<$name<'a>, A::Error> {
                        let mut read = $name::default();
                        while let Some(crate::wire::Key(key)) = map.next_key()? {
                            match &*key {
                                $($key => read.$field = map.next_value()?,)*
                                _ => crate::wire::lenient!(@unknown read map key $($rest)?),
                            }
                        }
                        Ok(read)
                    }
                    crate::wire::absent_for!('a: scalars text null array);
                }
                deserializer.deserialize_any(Reader)
            }
        }
    };
    (@unknown $read:ident $map:ident $key:ident) => {{
        $map.next_value::<serde::de::IgnoredAny>()?;
    }};
    (@unknown $read:ident $map:ident $key:ident $rest:ident) => {{
        let value = $map.next_value()?;
        $read.$rest.push(($key, value));
    }};
}
pub(crate) use lenient;

/// The body with what no typed reader accepts replaced: invalid UTF-8 and half surrogate pairs become U+FFFD, and
/// numbers beyond any range become zero. `None` when nothing had to be replaced.
pub(crate) fn repaired(body: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(body);
    let mut bytes = text.into_owned().into_bytes();
    let mut at = 0;
    let mut in_string = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                at += replace_half_surrogate(&mut bytes, at);
                continue;
            }
            b'e' | b'E' if !in_string && follows_digit(&bytes, at) => silence_exponent(&mut bytes, at),
            _ => {}
        }
        at += 1;
    }
    (bytes != body).then_some(bytes)
}

/// Looks at the escape that begins at `at`; returns how many bytes to go on.
fn replace_half_surrogate(bytes: &mut [u8], at: usize) -> usize {
    match escaped_unit(bytes, at) {
        Some(0xd800..=0xdbff) => {
            if matches!(escaped_unit(bytes, at + 6), Some(0xdc00..=0xdfff)) {
                return 12;
            }
        }
        Some(0xdc00..=0xdfff) => {}
        Some(_) => return 6,
        None => return 2,
    }
    if let Some(digits) = bytes.get_mut(at + 2..at + 6) {
        digits.copy_from_slice(b"fffd");
    }
    6
}

/// The code unit of `\uXXXX` at `at`.
fn escaped_unit(bytes: &[u8], at: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6)?;
    let digits = std::str::from_utf8(escape.strip_prefix(b"\\u")?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

fn follows_digit(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| bytes.get(before))
        .is_some_and(u8::is_ascii_digit)
}

fn silence_exponent(bytes: &mut [u8], at: usize) {
    for byte in bytes.iter_mut().skip(at + 1) {
        match byte {
            b'0'..=b'9' => *byte = b'0',
            b'+' | b'-' => {}
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests;
