//! Namespaces of a message: which of its two families a prefix stands for.
//!
//! Enters: begin tags. Leaves: family and local name. Matches on the family
//! `http://www.istandaarden.nl/ijw/3_N/…/schema`, never on the prefix, so that any prefix will do.

use quick_xml::events::BytesStart;
use quick_xml::events::attributes::AttrError;

use crate::sources::ijw::outline::Space;

const STEM: &str = "http://www.istandaarden.nl/ijw/3_";

/// Subversion and lower-case family name (`jw323`, `basisschema`) of a namespace of the standard.
pub(super) fn parse(uri: &str) -> Option<(u8, &str)> {
    let (subversion, rest) = uri.strip_prefix(STEM)?.split_once('/')?;
    let family = rest.strip_suffix("/schema")?;
    Some((subversion.parse().ok()?, family))
}

/// The namespace a begin tag itself gives to its own prefix.
pub(super) fn own_namespace(event: &BytesStart<'_>) -> Option<String> {
    let (prefix, _) = split(event.name().0);
    event.attributes().flatten().find_map(|attribute| {
        (declared_prefix(attribute.key.0)? == prefix).then(|| attribute.value.into_owned())
    })
}

/// Prefix and local name.
pub(super) fn split(name: &str) -> (&str, &str) {
    match name.bytes().position(|byte| byte == b':') {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => ("", name),
    }
}

fn declared_prefix(attribute: &str) -> Option<&str> {
    match attribute.strip_prefix("xmlns")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}

/// Equality without a call: prefixes are a few bytes long, and there is one comparison per element.
#[inline]
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| a == b)
}

/// The prefixes in force.
pub(super) struct Namespaces {
    /// Lower-case name of the message: `jw323`.
    message: String,
    bindings: Vec<Binding>,
}

struct Binding {
    prefix: String,
    space: Space,
    depth: usize,
}

impl Namespaces {
    /// For a message with this name ("JW323").
    pub(super) fn new(message: &str) -> Self {
        Self { message: message.to_ascii_lowercase(), bindings: Vec::new() }
    }

    /// Takes the declarations of a begin tag; most have none.
    #[inline]
    pub(super) fn enter(&mut self, event: &BytesStart<'_>, depth: usize) -> Result<(), AttrError> {
        if event.attributes_raw().is_empty() { Ok(()) } else { self.declare(event, depth) }
    }

    fn declare(&mut self, event: &BytesStart<'_>, depth: usize) -> Result<(), AttrError> {
        for attribute in event.attributes() {
            let attribute = attribute?;
            if let Some(prefix) = declared_prefix(attribute.key.0) {
                let space = match parse(&attribute.value) {
                    Some((_, "basisschema")) => Space::Basis,
                    Some((_, family)) if family == self.message => Space::Bericht,
                    _ => Space::Other,
                };
                self.bindings.push(Binding { prefix: prefix.to_owned(), space, depth });
            }
        }
        Ok(())
    }

    /// Forgets the declarations of the element that ends at this depth.
    #[inline]
    pub(super) fn leave(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth) {
            self.bindings.pop();
        }
    }

    /// Family and local name of an element.
    #[inline]
    pub(super) fn resolve<'n>(&self, name: &'n str) -> (Space, &'n str) {
        let (prefix, local) = split(name);
        let binding = self.bindings.iter().rev().find(|binding| is_same(&binding.prefix, prefix));
        (binding.map_or(Space::Other, |binding| binding.space), local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_namespaces_of_the_standard_are_parsed() {
        let uri = "http://www.istandaarden.nl/ijw/3_2/jw323/schema";
        assert_eq!(parse(uri), Some((2, "jw323")));
        for other in [
            "http://www.istandaarden.nl/iwmo/3_2/wmo323/schema",
            "http://www.istandaarden.nl/ijw/2_4/jw303/schema",
            "http://www.istandaarden.nl/ijw/3_x/jw323/schema",
            "http://www.istandaarden.nl/ijw/3_2/jw323",
        ] {
            assert_eq!(parse(other), None, "{other}");
        }
    }
}
