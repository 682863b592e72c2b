//! What was read of an input, kept for the next run. An entry is named by all that the
//! result depends on: the bytes, what they are thought to be, the tables, the options and
//! the version; never by a time stamp. What a cache answers is what reading would give.

use dateline_model::{Failure, NormalizedBrief};
use dateline_normalize::Given;
use dateline_text::Source;
use dateline_text::source::{sha256, sha256_hex};
use serde::{Deserialize, Serialize};

use crate::{Lexicons, Options, RawInput, Read};

/// Where entries are kept. A name is lower-case hexadecimal.
pub trait Cache: Sync {
    /// The entry of this name, where there is one.
    fn get(&self, name: &str) -> Option<Vec<u8>>;
    /// Keeps an entry; one that cannot be kept is none.
    fn put(&self, name: &str, entry: &[u8]);
}

/// Goes up whenever the same input is read otherwise, or its form here changes; a test on
/// the fixtures fails until it does.
pub const FORM: u32 = 7;

/// What is kept of one input.
#[derive(Serialize, Deserialize)]
struct Entry {
    briefs: Vec<Kept>,
    failures: Vec<String>,
}

/// What is kept of one brief.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// What stands behind the input's name in the label.
    behind: String,
    unpacked: bool,
    source: Source,
    brief: NormalizedBrief,
}

/// Reads one input, or answers what an earlier run read of the same bytes. Says whether it
/// had to read.
pub(crate) fn read(
    mut input: RawInput,
    lexicons: &Lexicons,
    options: &Options,
    cache: &dyn Cache,
) -> (Vec<Read>, Vec<Failure>, bool) {
    let label = input.label.clone();
    let mut bytes = Vec::new();
    let mut within =
        std::io::Read::take(&mut input.reader, options.limits.max_bytes.saturating_add(1));
    let whole = std::io::Read::read_to_end(&mut within, &mut bytes).is_ok();
    if !whole || bytes.len() as u64 > options.limits.max_bytes {
        // An archive that is read as a stream; anything else fails, and says why itself.
        let rest = std::io::Read::chain(std::io::Cursor::new(bytes), input.reader);
        let (briefs, failures) =
            crate::read(RawInput { reader: Box::new(rest), ..input }, lexicons, options);
        return (briefs, failures, true);
    }
    let name = name(&bytes, &input, lexicons, options);
    if let Some(entry) = cache.get(&name).and_then(|entry| open(&name, &entry)) {
        let briefs = entry.briefs.into_iter();
        let briefs = briefs.map(|kept| Read {
            label: format!("{label}{}", kept.behind),
            unpacked: kept.unpacked,
            source: kept.source,
            brief: kept.brief,
        });
        let failures = entry.failures.into_iter();
        let failures = failures.map(|reason| Failure { label: label.clone(), reason });
        return (briefs.collect(), failures.collect(), false);
    }
    let reader = Box::new(std::io::Cursor::new(bytes));
    let (briefs, failures) = crate::read(RawInput { reader, ..input }, lexicons, options);
    let entry = Entry {
        briefs: briefs.iter().map(|read| kept(&label, read)).collect(),
        failures: failures.iter().map(|failure| failure.reason.clone()).collect(),
    };
    if let Some(entry) = seal(&name, &entry) {
        cache.put(&name, &entry);
    }
    (briefs, failures, true)
}

/// The name of the entry of `bytes`.
fn name(bytes: &[u8], input: &RawInput, lexicons: &Lexicons, options: &Options) -> String {
    let given = match options.given {
        Given::No => String::new(),
        Given::FillIn(moment) => format!("fill in {moment}"),
        Given::Force(moment) => format!("force {moment}"),
    };
    let version = env!("CARGO_PKG_VERSION");
    let (hint, limits) = (input.hint.as_deref().unwrap_or(""), options.limits);
    let packed = input.label.to_ascii_lowercase().ends_with(".gz");
    let name = if packed { input.label.as_str() } else { "" };
    let (lexicon, known) = (lexicons.hash(), options.sources.about(&input.label));
    let about = format!(
        "{FORM}\n{version}\n{lexicon:016x}\n{limits:?}\n{given}\n{hint}\n{name}\n{known}\n"
    );
    // Two hashes side by side, so that no content can pass for options.
    let mut all = sha256(about.as_bytes()).to_vec();
    all.extend(sha256(bytes));
    sha256_hex(&all)
}

fn kept(label: &str, read: &Read) -> Kept {
    let behind = read.label.strip_prefix(label).unwrap_or_default().to_string();
    let (source, brief) = (read.source.clone(), read.brief.clone());
    Kept { behind, unpacked: read.unpacked, source, brief }
}

/// The hash of an entry and its name.
fn mark(name: &str, body: &[u8]) -> [u8; 32] {
    sha256(&[name.as_bytes(), &sha256(body)].concat())
}

/// The bytes of an entry, behind their hash: a damaged one, or one in another's place, is none.
fn seal(name: &str, entry: &Entry) -> Option<Vec<u8>> {
    let body = postcard::to_allocvec(entry).ok()?;
    let mut out = mark(name, &body).to_vec();
    out.extend(body);
    Some(out)
}

fn open(name: &str, sealed: &[u8]) -> Option<Entry> {
    let (hash, body) = sealed.split_at_checked(32)?;
    (mark(name, body) == hash).then(|| postcard::from_bytes(body).ok())?
}
