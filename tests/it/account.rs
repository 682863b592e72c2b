//! Nothing is lost: on every fixture each sentence is cited or set aside, each noise
//! line is set aside as noise, and the account adds up.

use std::collections::BTreeSet;

use dateline_model::BlockKind;
use dateline_pipeline::{Options, read, run};
use dateline_tests::checks::{LEXICONS, check_read, check_timeline};
use dateline_tests::fixtures::{briefs, inputs};
use dateline_text::TextRange;

#[test]
fn each_fixture_alone() {
    for fixture in briefs() {
        check_read(fixture.input(), &fixture.bytes, &fixture.options());
        let (timeline, store) =
            run(vec![Ok(fixture.input())], &LEXICONS, &fixture.options(), &|| ());
        check_timeline(&timeline, &store);
        // The live page is a brief a post.
        let briefs = if fixture.name.starts_with("35-") { 5 } else { 1 };
        assert_eq!(timeline.account.briefs, briefs, "briefs of {}", fixture.name);
        assert_eq!(timeline.account.failures, 0, "{} is read", fixture.name);
        assert!(timeline.account.sentences > 0, "{} has sentences", fixture.name);
    }
}

/// The account of a timeline against the briefs it was made of, counted anew.
#[test]
fn all_fixtures_together() {
    let fixtures = briefs();
    let options = Options::default();
    let (timeline, store) = run(inputs(&fixtures), &LEXICONS, &options, &|| ());
    check_timeline(&timeline, &store);
    let mut sentences = 0;
    for fixture in &fixtures {
        for read in read(fixture.input(), &LEXICONS, &options).0 {
            let id = read.source.id();
            let aside: Vec<TextRange> = timeline
                .set_aside
                .iter()
                .filter(|(source, _)| *source == id)
                .map(|(_, aside)| aside.range)
                .collect();
            let citations = timeline.events.iter().flat_map(|event| &event.citations);
            let cited: BTreeSet<TextRange> = citations
                .filter(|citation| citation.cut.source == id)
                .map(|citation| citation.cut.range)
                .collect();
            for sentence in &read.brief.sentences {
                let aside = aside.iter().filter(|range| **range == sentence.range).count();
                let cited = usize::from(cited.iter().any(|cut| sentence.range.contains(*cut)));
                let words = read.source.slice(sentence.range).unwrap_or_default();
                assert_eq!(aside + cited, 1, "{}: {words}", fixture.name);
            }
            let noise = |block: &&dateline_model::Block| block.kind == BlockKind::Noise;
            for block in read.brief.blocks.iter().filter(noise) {
                let words = read.source.slice(block.range).unwrap_or_default();
                assert!(aside.iter().any(|at| at.overlaps(block.range)), "{}: {words}", read.label);
                assert!(
                    !cited.iter().any(|at| at.overlaps(block.range)),
                    "{}: {words}",
                    read.label
                );
            }
            sentences += read.brief.sentences.len()
                + aside
                    .iter()
                    .filter(|range| {
                        !read.brief.sentences.iter().any(|sentence| sentence.range == **range)
                    })
                    .count();
        }
    }
    assert_eq!(timeline.account.sentences as usize, sentences);
    assert_eq!(timeline.account.inputs as usize, fixtures.len());
}
