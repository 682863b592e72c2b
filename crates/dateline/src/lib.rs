//! The edge of the system: files, folders, standard streams. What the command and the
//! developer task share lives here; all else is in the stages.
//!
//! | module | what |
//! |---|---|
//! | [`inputs`] | names given by a user → inputs to read, with labels and failures |
//! | [`sources`] | what somebody knows of inputs, from a file beside them |
//! | [`output`] | documents → files, whole or not at all |
//! | [`cache`] | a folder of what was read before |
//! | [`build`] | inputs → timeline → documents |
//! | [`documents`] | a timeline → its documents in a folder |
//! | [`bundle`] | the originals, the documents and their hashes in one folder |

pub mod build;
pub mod bundle;
pub mod cache;
pub mod documents;
pub mod inputs;
pub mod output;
pub mod sources;

use dateline_export::Header;
use dateline_pipeline::Lexicons;

/// Name and version, as documents state them.
pub const GENERATOR: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));

/// The file of what a person decided, beside the timeline it is about.
pub const DECISIONS: &str = "decisions.jsonl";

/// What documents say of how they were made.
pub fn header(lexicons: &Lexicons, options: &[(&str, String)]) -> Header {
    Header {
        generator: GENERATOR.to_string(),
        lexicon: format!("{:016x}", lexicons.hash()),
        options: options.iter().map(|(name, value)| ((*name).to_string(), value.clone())).collect(),
        ..Header::default()
    }
}
