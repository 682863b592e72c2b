//! The specifications, by two runners: the tagger alone, and the whole chain with the
//! text as a brief.

use dateline_model::Timex;
use dateline_pipeline::{Given, Options, read};
use dateline_tests::checks::LEXICONS;
use dateline_tests::fixtures::{raw_input, specs};
use dateline_tests::spec::{self, Spec};

fn all() -> Vec<Spec> {
    specs().iter().flat_map(|(file, markdown)| spec::read(file, markdown)).collect()
}

/// Runs `find` over each specification and stops with all that differ.
fn run(specs: &[Spec], find: impl Fn(&Spec) -> Vec<Timex>) {
    let wrong: Vec<String> = specs.iter().filter_map(|spec| spec.difference(&find(spec))).collect();
    let (count, of) = (wrong.len(), specs.len());
    assert!(wrong.is_empty(), "{count} of {of} specifications fail\n\n{}", wrong.join("\n"));
}

#[test]
fn tagger() {
    let specs = all();
    assert!(specs.len() > 60, "the specifications are found");
    run(&specs, |spec| dateline_timex::tag(&spec.text, &spec.context(), &LEXICONS.timex));
}

#[test]
fn chain() {
    let specs: Vec<Spec> = all().into_iter().filter(|spec| !spec.tagger_only).collect();
    run(&specs, |spec| {
        let mut options = Options::default();
        options.given = spec.reference.map_or(Given::No, Given::Force);
        let input = raw_input("spec.txt", spec.text.as_bytes());
        let (briefs, _) = read(input, &LEXICONS, &options);
        briefs.into_iter().flat_map(|read| read.brief.dates).collect()
    });
}

#[test]
fn a_specification_that_differs_shows_both_sides() {
    let markdown = "\
# Days

```brief reference=2025-06-03
They met on June 2 in Vilnius.
            ^^^^^^ 2025-06-09
```
";
    let specs = spec::read("days.md", markdown);
    let found = |spec: &Spec| dateline_timex::tag(&spec.text, &spec.context(), &LEXICONS.timex);
    let told: Vec<String> = specs.iter().filter_map(|spec| spec.difference(&found(spec))).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    days.md: Days (line 3)
    expected
      They met on June 2 in Vilnius.
                  ^^^^^^ 2025-06-09
    found
      They met on June 2 in Vilnius.
                  ^^^^^^ 2025-06-02 DATE =2025-06-02
    ");
}
