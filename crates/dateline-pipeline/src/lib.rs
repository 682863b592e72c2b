//! The chain, from raw inputs to a timeline: parse, normalize, build; in parallel over
//! inputs. It has no branch on content.
//!
//! ```
//! use dateline_pipeline::{Given, Lexicons, Options, RawInput, run};
//!
//! let page = "Envoys arrive\n\nThe envoys arrived in Doha yesterday.\n";
//! let input = RawInput { label: "page.txt".into(), hint: None, reader: Box::new(page.as_bytes()) };
//! let mut options = Options::default();
//! options.given = Given::FillIn("2025-06-03".parse().unwrap());
//! let (timeline, _) = run(vec![Ok(input)], &Lexicons::english(), &options, &|| ());
//! let when = timeline.events[0].when.interval;
//! assert_eq!(when.latest().unwrap().to_string(), "2025-06-02");
//! assert_eq!(timeline.account.sentences, timeline.account.cited + timeline.account.set_aside);
//! ```

pub mod article;
pub mod cache;
pub mod cluster;
mod decisions;
pub mod digest;
pub mod sources;

use cache::Cache;
use dateline_model::{
    Brief, Decision, Failure, Mention, MentionKind, Moment, NormalizedBrief, SetAsideReason,
    SourceStore, Timeline, Timex,
};
pub use dateline_normalize::Given;
pub use dateline_parse::{ENDINGS, Limits, RawInput};
use dateline_text::{LexiconError, Source, TextRange};
pub use dateline_timeline::Selection;
pub use dateline_timeline::cluster::CUT;
use dateline_timeline::{Entry, Name};
use rayon::prelude::*;

/// All tables of the chain.
#[derive(Debug)]
pub struct Lexicons {
    /// Layout words.
    pub parse: dateline_parse::Lexicon,
    /// Date expressions.
    pub timex: dateline_timex::Lexicon,
    /// Names and triggers.
    pub normalize: dateline_normalize::Lexicon,
}

impl Lexicons {
    /// The tables for English.
    pub fn english() -> Self {
        Self {
            parse: dateline_parse::Lexicon::english(),
            timex: dateline_timex::Lexicon::english(),
            normalize: dateline_normalize::Lexicon::english(),
        }
    }

    /// The tables for English with names of the user's own (see
    /// [`dateline_names::Lexicon::with_names`]).
    pub fn with_names(own: &str) -> Result<Self, LexiconError> {
        let normalize = dateline_normalize::Lexicon::with_names(own)?;
        Ok(Self { normalize, ..Self::english() })
    }

    /// A hash of all tables, for the `lexicon` field of documents.
    pub fn hash(&self) -> u64 {
        let all = [self.parse.hash(), self.timex.hash(), self.normalize.hash()];
        let bytes: Vec<u8> = all.iter().flat_map(|hash| hash.to_be_bytes()).collect();
        dateline_text::source::short_hash(&bytes)
    }
}

/// How to run the chain.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// A reference date given by the user.
    pub given: Given,
    /// How much is read of an input.
    pub limits: Limits,
    /// What is known of sources besides what they say.
    pub sources: sources::Sources,
    /// What a person decided.
    pub decisions: Vec<Decision>,
    /// How to build the timeline; its decisions are those above.
    pub timeline: dateline_timeline::Options,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            given: Given::No,
            limits: Limits::default(),
            sources: sources::Sources::default(),
            decisions: Vec::new(),
            timeline: dateline_timeline::Options::default(),
        }
    }
}

/// One brief of an input, read and understood.
#[derive(Debug)]
pub struct Read {
    /// The input's name; behind it `#` and the name of the part of it, where it has one, and
    /// `#2` and so on for further briefs.
    pub label: String,
    /// Whether it was unpacked, so that raw ranges count the bytes of that part of the input.
    pub unpacked: bool,
    /// Its text.
    pub source: Source,
    /// What it tells.
    pub brief: NormalizedBrief,
}

/// Reads one input: its briefs, and why it failed where it did.
pub fn read(input: RawInput, lexicons: &Lexicons, options: &Options) -> (Vec<Read>, Vec<Failure>) {
    let (mut briefs, mut failures) = (Vec::new(), Vec::new());
    for read in read_each(input, lexicons, options.clone()) {
        match read {
            Ok(brief) => briefs.push(brief),
            Err(failure) => failures.push(failure),
        }
    }
    (briefs, failures)
}

/// The same, a brief at a time: of an archive, however long, only one is in memory.
pub fn read_each<'a>(
    input: RawInput,
    lexicons: &'a Lexicons,
    options: Options,
) -> Box<dyn Iterator<Item = Result<Read, Failure>> + 'a> {
    each(input, lexicons, options, dateline_normalize::normalize)
}

/// The same without what the briefs tell: their layout and their days
/// (see [`dateline_normalize::date`]).
pub fn date_each<'a>(
    input: RawInput,
    lexicons: &'a Lexicons,
    options: Options,
) -> Box<dyn Iterator<Item = Result<Read, Failure>> + 'a> {
    each(input, lexicons, options, dateline_normalize::date)
}

type Understand = fn(&Source, Brief, dateline_normalize::Context<'_>) -> NormalizedBrief;

fn each<'a>(
    input: RawInput,
    lexicons: &'a Lexicons,
    options: Options,
    understand: Understand,
) -> Box<dyn Iterator<Item = Result<Read, Failure>> + 'a> {
    let input_label = input.label.clone();
    let parse = dateline_parse::Context {
        lexicon: &lexicons.parse,
        timex: &lexicons.timex,
        limits: options.limits,
    };
    let mut labels = Labels::default();
    Box::new(dateline_parse::parse(input, parse).map(move |parsed| {
        let mut parsed = parsed
            .map_err(|error| Failure { label: input_label.clone(), reason: error.to_string() })?;
        let label = labels.next(&input_label, parsed.member.name.as_deref());
        let known = options.sources.of(&input_label, &label);
        let context = dateline_normalize::Context {
            lexicon: &lexicons.normalize,
            timex: &lexicons.timex,
            given: known.given(options.given),
        };
        known.correct(&mut parsed.brief);
        let mut brief = understand(&parsed.source, parsed.brief, context);
        brief.diagnostics.splice(0..0, parsed.diagnostics);
        let unpacked = parsed.member.unpacked;
        Ok(Read { label, unpacked, source: parsed.source, brief })
    }))
}

/// Labels of the briefs of one input.
#[derive(Default)]
struct Labels {
    part: Option<String>,
    count: usize,
    /// How many briefs are in no part.
    own: usize,
}

impl Labels {
    /// The label of the next brief, which lies in the part of this name. Briefs of one part
    /// come one after another.
    fn next(&mut self, input: &str, part: Option<&str>) -> String {
        let number = match part {
            None => {
                self.own += 1;
                self.own
            }
            Some(part) if self.part.as_deref() == Some(part) => {
                self.count += 1;
                self.count
            }
            Some(part) => {
                (self.part, self.count) = (Some(part.to_string()), 1);
                1
            }
        };
        let number = (number > 1).then(|| number.to_string());
        let mut label = input.to_string();
        for behind in part.map(Into::into).into_iter().chain(number) {
            label.push('#');
            label.push_str(&behind);
        }
        label
    }
}

/// The date expressions of everything that was read, noise included, block by block.
pub fn tag(read: &Read, context: &dateline_timex::Context, lexicons: &Lexicons) -> Vec<Timex> {
    let text = dateline_normalize::masked(read.source.text(), &read.brief.blocks);
    let blocks: Vec<TextRange> = read.brief.blocks.iter().map(|block| block.range).collect();
    dateline_timex::tag_within(&text, &blocks, context, &lexicons.timex)
}

impl Read {
    /// When it was published, or the day it speaks from.
    pub fn moment(&self) -> Option<Moment> {
        self.brief.published.or(self.brief.reference.moment)
    }

    /// Whether it is set aside for its language.
    pub fn is_foreign(&self) -> bool {
        let mut aside = self.brief.set_aside.iter();
        aside.any(|aside| aside.reason == SetAsideReason::OtherLanguage)
    }

    /// The sentences of the brief.
    pub fn sentences(&self) -> Vec<TextRange> {
        self.brief.sentences.iter().map(|sentence| sentence.range).collect()
    }

    /// The people, organisations and places of the brief.
    pub fn names(&self) -> Vec<Mention> {
        let all = self.brief.mentions.iter();
        all.filter(|mention| mention.kind != MentionKind::Gathering).cloned().collect()
    }
}

/// A name as asked for, as it is compared.
pub fn asked_name(words: &str) -> Name {
    Name { folded: dateline_text::fold::fold(words), key: dateline_names::key::key(words) }
}

/// The terms of words asked for, as they are compared.
pub fn asked_terms(words: &str, lexicons: &Lexicons) -> Vec<String> {
    let all = TextRange::at(0, words.len());
    all.map(|all| dateline_normalize::stems(words, all, &lexicons.normalize).0).unwrap_or_default()
}

/// The sentences of a text that is all prose.
pub fn sentences(text: &str, lexicons: &Lexicons) -> Vec<TextRange> {
    dateline_normalize::sentences(text, &lexicons.normalize)
}

/// The people, organisations and places in the sentences of a text.
pub fn names(text: &str, sentences: &[TextRange], lexicons: &Lexicons) -> Vec<Mention> {
    dateline_names::find(text, sentences, lexicons.normalize.names())
}

/// Runs the whole chain. An input that could not even be opened is given as its
/// [`Failure`]. `progress` is called once an input, from any thread.
pub fn run(
    inputs: Vec<Result<RawInput, Failure>>,
    lexicons: &Lexicons,
    options: &Options,
    progress: &(dyn Fn() + Sync),
) -> (Timeline, SourceStore) {
    run_with(inputs, lexicons, options, None, progress).0
}

/// The same with a cache of what was read. Answers how many inputs had to be read, too.
pub fn run_with(
    inputs: Vec<Result<RawInput, Failure>>,
    lexicons: &Lexicons,
    options: &Options,
    cache: Option<&dyn Cache>,
    progress: &(dyn Fn() + Sync),
) -> ((Timeline, SourceStore), usize) {
    let count = inputs.len() as u32;
    let done: Vec<_> = inputs
        .into_par_iter()
        .map(|input| {
            let out = match (input, cache) {
                (Ok(input), Some(cache)) => cache::read(input, lexicons, options, cache),
                (Ok(input), None) => {
                    let (briefs, failures) = read(input, lexicons, options);
                    (briefs, failures, true)
                }
                (Err(failure), _) => (Vec::new(), vec![failure], false),
            };
            progress();
            out
        })
        .collect();
    let (mut briefs, mut failures, mut fresh) = (Vec::new(), Vec::new(), 0);
    for (read, failed, anew) in done {
        briefs.extend(read);
        failures.extend(failed);
        fresh += usize::from(anew);
    }
    let (entries, store) = name_sources(briefs);
    let mut building = options.timeline.clone();
    building.decisions = decisions::resolve(&options.decisions, &entries, &store);
    let mut timeline = dateline_timeline::build(entries, failures, &building);
    timeline.account.inputs = count;
    ((timeline, store), fresh)
}

/// Gives inputs of the same content an occurrence each, in the order of their labels.
fn name_sources(mut briefs: Vec<Read>) -> (Vec<Entry>, SourceStore) {
    briefs.sort_by(|a, b| (a.source.id(), &a.label).cmp(&(b.source.id(), &b.label)));
    let (mut store, mut entries) = (SourceStore::default(), Vec::with_capacity(briefs.len()));
    let mut last = None;
    let mut occurrence = 0;
    for Read { label, source, brief, .. } in briefs {
        occurrence = if last == Some(source.id()) { occurrence + 1 } else { 1 };
        last = Some(source.id());
        let id = source.id().with_occurrence(occurrence);
        let source = source.with_id(id);
        entries.push(Entry { id, label, sha256: source.sha256().to_string(), brief });
        store.insert(source);
    }
    (entries, store)
}

/// The examples of the README, so that they are run.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct ReadmeExamples;
