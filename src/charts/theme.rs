//! How every chart looks: sizes, type and colours.
//!
//! Enters: nothing. Leaves: constants. Does not know what is drawn. House colours and type sizes change
//! here and nowhere else; the tests hold the palettes to contrast and to three kinds of colour blindness.

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// A way to set text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Height of the letter in CSS pixels.
    pub size: f64,
    /// Bold instead of regular.
    pub bold: bool,
    /// Colour of the letters.
    pub colour: Colour,
}

impl Type {
    /// The same type, bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Distance between two lines of this type.
    pub fn leading(self) -> f64 {
        (self.size * 1.3).ceil()
    }
}

/// Width of every chart in CSS pixels.
pub const WIDTH: f64 = 720.0;
/// White space around the chart.
pub const MARGIN: f64 = 16.0;

/// Font of every chart; the first is embedded for PNG, the others have the same widths.
pub const FONT_FAMILY: &str = "'Liberation Sans', Arial, Helvetica, sans-serif";

/// Text and axes.
pub const INK: Colour = Colour(0x1A, 0x1A, 0x1A);
/// Secondary text; 7:1 on white.
pub const MUTED: Colour = Colour(0x59, 0x59, 0x59);
/// Grid lines; decoration, so no contrast is asked of it.
pub const GRID: Colour = Colour(0xDD, 0xDD, 0xDD);
/// The band behind a curve; decoration with an outline.
pub const BAND: Colour = Colour(0xDC, 0xDC, 0xDC);
/// Paper.
pub const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);
/// The one thing the finding is about.
pub const ACCENT: Colour = Colour(0x15, 0x42, 0x73);
/// A value that asks for a conversation.
pub const SIGNAL: Colour = Colour(0xD5, 0x5E, 0x00);
/// Everything else.
pub const REST: Colour = Colour(0x8B, 0x8B, 0x8B);
/// Many small dots, which lie on the band too.
pub const SWARM: Colour = Colour(0x72, 0x72, 0x72);

/// Colours of marks that mean something: they stand out from paper.
pub const MARKS: [Colour; 6] = [INK, MUTED, ACCENT, SIGNAL, REST, SWARM];
/// Colours of marks that can lie on the band: they stand out from it too. A signal has an outline of ink.
pub const ON_BAND: [Colour; 4] = [INK, MUTED, ACCENT, SWARM];
/// Colours that mean nothing: paper, grid, and the band, which has an outline.
pub const QUIET: [Colour; 3] = [WHITE, GRID, BAND];

/// The finding, above the chart.
pub const TITLE: Type = Type { size: 17.0, bold: true, colour: INK };
/// Measure, unit, period and n.
pub const SUBTITLE: Type = Type { size: 13.0, bold: false, colour: MUTED };
/// Names and values.
pub const LABEL: Type = Type { size: 13.0, bold: false, colour: INK };
/// Names and values where there are many.
pub const SMALL_LABEL: Type = Type { size: 11.0, bold: false, colour: INK };
/// Axes and notes.
pub const AXIS: Type = Type { size: 12.0, bold: false, colour: MUTED };
/// Source line.
pub const SOURCE: Type = Type { size: 11.0, bold: false, colour: MUTED };

/// Colours of one to four series.
const FOUR: [Colour; 4] = [ACCENT, SIGNAL, REST, Colour(0x47, 0x96, 0xCC)];
/// Colours of five series.
const FIVE: [Colour; 5] = [
    ACCENT,
    Colour(0xCA, 0x00, 0x5D),
    Colour(0xB3, 0x59, 0x00),
    Colour(0x28, 0xA1, 0x97),
    Colour(0xA2, 0x85, 0xD1),
];

/// Most series that one chart can tell apart.
pub const MAX_SERIES: usize = FIVE.len();

/// The colours for that many series.
pub fn palette(n_series: usize) -> &'static [Colour] {
    if n_series <= FOUR.len() { &FOUR } else { &FIVE }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lowest contrast of a mark on white (WCAG 1.4.11).
    const MARK_CONTRAST: f64 = 3.0;
    /// Lowest contrast of text on white (WCAG 1.4.3).
    const TEXT_CONTRAST: f64 = 4.5;
    /// Smallest distance in CIELAB (1976) between two series; about 2 is just visible.
    const DISTANCE: f64 = 20.0;

    type Matrix = [[f64; 3]; 3];

    /// Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
    const SIGHT: [(&str, Matrix); 4] = [
        ("all colours", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    fn linear(colour: Colour) -> [f64; 3] {
        [colour.0, colour.1, colour.2].map(|part| {
            let c = f64::from(part) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn dot(row: [f64; 3], rgb: [f64; 3]) -> f64 {
        row.iter().zip(rgb).map(|(a, b)| a * b).sum()
    }

    fn contrast(a: Colour, b: Colour) -> f64 {
        let light = |colour| dot([0.2126, 0.7152, 0.0722], linear(colour)) + 0.05;
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    fn contrast_on_white(colour: Colour) -> f64 {
        contrast(colour, WHITE)
    }

    fn lab(rgb: [f64; 3]) -> [f64; 3] {
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let x = f(dot([0.412_456, 0.357_576, 0.180_437], rgb) / 0.950_47);
        let y = f(dot([0.212_673, 0.715_152, 0.072_175], rgb));
        let z = f(dot([0.019_334, 0.119_192, 0.950_304], rgb) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn distance(a: Colour, b: Colour, sight: Matrix) -> f64 {
        let seen = |colour| lab(sight.map(|row| dot(row, linear(colour)).clamp(0.0, 1.0)));
        seen(a).iter().zip(seen(b)).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn contrast_is_measured_as_wcag_does() {
        assert!((contrast_on_white(Colour(0, 0, 0)) - 21.0).abs() < 1e-9);
        assert!((contrast_on_white(Colour(0x76, 0x76, 0x76)) - 4.54).abs() < 0.01);
    }

    #[test]
    fn marks_stand_out_from_paper_and_text_can_be_read() {
        for colour in FOUR.iter().chain(&FIVE).chain(&MARKS) {
            assert!(contrast_on_white(*colour) >= MARK_CONTRAST, "{colour:?}");
        }
        for colour in ON_BAND {
            assert!(contrast(colour, BAND) >= MARK_CONTRAST, "{colour:?}");
        }
        // The diamond of a signal has an outline of ink.
        assert!(contrast(INK, BAND) >= MARK_CONTRAST && contrast(INK, SIGNAL) >= MARK_CONTRAST);
        for text in [TITLE, SUBTITLE, LABEL, SMALL_LABEL, AXIS, SOURCE] {
            assert!(contrast_on_white(text.colour) >= TEXT_CONTRAST, "{text:?}");
        }
    }

    #[test]
    fn series_stay_apart_for_every_kind_of_sight() {
        for palette in [&FOUR[..], &FIVE[..]] {
            for (i, a) in palette.iter().enumerate() {
                for b in &palette[i + 1..] {
                    for (name, sight) in SIGHT {
                        let seen = distance(*a, *b, sight);
                        assert!(seen >= DISTANCE, "{name}: {a:?} {b:?} {seen:.1}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_fifth_series_gets_a_fifth_colour() {
        assert_eq!(palette(1)[0], ACCENT);
        assert_eq!(palette(MAX_SERIES).len(), MAX_SERIES);
    }
}
