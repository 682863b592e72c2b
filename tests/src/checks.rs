//! What holds for any input, whatever its bytes: ranges lie on characters and in order,
//! indices point at something, no sentence is lost. Each function panics with what is
//! wrong, for a test and for a fuzz target alike.

use std::sync::LazyLock;

use dateline_export::{Header, html, json, markdown};
use dateline_model::{
    Anchor, Block, BlockKind, Brief, Moment, NormalizedBrief, SetAsideReason, SourceStore,
    Timeline, Timex,
};
use dateline_pipeline::{Given, Lexicons, Options, RawInput};
use dateline_text::{Ranged, Source, TextRange};
use dateline_timex::Context;

use crate::fixtures::raw_input;

/// The tables for English, compiled once for all tests.
pub static LEXICONS: LazyLock<Lexicons> = LazyLock::new(Lexicons::english);

/// Parses `bytes` as plain text and as HTML and checks source, blocks and candidates.
pub fn check_parse(bytes: &[u8]) {
    check_forms(bytes, &["any.txt", "any.html", "any"]);
}

/// Parses `bytes` as inputs of these names and checks source, blocks and candidates of each
/// brief.
pub fn check_forms(bytes: &[u8], labels: &[&str]) {
    for label in labels {
        let context = dateline_parse::Context {
            lexicon: &LEXICONS.parse,
            timex: &LEXICONS.timex,
            limits: Options::default().limits,
        };
        for parsed in dateline_parse::parse(raw_input(label, bytes), context).flatten() {
            check_source(&parsed.source, (!parsed.member.unpacked).then_some(bytes));
            check_brief(parsed.source.text(), &parsed.brief);
            for found in &parsed.diagnostics {
                check_words(parsed.source.text(), found.range, "diagnostic");
            }
        }
    }
}

/// Tags `text`, with and without a reference, and checks the expressions.
pub fn check_tag(text: &str) {
    let spans = |dates: &[Timex]| dates.iter().map(Ranged::range).collect::<Vec<_>>();
    let open = dateline_timex::tag(text, &Context::new(None), &LEXICONS.timex);
    check_dates(text, &open);
    for reference in ["2025-06-03", "2024-02-29T23:30-05:00"] {
        let context = Context::new(reference.parse().ok());
        let dates = dateline_timex::tag(text, &context, &LEXICONS.timex);
        check_dates(text, &dates);
        assert_eq!(spans(&dates), spans(&open), "what is found does not depend on a reference");
    }
}

/// Sentences and names of any text: in order, on characters, none overlapping another.
pub fn check_names(text: &str) {
    let sentences = dateline_pipeline::sentences(text, &LEXICONS);
    let all = TextRange::at(0, text.len());
    let one: Vec<TextRange> = all.into_iter().collect();
    for sentences in [&sentences, &one] {
        let names = dateline_pipeline::names(text, sentences, &LEXICONS);
        let mut end = 0;
        for mention in &names {
            check_words(text, Some(mention.range), "name");
            assert!(mention.range.start() >= end, "{:?} overlaps the one before", mention.range);
            assert!(!mention.name.is_empty() && !mention.key.is_empty(), "a name has words");
            end = mention.range.end();
        }
    }
}

/// Any text is read as decisions: each line is one, or says why not; what was read is
/// written and read back.
pub fn check_decisions(text: &str) {
    let (decisions, wrong) = dateline_export::decisions::read(text);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    assert_eq!(decisions.len() + wrong.len(), lines, "each line is read or told");
    for decision in decisions {
        let written = dateline_export::decisions::line(&decision);
        let (mut again, wrong) = dateline_export::decisions::read(&written);
        assert!(wrong.is_empty(), "{wrong:?}");
        again.iter_mut().for_each(|again| again.line = decision.line);
        assert_eq!(again, [decision], "it is read back");
    }
}

/// Runs the whole chain over `bytes` as text and as HTML, twice the same input among
/// them, and checks every stage and the account.
pub fn check_chain(bytes: &[u8]) {
    let labels = ["any.html", "any.txt", "same.txt"];
    let given: Option<Moment> = "2025-06-03".parse().ok();
    let mut options = Options::default();
    options.given = given.map_or(Given::No, Given::FillIn);
    for label in labels {
        check_read(raw_input(label, bytes), bytes, &options);
    }
    let inputs = labels.iter().map(|label| Ok(raw_input(label, bytes))).collect();
    let (timeline, store) = dateline_pipeline::run(inputs, &LEXICONS, &options, &|| ());
    assert_eq!(timeline.account.inputs, 3, "every input is counted");
    check_timeline(&timeline, &store);
    let unpacked = dateline_pipeline::read_each(raw_input("any", bytes), &LEXICONS, options);
    let unpacked = unpacked.flatten().any(|read| read.unpacked);
    check_documents(&timeline, &store, (!unpacked).then_some(bytes));
}

/// Each document can be written; what `timeline.json` quotes stands at its lines, and
/// its raw ranges lie in `bytes`, the content of every source, where that was not unpacked.
fn check_documents(timeline: &Timeline, store: &SourceStore, bytes: Option<&[u8]>) {
    let header = Header::default();
    let (mut page, mut text, mut data) = (Vec::new(), Vec::new(), Vec::new());
    html::write(timeline, store, &header, &mut page).expect("memory can be written to");
    markdown::write(timeline, store, &header, &mut text).expect("memory can be written to");
    json::write(timeline, store, &header, &mut data).expect("memory can be written to");
    let data: serde_json::Value = serde_json::from_slice(&data).expect("it is JSON");
    assert!(std::str::from_utf8(&page).is_ok() && std::str::from_utf8(&text).is_ok());
    let list = |value: &serde_json::Value, name: &str| -> Vec<serde_json::Value> {
        value[name].as_array().cloned().unwrap_or_default()
    };
    assert_eq!(list(&data, "events").len(), timeline.events.len(), "every event is written");
    for citation in list(&data, "events").iter().flat_map(|event| list(event, "citations")) {
        let quote = citation["quote"].as_str().unwrap_or_default();
        assert!(!quote.trim().is_empty(), "a citation without its words: {citation}");
        let bound = |raw: &serde_json::Value, name: &str| raw[name].as_u64().unwrap_or(u64::MAX);
        for raw in list(&citation, "raw") {
            let (start, end) = (bound(&raw, "start"), bound(&raw, "end"));
            let length = bytes.map_or(u64::MAX - 1, |bytes| bytes.len() as u64);
            assert!(start <= end && end <= length, "raw range outside: {citation}");
        }
    }
}

/// Reads one input and checks each of its briefs.
pub fn check_read(input: RawInput, bytes: &[u8], options: &Options) {
    let (briefs, failures) = dateline_pipeline::read(input, &LEXICONS, options);
    assert!(!briefs.is_empty() || !failures.is_empty(), "an input is a brief or a failure");
    for failure in failures {
        assert!(!failure.reason.is_empty() && !failure.reason.ends_with('.'), "{failure:?}");
    }
    for read in briefs {
        check_source(&read.source, (!read.unpacked).then_some(bytes));
        check_normalized(read.source.text(), &read.brief);
    }
}

/// The segments of a source lie in order in the text, and in the input `bytes`, where they
/// point into it; verbatim ones say the same bytes as the input.
pub fn check_source(source: &Source, bytes: Option<&[u8]>) {
    let mut end = 0;
    for segment in source.segments() {
        let words = source.slice(segment.text);
        let words = words.unwrap_or_else(|| panic!("segment cuts a character: {segment:?}"));
        assert!(segment.text.start() >= end, "segments overlap at {segment:?}");
        end = segment.text.end();
        let Some(bytes) = bytes else { continue };
        let raw = bytes.get(segment.raw.start as usize..segment.raw.end as usize);
        let raw = raw.unwrap_or_else(|| panic!("segment leaves the input: {segment:?}"));
        if segment.verbatim {
            assert_eq!(words.as_bytes(), raw, "verbatim words differ: {segment:?}");
        }
    }
}

/// Blocks lie in order, are not empty, and hold their holes; candidates point at words.
pub fn check_brief(text: &str, brief: &Brief) {
    check_blocks(text, &brief.blocks);
    for candidate in &brief.candidates {
        check_words(text, candidate.range, "candidate");
        check_words(text, candidate.place, "place of a candidate");
    }
}

fn check_blocks(text: &str, blocks: &[Block]) {
    check_order(text, blocks, "block");
    for block in blocks {
        let mut end = block.range.start();
        for hole in &block.holes {
            check_words(text, Some(*hole), "hole");
            assert!(block.range.contains(*hole), "hole {hole:?} leaves its block {block:?}");
            assert!(hole.start() >= end, "holes overlap in {block:?}");
            end = hole.end();
        }
    }
}

/// Expressions lie in order without overlap, name rule and value, and hold their parts.
pub fn check_dates(text: &str, dates: &[Timex]) {
    check_order(text, dates, "date");
    for date in dates {
        let words = date.range.slice(text).unwrap_or_default();
        assert!(!date.rule.is_empty(), "no rule for {words:?}");
        assert!(!date.value.is_empty(), "no value for {words:?}");
        assert_eq!(words.trim(), words, "white space around {words:?}");
        check_order(text, &date.parts, "part of a date");
        for part in &date.parts {
            assert!(date.range.contains(part.range), "part {part:?} leaves {words:?}");
        }
        match date.anchor {
            Anchor::Earlier(range) | Anchor::Event(range) => {
                check_words(text, Some(range), "anchor");
            }
            _ => {}
        }
    }
}

/// All of a normalized brief, and that each of its sentences and noise lines is cited or
/// set aside.
pub fn check_normalized(text: &str, brief: &NormalizedBrief) {
    check_blocks(text, &brief.blocks);
    check_dates(text, &brief.dates);
    check_words(text, brief.reference.evidence, "evidence of the reference");
    check_order(text, &brief.sentences, "sentence");
    let mut start = 0;
    for mention in &brief.mentions {
        check_words(text, Some(mention.range), "mention");
        assert!(mention.range.start() >= start, "mentions out of order at {mention:?}");
        start = mention.range.start();
        assert!(!mention.name.is_empty(), "a mention without a name: {mention:?}");
    }
    for sentence in &brief.sentences {
        let block = brief.blocks.get(sentence.block as usize);
        let inside = block.is_some_and(|block| block.range.contains(sentence.range));
        assert!(inside, "sentence {sentence:?} lies outside its block");
    }
    check_events(text, brief);
    check_account(text, brief);
}

fn check_events(text: &str, brief: &NormalizedBrief) {
    let below = |index: u32, count: usize, what: &str| {
        assert!((index as usize) < count, "{what} {index} of {count}");
    };
    let mut last = None;
    for event in &brief.events {
        check_words(text, Some(event.clause), "clause");
        check_words(text, Some(event.title), "title");
        below(event.sentence, brief.sentences.len(), "sentence");
        below(event.trigger, brief.terms.len(), "trigger");
        let dates = event.date.iter().chain(&event.dates);
        dates.for_each(|date| below(*date, brief.dates.len(), "date"));
        let gathering = event.gathering.iter().map(|gathering| &gathering.mention);
        let mentions = event.speaker.iter().chain(&event.who).chain(&event.places).chain(gathering);
        mentions.for_each(|mention| below(*mention, brief.mentions.len(), "mention"));
        event.terms.iter().for_each(|term| below(*term, brief.terms.len(), "term"));
        assert!(event.terms.is_sorted_by(|a, b| a < b), "terms of {event:?}");
        event.continues.iter().for_each(|at| below(*at, brief.events.len(), "event"));
        let sentence = brief.sentences.get(event.sentence as usize);
        let inside = sentence.is_some_and(|sentence| sentence.range.overlaps(event.clause));
        assert!(inside, "the clause of {event:?} is not in its sentence");
        assert!(last <= Some(event.sentence), "events out of order at {event:?}");
        last = Some(event.sentence);
    }
}

/// Each sentence and each noise line has exactly one fate.
fn check_account(text: &str, brief: &NormalizedBrief) {
    for aside in &brief.set_aside {
        check_words(text, Some(aside.range), "set aside");
    }
    for (at, sentence) in brief.sentences.iter().enumerate() {
        let cited = brief.events.iter().any(|event| event.sentence as usize == at);
        let aside = brief.set_aside.iter().filter(|aside| aside.range == sentence.range).count();
        let words = sentence.range.slice(text).unwrap_or_default();
        assert_eq!(usize::from(cited) + aside, 1, "cited {cited}, set aside {aside}: {words:?}");
    }
    for block in &brief.blocks {
        let words = block.range.slice(text).unwrap_or_default();
        let fits = |range: TextRange| range.overlaps(block.range);
        if block.kind == BlockKind::Noise {
            let aside = brief.set_aside.iter().filter(|aside| fits(aside.range));
            assert!(aside.clone().count() > 0, "noise that is not set aside: {words:?}");
            let noise = aside.clone().all(|aside| aside.reason == SetAsideReason::Noise);
            assert!(noise, "noise set aside for another reason: {words:?}");
            let cited = brief.events.iter().any(|event| fits(event.clause));
            assert!(!cited, "noise is cited: {words:?}");
        } else if block.kind.is_prose() {
            let split = brief.sentences.iter().any(|sentence| fits(sentence.range));
            assert!(split, "prose without a sentence: {words:?}");
        }
    }
}

/// Events cite words, stand in order, and the account adds up.
pub fn check_timeline(timeline: &Timeline, store: &SourceStore) {
    let account = timeline.account;
    assert_eq!(account.sentences, account.cited + account.set_aside, "{account:?}");
    assert_eq!(account.set_aside as usize, timeline.set_aside.len(), "{account:?}");
    assert_eq!(account.briefs as usize, timeline.sources.len(), "{account:?}");
    assert_eq!(account.failures as usize, timeline.failures.len(), "{account:?}");
    // What nothing places comes last.
    let placed = |at: usize| {
        let placed = timeline.events.get(at).and_then(|event| event.when.placed);
        (placed.is_none(), placed.map(Moment::day))
    };
    for (at, event) in timeline.events.iter().enumerate() {
        assert!(!event.citations.is_empty(), "an event without a citation: {event:?}");
        assert!(at == 0 || placed(at - 1) <= placed(at), "events out of order at {event:?}");
        let cuts = event.citations.iter().map(|citation| citation.cut);
        let cuts = cuts.chain([event.title]).chain(event.summary.iter().copied());
        let cuts = cuts.chain(event.who.iter().map(|who| who.as_written));
        let cuts = cuts.chain(event.places.iter().map(|place| place.as_written));
        for cut in cuts.chain(event.when.basis.iter().map(|(cut, _)| *cut)) {
            let words = store.slice(cut.source, cut.range);
            assert!(words.is_some_and(|words| !words.trim().is_empty()), "{cut:?} has no words");
        }
        let ordered = event.citations.is_sorted_by_key(|citation| citation.cut);
        assert!(ordered, "citations out of order in {event:?}");
    }
    for (source, aside) in &timeline.set_aside {
        assert!(store.slice(*source, aside.range).is_some(), "{aside:?} has no words");
    }
}

fn check_words(text: &str, range: Option<TextRange>, what: &str) {
    if let Some(range) = range {
        let fits = range.slice(text).is_some();
        assert!(fits, "{what} {range:?} cuts a character or leaves the text");
    }
}

fn check_order<T: Ranged + std::fmt::Debug>(text: &str, items: &[T], what: &str) {
    let mut end = 0;
    for item in items {
        let words = item.range().slice(text);
        assert!(words.is_some(), "{what} cuts a character or leaves the text: {item:?}");
        let blank = words.is_none_or(|words| words.trim().is_empty());
        assert!(!blank, "{what} without words: {item:?}");
        assert!(item.range().start() >= end, "{what} overlaps the one before: {item:?}");
        end = item.range().end();
    }
}
