//! The colour of a workspace, and the colours that can be read on it and beside it (WCAG 2.2, 1.4.3 and 1.4.11).

/// What is written in the accent's own hue stands on these: the darkest light surface, the lightest dark one.
const LIGHT: Rgb = Rgb(0xf3, 0xf4, 0xf7);
const DARK: Rgb = Rgb(0x2a, 0x2f, 0x39);
const BLACK: Rgb = Rgb(0, 0, 0);
const WHITE: Rgb = Rgb(255, 255, 255);
/// Contrast of text, level AA.
const READABLE: f64 = 4.5;

/// An accent colour: any `#rrggbb`, for what is derived from it can always be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(Rgb);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

impl Accent {
    /// Reads `#rrggbb`; nothing else is a colour here, for it is written into a stylesheet.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self(Rgb(red, green, blue)))
    }

    /// The rules that colour a page.
    pub(super) fn stylesheet(self) -> String {
        let accent = self.0;
        let on = if accent.contrast(WHITE) >= READABLE { WHITE } else { accent.best_of(BLACK, WHITE) };
        let (light, dark) = (accent.readable_on(LIGHT, BLACK).css(), accent.readable_on(DARK, WHITE).css());
        let (accent, on) = (accent.css(), on.css());
        format!(
            ":root{{--accent:{accent};--on-accent:{on};--ink:{light}}}\
             @media (prefers-color-scheme:dark){{:root{{--accent:{accent};--on-accent:{on};--ink:{dark}}}}}"
        )
    }
}

impl Rgb {
    fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The nearest colour on the way to `pole` that can be read on `ground`.
    fn readable_on(self, ground: Self, pole: Self) -> Self {
        (0..=20_u8)
            .map(|step| self.mixed(pole, f64::from(step) / 20.0))
            .find(|colour| colour.contrast(ground) >= READABLE)
            .unwrap_or(pole)
    }

    fn best_of(self, one: Self, other: Self) -> Self {
        if self.contrast(one) >= self.contrast(other) { one } else { other }
    }

    fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_six_digits_are_a_colour() {
        for text in ["", "#", "#12345", "#1234567", "123456", "#12345g", "red", "#+12345", "#fff;}", "#１２"] {
            assert_eq!(Accent::parse(text), None, "{text}");
        }
        assert_eq!(Accent::parse("#C0ffee"), Some(Accent(Rgb(0xc0, 0xff, 0xee))));
    }

    #[test]
    fn every_colour_can_be_read_on_and_beside() {
        let steps = || (0..=255_u8).step_by(15);
        for (red, green, blue) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            let accent = Rgb(red, green, blue);
            assert!(accent.contrast(accent.best_of(BLACK, WHITE)) >= READABLE, "{accent:?}");
            assert!(accent.readable_on(LIGHT, BLACK).contrast(LIGHT) >= READABLE, "{accent:?}");
            assert!(accent.readable_on(DARK, WHITE).contrast(DARK) >= READABLE, "{accent:?}");
        }
    }

    #[test]
    fn a_light_accent_carries_dark_text() {
        assert!(Accent::parse("#ffe680").unwrap().stylesheet().contains("--on-accent:#000000"));
        assert!(Accent::parse("#102a6b").unwrap().stylesheet().contains("--on-accent:#ffffff"));
    }
}
