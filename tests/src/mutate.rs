//! Small damage done to a text: cuts, copies, foreign bytes. The same seed gives the
//! same damage on every machine, so that a failure can be told by its seed.

/// Numbers that look random (SplitMix64).
#[derive(Clone, Debug)]
pub struct Numbers {
    state: u64,
}

impl Numbers {
    /// The sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number below `limit`; 0 where the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        if limit == 0 { 0 } else { (mixed % limit as u64) as usize }
    }
}

/// Pieces that have hurt parsers of dates and pages.
const PIECES: [&[u8]; 24] = [
    b"\xff",
    b"\xc3",
    b"\0",
    b"\r",
    b"\n\n",
    b"\xef\xbb\xbf",
    "\u{2028}".as_bytes(),
    "\u{a0}".as_bytes(),
    "e\u{301}".as_bytes(),
    "\u{1f600}".as_bytes(),
    "–".as_bytes(),
    b"<p>",
    b"</",
    b"&#x;",
    b"&nbsp;",
    b"Feb. 30",
    b"99/99/9999",
    b"24:61",
    b"0000-00-00",
    b" to ",
    b" of ",
    b"the last 99999999999999999999 years",
    b"(AP) -- ",
    b"\n  \xe2\x80\xa2 ",
];

/// `bytes` with one to four pieces cut, doubled, moved or put in.
pub fn mutate(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut numbers = Numbers::new(seed);
    let mut out = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let start = numbers.below(out.len() + 1);
        let end = (start + numbers.below(40)).min(out.len());
        match numbers.below(5) {
            0 => {
                out.drain(start..end);
            }
            1 => {
                let copy = out.get(start..end).unwrap_or_default().to_vec();
                let at = numbers.below(out.len() + 1);
                out.splice(at..at, copy);
            }
            2 => {
                if let Some(byte) = out.get_mut(start) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
            3 => out.truncate(start),
            _ => {
                let piece = PIECES.get(numbers.below(PIECES.len())).copied().unwrap_or_default();
                out.splice(start..start, piece.iter().copied());
            }
        }
    }
    out
}
