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

/// What a cache would keep of the fixtures. Where the same tables read them otherwise, the
/// form of the cache must go up, or users would be answered what an older version read.
#[test]
fn what_is_cached() {
    let mut all = Vec::new();
    for fixture in briefs() {
        for read in read(fixture.input(), &LEXICONS, &fixture.options()).0 {
            all.extend(format!("{:?}{:?}", read.source, read.brief).into_bytes());
        }
    }
    let form = dateline_pipeline::cache::FORM;
    let tables = format!("form {form}, tables {:016x}", LEXICONS.hash());
    let content = dateline_text::source::sha256_hex(&all);
    let path = dateline_tests::fixtures::folder()
        .join("../tests/it/snapshots/it__snapshots__what_is_cached.snap");
    let last = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        !last.contains(&tables) || last.contains(&content),
        "the fixtures are read otherwise with the same tables: raise `cache::FORM`"
    );
    insta::assert_snapshot!(format!("{tables}\n{content}"));
}
