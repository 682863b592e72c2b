//! Which year a named day is of.

use dateline_model::Grain;
use jiff::civil::Date;

use crate::calendar::{Point, days};
use crate::near::closer;
use crate::resolve::{Spot, weights};
use crate::scene::{Scene, Tense};

/// The named day of a row: of `year` where that is said, the one before, of or after now for
/// `n`, or the one that the sentence looks to.
pub(crate) fn feast(id: u16, year: Option<i32>, n: Option<i32>, scene: &Scene<'_>) -> Option<Spot> {
    let holiday = scene.holidays.get(usize::from(id))?.of(scene.country);
    let in_year = |year: i32| holiday.in_year(i16::try_from(year).ok()?);
    if let Some(day) = holiday.once() {
        return Some(Spot::said(Point::Day(day)));
    }
    if let Some(year) = year {
        return Some(Spot::said(Point::Day(in_year(year)?)));
    }
    // "This Thanksgiving" is the one of now, whatever year was told.
    let base = match n {
        Some(0) if !scene.narrative => scene.now()?,
        _ => scene.frame()?,
    };
    let here = base.day.year();
    // "Next year, Halloween falls on a Saturday."
    let told = match scene.told.map(|told| told.point) {
        Some(Point::Year(year)) if n.is_none() && !base.told && scene.near_far => Some(year),
        _ => None,
    };
    if let Some(day) = told.filter(|year| *year > i32::from(here)).and_then(in_year) {
        return Some(Spot::from(Point::Day(day), &scene.earlier()?, &[Grain::Year]));
    }
    let all = holiday.between(here.saturating_sub(2), here.saturating_add(2));
    let last = all.iter().rev().find(|day| **day <= base.day).copied();
    let next = all.iter().find(|day| **day >= base.day).copied();
    // A feast of the next two weeks is on everyone's mind, whatever verb stands near, one of the
    // next thirty days where none governs it.
    let most = if scene.sure_tense() == Some(Tense::Past) { 14 } else { 30 };
    let soon = |day: Date| days(base.day, most).is_some_and(|limit| day <= limit);
    let day = match (n, scene.tense()) {
        (Some(0), _) => in_year(here.into())?,
        (Some(..0), _) => all.iter().rev().find(|day| **day < base.day).copied()?,
        (Some(_), _) => all.iter().find(|day| **day > base.day).copied()?,
        (None, _) if base.told => next?,
        (None, Some(Tense::Past)) if !next.is_some_and(soon) => last.or(next)?,
        (None, Some(Tense::Future)) if scene.sure_tense().is_some() => next.or(last)?,
        (None, _) => match (last, next) {
            (Some(last), Some(next)) => {
                match closer(Point::Day(last), Point::Day(next), base.day, even(scene)) {
                    Point::Day(day) => day,
                    _ => last,
                }
            }
            (last, next) => last.or(next)?,
        },
    };
    Some(Spot::from(Point::Day(day), &base, &[Grain::Year]))
}

/// What a day back and a day ahead weigh for a feast.
fn even(scene: &Scene<'_>) -> (i32, i32) {
    if scene.colloquial && scene.tense().is_none() { weights(scene) } else { (1, 1) }
}
