//! Stages over the fixtures, input beside output. To accept a change, read the
//! difference first; how is told in `CONTRIBUTING.md`.

use std::path::Path;

use dateline_pipeline::{Lexicons, Options, Read, read, run};
use dateline_tests::checks::LEXICONS;
use dateline_tests::fixtures::{Fixture, briefs, inputs};
use dateline_tests::render;

/// The fixture at `path`, read.
fn read_at(path: &Path) -> Vec<Read> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let fixture = dateline_tests::fixtures::brief(name);
    let lexicons: &Lexicons = &LEXICONS;
    read(fixture.input(), lexicons, &fixture.options()).0
}

fn timeline_of(fixtures: &[Fixture]) -> String {
    let (timeline, store) = run(inputs(fixtures), &LEXICONS, &Options::default(), &|| ());
    render::timeline(&timeline, &store)
}

#[test]
fn parse() {
    insta::glob!("../../fixtures/briefs", "*.*", |path| {
        insta::assert_snapshot!(render::parse(&read_at(path)));
    });
}

#[test]
fn normalize() {
    insta::glob!("../../fixtures/briefs", "*.*", |path| {
        insta::assert_snapshot!(render::normalize(&read_at(path)));
    });
}

/// The page that started it, and two that tell of the same meetings otherwise.
#[test]
fn timeline_of_three() {
    let mut fixtures = briefs();
    fixtures.retain(|fixture| ["01-", "16-", "18-"].iter().any(|at| fixture.name.starts_with(at)));
    insta::assert_snapshot!(timeline_of(&fixtures));
}

#[test]
fn timeline_of_all() {
    insta::assert_snapshot!(timeline_of(&briefs()));
}
