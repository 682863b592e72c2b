//! The words that tables name, found by a hash of their small letters. The hash is
//! fixed: the same tables give the same numbers everywhere.

use crate::token::Head;

/// The number of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no table names.
    pub(crate) const UNKNOWN: Self = Self(0);

    /// Its place in a list with one entry a word, the unknown word first.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug)]
struct Word {
    form: Box<str>,
    key: Key,
    abbreviation: bool,
}

/// What a word is found by: up to eight bytes of it in small letters, as they stand; a
/// hash where it is longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    bits: u64,
    len: usize,
}

/// The bytes a key holds as they stand.
const WHOLE: usize = 8;

const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;

impl Key {
    /// One byte more.
    pub(crate) fn push(&mut self, byte: u8) {
        let byte = u64::from(byte | 0x20);
        self.bits = if self.len < WHOLE {
            self.bits << 8 | byte
        } else {
            (self.bits.rotate_left(5) ^ byte).wrapping_mul(SEED)
        };
        self.len += 1;
    }

    /// Whether no other word has this key: it is short and of ASCII letters.
    fn is_whole(self) -> bool {
        self.len <= WHOLE && self.bits & 0x80_80_80_80_80_80_80_80 == 0
    }

    fn hash(self) -> u64 {
        self.bits.wrapping_mul(SEED)
    }
}

impl From<Head> for Key {
    fn from(head: Head) -> Self {
        Self { bits: head.folded(), len: head.len }
    }
}

impl From<&str> for Key {
    fn from(form: &str) -> Self {
        let mut key = Self::default();
        form.bytes().for_each(|byte| key.push(byte));
        key
    }
}

/// The words of all tables.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    words: Vec<Word>,
    /// The upper half of a word's hash and its number, or zeros.
    slots: Vec<(u32, u32)>,
    marks: [WordId; 128],
    longest: usize,
}

fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl Vocabulary {
    /// No words.
    pub(crate) fn new() -> Self {
        let unknown = Word { form: "".into(), key: Key::default(), abbreviation: false };
        Self {
            words: vec![unknown],
            slots: vec![(0, 0); 64],
            marks: [WordId::UNKNOWN; 128],
            longest: 0,
        }
    }

    /// How many words there are, the unknown one among them.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word or mark `form`, added where it is new. `form` is in small letters.
    pub(crate) fn add(&mut self, form: &str) -> WordId {
        if let [mark @ 0..0x80] = form.as_bytes()
            && !mark.is_ascii_alphabetic()
        {
            return self.add_mark(*mark);
        }
        let found = self.find(Key::from(form), form.as_bytes());
        if found != WordId::UNKNOWN {
            return found;
        }
        let id = self.push(form);
        self.longest = self.longest.max(form.len());
        if self.words.len() * 3 > self.slots.len() {
            self.slots = vec![(0, 0); self.slots.len() * 4];
            for id in 1..self.words.len() as u32 {
                self.place(WordId(id));
            }
        } else {
            self.place(id);
        }
        id
    }

    fn add_mark(&mut self, mark: u8) -> WordId {
        let at = usize::from(mark);
        if self.marks[at] == WordId::UNKNOWN {
            self.marks[at] = self.push(&String::from(char::from(mark)));
        }
        self.marks[at]
    }

    fn push(&mut self, form: &str) -> WordId {
        let id = WordId(self.words.len() as u32);
        self.words.push(Word { form: form.into(), key: form.into(), abbreviation: false });
        id
    }

    fn place(&mut self, id: WordId) {
        let mask = self.slots.len() - 1;
        let hash = self.words[id.index()].key.hash();
        let mut slot = self.slot(hash);
        while self.slots[slot].1 != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (upper(hash), id.0);
    }

    fn slot(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    /// The word written `form` in whatever letters, whose key is `key`.
    pub(crate) fn find(&self, key: Key, form: &[u8]) -> WordId {
        if key.len > self.longest {
            return WordId::UNKNOWN;
        }
        let hash = key.hash();
        let mut slot = self.slot(hash);
        loop {
            let (upper_half, id) = self.slots[slot];
            if id == 0 {
                return WordId::UNKNOWN;
            }
            let word = &self.words[id as usize];
            if upper_half == upper(hash)
                && word.key == key
                && (key.is_whole() || word.form.as_bytes().eq_ignore_ascii_case(form))
            {
                return WordId(id);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The mark `byte`.
    pub(crate) fn mark(&self, byte: u8) -> WordId {
        self.marks.get(usize::from(byte)).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// Says that a stop after the word belongs to it.
    pub(crate) fn set_abbreviation(&mut self, id: WordId) {
        self.words[id.index()].abbreviation = true;
    }

    /// Whether a stop after the word belongs to it.
    pub(crate) fn is_abbreviation(&self, id: WordId) -> bool {
        self.words[id.index()].abbreviation
    }

    /// How the word is written, in small letters.
    pub(crate) fn form(&self, id: WordId) -> &str {
        &self.words[id.index()].form
    }
}
