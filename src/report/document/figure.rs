//! A chart in the report: picture, description and data together, or not at all.
//!
//! Enters: a drawn figure and the table it was drawn from. Leaves: [`FigureBlock`], which cannot be
//! built without a text alternative. Does not know how a chart is drawn.

use anyhow::bail;

use super::Table;
use super::check_id;
use crate::charts::{Figure, Kind};

/// A chart with its mandatory text alternative.
#[derive(Debug, Clone)]
pub struct FigureBlock {
    figure: Figure,
    caption: String,
    data: Table,
    columns: Vec<usize>,
}

impl FigureBlock {
    /// Joins a drawn figure with its caption (measure, unit, period, n) and the table it was drawn from.
    ///
    /// # Errors
    /// When the description, caption or data is missing, or the stem cannot be a file name: a mistake in
    /// the composer.
    pub fn new(figure: Figure, caption: &str, data: Table) -> anyhow::Result<Self> {
        check_id(figure.stem())?;
        check_alt(figure.title(), figure.desc())?;
        if caption.trim().is_empty() {
            bail!("figure {} has no caption", figure.stem());
        }
        if data.rows.is_empty() {
            bail!("figure {} has no data table", figure.stem());
        }
        Ok(Self { figure, caption: caption.to_owned(), data, columns: Vec::new() })
    }

    /// Says which columns of the data are drawn: of bars the length and, when there is one, the tick; of lines one
    /// per series, in their order. A writer with charts of its own draws these.
    ///
    /// # Errors
    /// When the chart has another number of columns, or one of them holds no numbers: a mistake in the composer.
    pub fn drawn_from(mut self, columns: &[usize]) -> anyhow::Result<Self> {
        let fits = match self.figure.kind() {
            Some(Kind::Bars(_)) => (1..=2).contains(&columns.len()),
            Some(Kind::Line(line)) => columns.len() == line.series.len(),
            _ => false,
        };
        let has_numbers =
            |at: &usize| self.data.columns.get(*at).is_some_and(|c| c.kind.is_number());
        if !fits || !columns.iter().all(has_numbers) {
            bail!("figure {} cannot be drawn from columns {columns:?}", self.stem());
        }
        self.columns = columns.to_vec();
        Ok(self)
    }

    /// The same figure with its data marked; the caption becomes that of the data.
    ///
    /// # Errors
    /// As [`FigureBlock::new`].
    pub fn with_data(&self, data: Table) -> anyhow::Result<Self> {
        let caption = data.caption.clone();
        let columns = self.columns.clone();
        Ok(Self { columns, ..Self::new(self.figure.clone(), &caption, data)? })
    }

    /// The columns of the data that are drawn; empty when only the picture can show them.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Name of its files and anchor.
    pub fn stem(&self) -> &str {
        self.figure.stem()
    }

    /// The finding the chart shows.
    pub fn title(&self) -> &str {
        self.figure.title()
    }

    /// Measure, unit, period and n.
    pub fn caption(&self) -> &str {
        &self.caption
    }

    /// The text alternative; never empty.
    pub fn alt(&self) -> &str {
        self.figure.desc()
    }

    /// The drawing: one `svg` element, to stand in a page or in a file.
    pub fn svg(&self) -> &str {
        self.figure.svg()
    }

    /// The table it was drawn from; never without rows.
    pub fn data(&self) -> &Table {
        &self.data
    }

    /// The drawn figure, for a writer that makes another picture of it.
    pub fn figure(&self) -> &Figure {
        &self.figure
    }

    /// File of the drawing in the output folder.
    pub fn svg_path(&self) -> String {
        format!("figuren/{}.svg", self.stem())
    }

    /// File of the picture in the output folder.
    pub fn png_path(&self) -> String {
        format!("figuren/{}.png", self.stem())
    }

    /// The data, to say where its numbers come from.
    pub(super) fn data_mut(&mut self) -> &mut Table {
        &mut self.data
    }

    /// File of the data in the output folder.
    pub fn csv_path(&self) -> String {
        format!("figuren/{}.csv", self.stem())
    }
}

/// A description that says more than the title.
fn check_alt(title: &str, alt: &str) -> anyhow::Result<()> {
    if alt.trim().is_empty() || alt.trim() == title.trim() {
        bail!("the description of figure '{title}' says nothing");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_figure_without_caption_or_data_cannot_be_built() {
        let document = sample::document();
        let block = document.figures().next().unwrap();
        let (figure, data) = (block.figure().clone(), block.data().clone());
        FigureBlock::new(figure.clone(), "Bijschrift", data.clone()).unwrap();
        assert!(FigureBlock::new(figure.clone(), " ", data.clone()).is_err());
        let empty = Table { rows: Vec::new(), ..data };
        assert!(FigureBlock::new(figure, "Bijschrift", empty).is_err());
    }

    #[test]
    fn a_figure_is_drawn_from_as_many_columns_of_numbers_as_it_shows() {
        let document = sample::document();
        let bars = document.figures().next().unwrap().clone();
        assert_eq!(bars.clone().drawn_from(&[1]).unwrap().columns(), [1]);
        for columns in [vec![], vec![0], vec![9], vec![1, 1, 1]] {
            assert!(bars.clone().drawn_from(&columns).is_err(), "{columns:?}");
        }
        let marked = bars.clone().drawn_from(&[1]).unwrap().with_data(bars.data().clone()).unwrap();
        assert_eq!(marked.columns(), [1], "marking keeps what is drawn");
    }

    #[test]
    fn a_description_that_is_empty_or_repeats_the_title_is_refused() {
        assert!(check_alt("Titel", " ").is_err());
        assert!(check_alt("Titel", "Titel ").is_err());
        check_alt("Titel", "Zeist had 12 overeenkomsten, de meeste van alle gemeenten.").unwrap();
    }
}
