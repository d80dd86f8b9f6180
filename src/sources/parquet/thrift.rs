//! The form in which Parquet writes what it says about itself (Thrift's compact form): walked over, not interpreted.
//!
//! The library reserves memory for as many elements, values and bytes as a file says there are. A file that lies would
//! take the program down, so every number is seen here first.

/// Structures inside each other; those of Parquet stay below ten.
const MAX_DEPTH: usize = 24;

/// Bytes of one structure that are not there, or cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// The bytes end inside the structure.
    Short,
    /// What stands there is no structure.
    Wrong,
}

/// Walks over one structure from the beginning of the bytes; gives its length. `visit` is given each whole number
/// with the numbers of the fields that lead to it.
pub(super) fn walk(bytes: &[u8], visit: &mut dyn FnMut(&[i16], i64)) -> Result<usize, Broken> {
    let mut walker = Walker { bytes, at: 0, path: Vec::new(), visit };
    walker.structure()?;
    Ok(walker.at)
}

struct Walker<'b, 'v> {
    bytes: &'b [u8],
    at: usize,
    path: Vec<i16>,
    visit: &'v mut dyn FnMut(&[i16], i64),
}

impl Walker<'_, '_> {
    fn structure(&mut self) -> Result<(), Broken> {
        if self.path.len() >= MAX_DEPTH {
            return Err(Broken::Wrong);
        }
        let mut id: i16 = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            id = match head >> 4 {
                0 => i16::try_from(self.number()?).map_err(|_| Broken::Wrong)?,
                step => id.checked_add(i16::from(step)).ok_or(Broken::Wrong)?,
            };
            self.path.push(id);
            // A yes or no is part of the head of its field.
            if !matches!(head & 15, 1 | 2) {
                self.value(head & 15)?;
            }
            self.path.pop();
        }
    }

    fn value(&mut self, kind: u8) -> Result<(), Broken> {
        match kind {
            1..=3 => self.byte().map(|_| ()),
            4..=6 => {
                let number = self.number()?;
                (self.visit)(&self.path, number);
                Ok(())
            }
            7 => self.skip(8),
            8 => {
                let len = self.unsigned()?;
                self.skip(len)
            }
            9 | 10 => {
                let head = self.byte()?;
                let n = match head >> 4 {
                    15 => self.unsigned()?,
                    n => u64::from(n),
                };
                self.elements(n, &[head & 15])
            }
            11 => {
                let n = self.unsigned()?;
                if n == 0 {
                    return Ok(());
                }
                let kinds = self.byte()?;
                self.elements(n, &[kinds >> 4, kinds & 15])
            }
            12 => self.structure(),
            _ => Err(Broken::Wrong),
        }
    }

    /// An element takes a byte at least: more of them than there are bytes is a lie.
    fn elements(&mut self, n: u64, kinds: &[u8]) -> Result<(), Broken> {
        if n > self.left() {
            return Err(Broken::Short);
        }
        for _ in 0..n {
            for kind in kinds {
                // Within the depth, also for lists of lists.
                self.path.push(-1);
                if self.path.len() > MAX_DEPTH {
                    return Err(Broken::Wrong);
                }
                self.value(*kind)?;
                self.path.pop();
            }
        }
        Ok(())
    }

    fn left(&self) -> u64 {
        u64::try_from(self.bytes.len() - self.at).unwrap_or(u64::MAX)
    }

    fn byte(&mut self) -> Result<u8, Broken> {
        let byte = *self.bytes.get(self.at).ok_or(Broken::Short)?;
        self.at += 1;
        Ok(byte)
    }

    fn skip(&mut self, n: u64) -> Result<(), Broken> {
        if n > self.left() {
            return Err(Broken::Short);
        }
        self.at += usize::try_from(n).map_err(|_| Broken::Wrong)?;
        Ok(())
    }

    fn unsigned(&mut self) -> Result<u64, Broken> {
        let mut out = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            out |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(out);
            }
        }
        Err(Broken::Wrong)
    }

    /// A whole number with its sign in the last bit.
    fn number(&mut self) -> Result<i64, Broken> {
        let raw = self.unsigned()?;
        Ok((raw >> 1).cast_signed() ^ -((raw & 1).cast_signed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a number stands, and the number.
    type Seen = (Vec<i16>, i64);

    fn walked(bytes: &[u8]) -> Result<(usize, Vec<Seen>), Broken> {
        let mut seen = Vec::new();
        let len = walk(bytes, &mut |path, number| seen.push((path.to_vec(), number)))?;
        Ok((len, seen))
    }

    #[test]
    fn numbers_are_seen_with_where_they_stand() {
        // Field 1 = -3, field 3 = true, field 5 = { 1 = 300 }, end; one byte is left.
        let bytes = [0x15, 5, 0x21, 0x2C, 0x15, 0xD8, 0x04, 0, 0, 99];
        let (len, seen) = walked(&bytes).unwrap();
        assert_eq!((len, seen), (9, vec![(vec![1], -3), (vec![5, 1], 300)]));
    }

    #[test]
    fn what_is_cut_or_lies_is_known() {
        assert_eq!(walked(&[0x15]), Err(Broken::Short));
        // A text of a billion bytes, and a list of as many elements.
        assert_eq!(walked(&[0x18, 0x80, 0x94, 0xEB, 0xDC, 0x03, 1]), Err(Broken::Short));
        assert_eq!(walked(&[0x19, 0xF5, 0x80, 0x94, 0xEB, 0xDC, 0x03, 1]), Err(Broken::Short));
        assert_eq!(walked(&[0x1C].repeat(100)), Err(Broken::Wrong));
        assert_eq!(walked(&[0x19, 0x19].repeat(100)), Err(Broken::Wrong));
        assert_eq!(walked(&[0x1D, 0]), Err(Broken::Wrong));
    }
}
