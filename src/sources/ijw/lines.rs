//! Offsets in the file → line numbers.
//!
//! Enters: offsets in the order of the file. Leaves: lines, counted once over the whole file.

/// Offset → line, moving forward only.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    /// At the begin of the file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0, line: 1 }
    }

    /// The line of an offset, 1-based; of the last offset asked for when this one lies before it.
    pub(super) fn at(&mut self, offset: usize) -> u64 {
        let offset = offset.min(self.bytes.len());
        if offset > self.offset {
            // Blocks short enough for a one-byte sum, without overflow checks: the compiler then uses
            // vector instructions.
            for block in self.bytes[self.offset..offset].chunks(255) {
                let newlines =
                    block.iter().fold(0_u8, |n, byte| n.wrapping_add(u8::from(*byte == b'\n')));
                self.line += u64::from(newlines);
            }
            self.offset = offset;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_over_long_stretches_and_past_the_end() {
        let text = "\n".repeat(1000) + "x";
        let mut lines = Lines::new(text.as_bytes());
        assert_eq!(lines.at(0), 1);
        assert_eq!(lines.at(1), 2);
        assert_eq!(lines.at(700), 701);
        assert_eq!(lines.at(9999), 1001);
    }
}
