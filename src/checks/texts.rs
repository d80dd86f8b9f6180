//! Texts that repeat on very many rows, as numbers.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Texts with a number each, in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Texts {
    number_of: HashMap<String, u32, FixedState>,
    texts: Vec<String>,
}

impl Texts {
    /// The number of a text, a new one when it was not seen before.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(known) = self.number_of.get(text) {
            return *known;
        }
        let number = u32::try_from(self.texts.len()).expect("texts that repeat are few");
        self.number_of.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }

    /// The text of a number.
    pub(super) fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    /// All texts, by number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// For each text of another set, in its order, the number here.
    pub(super) fn numbers_of(&mut self, other: &Self) -> Vec<u32> {
        other.texts.iter().map(|text| self.number(text)).collect()
    }

    /// Per number its position among the sorted texts.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<usize> = (0..self.texts.len()).collect();
        order.sort_by_key(|number| &self.texts[*number]);
        let mut ranks = vec![0; order.len()];
        for (rank, number) in (0..).zip(order) {
            ranks[number] = rank;
        }
        ranks
    }

    /// The texts by rank.
    pub(super) fn sorted(mut self) -> Vec<String> {
        self.texts.sort();
        self.texts
    }

    /// Every text with its number, in no order.
    pub(super) fn into_numbers(self) -> impl Iterator<Item = (String, u32)> {
        self.number_of.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_follow_the_texts_and_not_their_appearance() {
        let mut texts = Texts::default();
        let numbers = ["b", "", "c", "b", "a"].map(|text| texts.number(text));
        assert_eq!(numbers, [0, 1, 2, 0, 3]);
        assert_eq!(texts.ranks(), [2, 0, 3, 1]);
        assert_eq!(numbers.map(|number| texts.text(number)), ["b", "", "c", "b", "a"]);
        assert_eq!(texts.sorted(), ["", "a", "b", "c"]);
    }

    #[test]
    fn another_set_gets_the_numbers_of_this_one() {
        let (mut own, mut other) = (Texts::default(), Texts::default());
        own.number("b");
        for text in ["a", "b"] {
            other.number(text);
        }
        assert_eq!(own.numbers_of(&other), [1, 0]);
    }
}
