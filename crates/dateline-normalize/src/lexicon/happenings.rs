//! Words that can name one and the same kind of happening: "arrest", "detained" and
//! "custody" are one.

use dateline_text::LexiconError;
use dateline_text::table::rows;
use rustc_hash::FxHashMap;

use super::{Lexicon, alternatives, longest, note_start};
use crate::words::{Form, Token, tokens};

/// The kinds of happenings, and how a word is led back to its base form.
#[derive(Debug, Default)]
pub(super) struct Happenings {
    /// Ending, what stands in its place, fewest characters before it; longest first.
    endings: Vec<(String, String, usize)>,
    /// Base form of a word or phrase to its kinds, as places among `names`; the first is what
    /// it names where only one thing can be meant.
    kinds: FxHashMap<String, Vec<usize>>,
    starts: FxHashMap<String, usize>,
    names: Vec<(String, Often)>,
}

/// How often a kind of thing happens to the same ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Often {
    /// Once: nobody resigns twice.
    Once,
    /// Now and then.
    #[default]
    Sometimes,
    /// All the time: it tells no event from another.
    Light,
    /// The same, and it only speaks of an event.
    Said,
}

impl Often {
    /// Whether it tells one event from another.
    pub(crate) fn tells(self) -> bool {
        matches!(self, Self::Once | Self::Sometimes)
    }
}

impl Happenings {
    /// Reads both tables. `lexicon` has its verbs and nouns.
    pub(super) fn load(
        lexicon: &Lexicon,
        kinds: &str,
        endings: &str,
    ) -> Result<Self, LexiconError> {
        let mut out = Self::default();
        for row in rows("endings.tsv", endings) {
            let before = row.need(2, "fewest characters before it")?;
            let before =
                before.parse().map_err(|_| row.error(format!("`{before}` is no number")))?;
            out.endings.push((row.need(0, "ending")?.into(), row.cell(1).into(), before));
        }
        out.endings.sort_by_key(|(ending, ..)| std::cmp::Reverse(ending.len()));
        for row in rows("happenings.tsv", kinds) {
            let often = match row.cell(2) {
                "" => Often::Sometimes,
                "once" => Often::Once,
                "light" => Often::Light,
                "said" => Often::Said,
                other => return Err(row.error(format!("unknown frequency `{other}`"))),
            };
            out.names.push((row.need(0, "happening")?.to_string(), often));
            for words in alternatives(row.need(1, "words")?) {
                let Some(all) = dateline_text::TextRange::at(0, words.len()) else { continue };
                let line = tokens(words, all);
                let bases: Vec<String> = line.iter().map(|t| out.base(t, lexicon)).collect();
                let key = bases.join(" ");
                note_start(&mut out.starts, &key);
                let (kinds, own) = (out.kinds.entry(key).or_default(), out.names.len() - 1);
                if kinds.contains(&own) {
                    return Err(row.error(format!("`{words}` stands twice")));
                }
                kinds.push(own);
            }
        }
        Ok(out)
    }

    /// The base form of a word: that of a known verb, else the word without its ending.
    fn base(&self, token: &Token, lexicon: &Lexicon) -> String {
        let verb = lexicon.verbs(token).first();
        let lemma = verb.and_then(|verb| lexicon.lemmas.get(verb.lemma as usize));
        self.stem(lemma.map_or(token.folded.as_str(), String::as_str))
    }

    fn stem(&self, word: &str) -> String {
        let cut = self.endings.iter().find_map(|(ending, instead, fewest)| {
            let rest = word.strip_suffix(ending.as_str())?;
            (rest.chars().count() >= *fewest).then(|| (format!("{rest}{instead}"), ending.len()))
        });
        let Some((mut rest, cut)) = cut else { return word.to_string() };
        // "stabbing" is of "stab", but "fall" ends in two of its own.
        let mut ends = rest.chars().rev();
        if cut > 1 && ends.next() == ends.next() && rest.chars().count() > 3 {
            rest.pop();
        }
        rest
    }
}

impl Lexicon {
    /// The kinds of what the words at `line[at]` can name; none for words that are in no row.
    pub(crate) fn happenings(
        &self,
        line: &[Token],
        at: usize,
    ) -> impl Iterator<Item = (&str, Often)> {
        let all = &self.happenings;
        let found = || {
            let most = *all.starts.get(&all.base(line.get(at)?, self))?;
            let based = |token: &Token| Token { folded: all.base(token, self), ..token.clone() };
            let run: Vec<Token> = line.iter().skip(at).take(most).map(based).collect();
            longest(&all.starts, &all.kinds, &run, 0).map(|(kinds, _)| kinds)
        };
        let kinds = found().into_iter().flatten();
        kinds.filter_map(|kind| all.names.get(*kind)).map(|(name, often)| (name.as_str(), *often))
    }

    /// The kind of what a word names; its own base form where it is in no row.
    pub(crate) fn kind_of(&self, line: &[Token], at: usize) -> String {
        let base = || line.get(at).map(|token| self.happenings.base(token, self));
        let kind = self.happenings(line, at).next().map(|(kind, _)| kind.to_string());
        kind.or_else(base).unwrap_or_default()
    }

    /// The kinds of what a trigger can name: the lemma of a verb, or an event noun.
    pub(crate) fn happenings_of(&self, trigger: &str) -> Vec<(&str, Often)> {
        let all = dateline_text::TextRange::at(0, trigger.len());
        let line = all.map_or_else(Vec::new, |all| tokens(trigger, all));
        self.happenings(&line, 0).collect()
    }

    /// Which of the words of a mention is its head: the last one before a preposition or
    /// particle ("checked into", "head of state"), else the last one.
    pub(crate) fn head(&self, line: &[Token]) -> usize {
        let words = || line.iter().enumerate().filter(|(_, token)| token.form != Form::Mark);
        let linked = words().find(|(at, token)| *at > 0 && self.is_stopword(&token.folded));
        let last = words().next_back().map_or(0, |(at, _)| at);
        linked.map_or(last, |(at, _)| at - 1)
    }
}
