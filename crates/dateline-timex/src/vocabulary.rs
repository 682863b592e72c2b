//! The words that tables name, found by a hash of their small letters. The hash is
//! fixed: the same tables give the same numbers everywhere.

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
    abbreviation: bool,
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

const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;

/// One step of the hash.
pub(crate) fn mix(hash: u64, byte: u8) -> u64 {
    (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(SEED)
}

fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

fn hash(form: &str) -> u64 {
    form.bytes().fold(0, |hash, byte| mix(hash, byte | 0x20))
}

impl Vocabulary {
    /// No words.
    pub(crate) fn new() -> Self {
        let unknown = Word { form: "".into(), abbreviation: false };
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
        let found = self.find(hash(form), form.as_bytes());
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
        self.words.push(Word { form: form.into(), abbreviation: false });
        id
    }

    fn place(&mut self, id: WordId) {
        let mask = self.slots.len() - 1;
        let hash = hash(&self.words[id.index()].form);
        let mut slot = self.slot(hash);
        while self.slots[slot].1 != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (upper(hash), id.0);
    }

    fn slot(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    /// The word written `form` in whatever letters, whose hash is `hash`.
    pub(crate) fn find(&self, hash: u64, form: &[u8]) -> WordId {
        if form.len() > self.longest {
            return WordId::UNKNOWN;
        }
        let mut slot = self.slot(hash);
        loop {
            let (upper_half, id) = self.slots[slot];
            if id == 0 {
                return WordId::UNKNOWN;
            }
            if upper_half == upper(hash)
                && self.words[id as usize].form.as_bytes().eq_ignore_ascii_case(form)
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
