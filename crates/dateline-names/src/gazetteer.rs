//! The cities of the world with 15,000 people and more, and the areas they lie in:
//! GeoNames (CC-BY 4.0), built by `cargo xtask data` (see `data/MANIFEST.tsv`). The bytes
//! are read where they lie; nothing is loaded.

use dateline_text::fold::fold;
use fst::raw::Output;

const MAP: &[u8] = include_bytes!("../data/places.fst");
const ROWS: &[u8] = include_bytes!("../data/places.bin");

/// Bytes of a row: latitude and longitude in ten-thousandths of a degree (3 each),
/// population and kind (4), name (4), country (1), area (2).
const ROW: usize = 17;
const HEADER: usize = 16;

/// The gazetteer.
pub(crate) struct Gazetteer {
    map: fst::Map<&'static [u8]>,
    countries: usize,
    areas: usize,
    rows: usize,
    groups: usize,
}

/// A city, or an area where its people live.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Latitude and longitude in microdegrees.
    pub(crate) coordinates: (i32, i32),
    /// Inhabitants.
    pub(crate) population: u32,
    /// Its usual name.
    pub(crate) name: &'static str,
    /// Its country's name.
    pub(crate) country: &'static str,
    /// The name of the area it lies in, or is.
    pub(crate) area: &'static str,
    /// Whether it is the area itself.
    pub(crate) is_area: bool,
    /// Whether it was found under another of its names.
    pub(crate) other_name: bool,
}

impl Place {
    /// Whether it is a town of that country or area.
    pub(crate) fn lies_in(&self, container: &str) -> bool {
        let container = fold(container);
        !self.is_area && (fold(self.country) == container || fold(self.area) == container)
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Gazetteer").field("rows", &self.rows).finish_non_exhaustive()
    }
}

fn number(at: usize) -> Option<u32> {
    let bytes = ROWS.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Three bytes of ten-thousandths, in microdegrees.
fn degrees(at: usize) -> Option<i32> {
    let bytes = ROWS.get(at..at.checked_add(3)?)?;
    let [a, b, c] = *bytes else { return None };
    // The sign is that of the highest of the three.
    Some((i32::from_le_bytes([0, a, b, c]) >> 8) * 100)
}

fn small(at: usize) -> Option<usize> {
    let bytes = ROWS.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(bytes.try_into().ok()?)))
}

impl Gazetteer {
    /// The embedded one; `None` where its bytes are damaged.
    pub(crate) fn embedded() -> Option<Self> {
        let count = |at: usize| number(at * 4).map(|n| n as usize);
        Some(Self {
            map: fst::Map::new(MAP).ok()?,
            countries: count(0)?,
            areas: count(1)?,
            rows: count(2)?,
            groups: count(3)?,
        })
    }

    /// All places under a folded name.
    pub(crate) fn places(&self, key: &str) -> Vec<Place> {
        self.map.get(key).map(|value| self.group(value)).unwrap_or_default()
    }

    /// Whether some key is `key`, and whether some longer one starts with it and a space.
    pub(crate) fn look(&self, key: &str) -> (bool, bool) {
        let raw = self.map.as_fst();
        let (mut node, mut out) = (raw.root(), Output::zero());
        for byte in key.bytes() {
            let Some(at) = node.find_input(byte) else { return (false, false) };
            let step = node.transition(at);
            out = out.cat(step.out);
            node = raw.node(step.addr);
        }
        (node.is_final(), node.find_input(b' ').is_some())
    }

    /// The places of a key: one that its value names, or a group.
    fn group(&self, value: u64) -> Vec<Place> {
        let (one, value) = (value & 1 == 1, value >> 1);
        if one {
            return self.row((value >> 1) as usize, value & 1 == 1).into_iter().collect();
        }
        let (start, count) = ((value >> 16) as usize, (value & 0xffff) as usize);
        let base = HEADER + (self.countries + self.areas) * 4 + self.rows * ROW;
        (start..start + count)
            .filter_map(|at| {
                let member = number(base + at * 4)?;
                self.row((member >> 1) as usize, member & 1 == 1)
            })
            .collect()
    }

    fn row(&self, at: usize, other_name: bool) -> Option<Place> {
        let base = HEADER + (self.countries + self.areas) * 4 + at * ROW;
        let kind = number(base + 6)?;
        let country = usize::from(*ROWS.get(base + 14)?);
        let area = small(base + 15)?;
        let list = |at: usize| self.name(number(HEADER + at * 4)?);
        Some(Place {
            coordinates: (degrees(base)?, degrees(base + 3)?),
            population: kind >> 1,
            name: self.name(number(base + 10)?)?,
            country: list(country).unwrap_or(""),
            area: if area < self.areas { list(self.countries + area)? } else { "" },
            is_area: kind & 1 == 1,
            other_name,
        })
    }

    fn name(&self, at: u32) -> Option<&'static str> {
        let names = HEADER + (self.countries + self.areas) * 4 + self.rows * ROW + self.groups * 4;
        let start = names + (at >> 8) as usize;
        std::str::from_utf8(ROWS.get(start..start + (at & 255) as usize)?).ok()
    }
}
