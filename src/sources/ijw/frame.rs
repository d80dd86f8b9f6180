//! The place in the structure: which element may come now.
//!
//! Enters: element names in the order of the file. Leaves: the [`Node`] each one is, or what was expected instead.

use crate::sources::ijw::cells::Slot;
use crate::sources::ijw::outline::{Node, Space};

/// Where we are among the children of one open group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The group whose children these are.
    pub(super) slot: Slot,
    children: &'static [Node],
    at: usize,
    is_seen: bool,
}

impl Frame {
    /// Nothing has come yet.
    pub(super) fn new(slot: Slot, children: &'static [Node]) -> Self {
        Self { slot, children, at: 0, is_seen: false }
    }

    /// The child that may come now, or what was expected instead.
    pub(super) fn step(&mut self, name: &str, space: Space) -> Result<&'static Node, String> {
        let mut at = self.at;
        if self.is_seen {
            let node = &self.children[at];
            if node.space == space && node.name == name {
                return if node.is_repeated { Ok(node) } else { Err(format!("één keer {name}")) };
            }
            at += 1;
        }
        while let Some(node) = self.children.get(at) {
            if node.space == space && node.name == name {
                self.at = at;
                self.is_seen = true;
                return Ok(node);
            }
            if node.is_required {
                return Err(format!("element {}", node.name));
            }
            at += 1;
        }
        Err("geen element meer".to_owned())
    }

    /// The first required child that has not come.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let from = self.at + usize::from(self.is_seen);
        self.children[from..].iter().find(|node| node.is_required).map(|node| node.name)
    }
}
