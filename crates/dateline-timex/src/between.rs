//! What a range means: from one date to another, the second read from the first.

use dateline_model::{Anchor, Grain, Interval, Moment, Timex, TimexType};
use dateline_text::TextRange;

use crate::calendar::days;
use crate::expr::{Clock, Expr, From, Length, Unit, Vague};
use crate::meaning::{Meaning, bare, meaning};
use crate::scene::{Behind, Look, Scene, Tense, Told};

/// Whether fields of `expr` wait for a date: "Thursday", "the end of May", "6 p.m. Thursday".
fn open_end(expr: &Expr) -> bool {
    match expr {
        Expr::Fields(fields) => !fields.is_anchored(),
        Expr::Modified { of, .. } => matches!(&**of, Expr::Fields(f) if !f.is_anchored()),
        Expr::At { of: Some(of), .. } | Expr::Part { of: Some(of), .. } => open_end(of),
        _ => false,
    }
}

/// Whether `expr` is counted from what was told: "the next night".
fn is_told(expr: &Expr) -> bool {
    match expr {
        Expr::Unit { from: From::Told, .. } | Expr::Which { from: From::Told, .. } => true,
        Expr::At { of: Some(of), .. } | Expr::Part { of: Some(of), .. } => is_told(of),
        _ => false,
    }
}

/// Whether the week that begins with what was told was over at the reference.
fn is_over(told: Told, scene: &Scene<'_>) -> bool {
    let end = told.point.first().and_then(|day| days(day, 6));
    let end = end.filter(|_| !scene.narrative && !told.dated);
    end.zip(scene.reference).is_some_and(|(end, now)| end < now.day())
}

/// From one date to another: the second is read from the first.
pub(crate) fn between(
    from: &Expr,
    to: &Expr,
    gap: TextRange,
    range: TextRange,
    scene: &Scene<'_>,
) -> Meaning {
    let before = TextRange::new(range.start(), gap.start()).unwrap_or(range);
    let after = TextRange::new(gap.end(), range.end()).unwrap_or(range);
    let within = shared_week(from, to);
    let from = within.as_ref().unwrap_or(from);
    let mut first = meaning(from, before, scene);
    // "runs June 9-12", told on the 11th, is the one that runs.
    if let (Some(reference), Expr::Fields(fields)) = (scene.reference, from)
        && !fields.is_anchored()
        && fields.month.is_some()
    {
        let near = Scene { look: None, ..*scene };
        let start = meaning(from, before, &near);
        let day = reference.day();
        let starts = start.timex.interval.earliest().is_some_and(|start| start.day() <= day);
        let later = Scene { told: start.told, narrative: true, strict: true, ..near };
        let end = || meaning(to, after, &later).timex.interval.latest();
        if starts && end().is_some_and(|end| day <= end.day()) {
            first = start;
        }
    }
    let later = match first.told {
        // What the second lacks, the first gives; not so for "1990 to yesterday", nor for
        // "Sept. 14 to Thursday" told much later.
        Some(told) if open_end(to) && !(to.is_weekday() && is_over(told, scene)) => {
            Scene { told: Some(told), narrative: true, strict: true, ..*scene }
        }
        Some(told) if matches!(to, Expr::At { of: None, .. } | Expr::Part { of: None, .. }) => {
            Scene { told: Some(told), day: Some(told), behind: Behind::Words, ..*scene }
        }
        // "from 25 April until the next night"
        Some(told) if is_told(to) => Scene { told: Some(told), day: Some(told), ..*scene },
        // "between now and February 10" looks ahead.
        _ if matches!(from, Expr::Vague { what: Vague::Present, .. }) => {
            Scene { look: Some(Look::new(Tense::Future, true)), ..*scene }
        }
        _ => *scene,
    };
    let mut second = meaning(to, after, &later);
    let own_year = second.timex.anchor == Anchor::Words;
    if open_end(to) && second.timex.anchor == Anchor::Earlier(before) {
        second.timex.anchor = first.timex.anchor.clone();
    }
    // "from 9 p.m. to 5 a.m." ends on the next day.
    if let (Expr::At { of: start, .. }, Expr::At { of: None, clock }) = (from, to)
        && backward(&first.timex, &second.timex)
    {
        let next = Expr::Shift {
            length: Length::of(Some(1000), Unit::Grain(Grain::Day)),
            sign: 1,
            from: From::Auto,
            of: Some(start.clone().unwrap_or_else(|| {
                let from = if first.told.is_some() { From::Told } else { From::Reference };
                Box::new(Expr::Unit { unit: Grain::Day, n: 0, from })
            })),
        };
        let later = Scene { told: first.told.or(scene.told), ..*scene };
        second = meaning(&Expr::At { of: Some(Box::new(next)), clock: *clock }, after, &later);
    }
    // "from midnight until 5 a.m. on Saturday" starts that day.
    if let Expr::At { of, clock } = from
        && clock.hour == 24
        && backward(&first.timex, &second.timex)
    {
        let of = of.clone().or_else(|| match to {
            Expr::At { of, .. } => of.clone(),
            _ => None,
        });
        first = meaning(&Expr::At { of, clock: Clock { hour: 0, ..*clock } }, before, scene);
    }
    // "from Saturday to last Tuesday" starts in the week before.
    if from.is_weekday() && backward(&first.timex, &second.timex) {
        let length = Length::of(Some(7000), Unit::Grain(Grain::Day));
        let of = Some(Box::new(from.clone()));
        first = meaning(&Expr::Shift { length, sign: -1, from: From::Auto, of }, before, scene);
    }
    let bounds = Interval::new(first.timex.interval.earliest(), second.timex.interval.latest());
    let mut timex = bare(
        range,
        first.timex.kind.max(second.timex.kind).min(TimexType::Time),
        format!("{}/{}", first.timex.value, second.timex.value),
    );
    timex.interval = bounds.unwrap_or_default();
    timex.grain = first.timex.grain.min(second.timex.grain);
    timex.approximate = first.timex.approximate || second.timex.approximate;
    timex.implied = first.timex.implied.clone();
    for grain in &second.timex.implied {
        if !timex.implied.contains(grain) {
            timex.implied.push(*grain);
        }
    }
    timex.anchor = match &first.timex.anchor {
        Anchor::Words => second.timex.anchor.clone(),
        anchor => anchor.clone(),
    };
    timex.parts = vec![first.timex, second.timex];
    let since = first.told.map(|told| told.point);
    // The end has its year from the start.
    let said = own_year || first.told.is_none_or(|told| told.dated);
    let told = second.told.map(|told| Told { since, dated: told.dated && said, ..told });
    Meaning { timex, told: told.or(first.told) }
}

/// "Monday to Wednesday of last week": the first weekday, in the week that the second names.
fn shared_week(from: &Expr, to: &Expr) -> Option<Expr> {
    match (from, to) {
        (Expr::Fields(fields), Expr::In { fields: last, of })
            if from.is_weekday() && last.weekday.is_some() =>
        {
            Some(Expr::In { fields: *fields, of: of.clone() })
        }
        _ => None,
    }
}

/// Whether the second clock time lies before the first.
fn backward(first: &Timex, second: &Timex) -> bool {
    let at = |timex: &Timex| timex.interval.earliest().map(Moment::datetime);
    at(first).zip(at(second)).is_some_and(|(first, second)| second < first)
}
