//! Where an incomplete date lies: which year's "June 2", which week's Friday.

use dateline_model::Grain;
use jiff::civil::Date;

use crate::calendar::{Point, date, days};
use crate::expr::Fields;
use crate::resolve::in_year;
use crate::scene::{Base, Scene, Tense};

/// The nearest such unit on the side the sentence looks to, `base`'s own among both.
pub(crate) fn nearest(
    fields: Fields,
    base: Date,
    tense: Option<Tense>,
    weights: (i32, i32),
) -> Option<Point> {
    if let Fields { weekday: Some(weekday), month: None, day: None, .. } = fields {
        return weekday_near(weekday, base, tense);
    }
    let (last, next) = around(fields, base)?;
    // "had been set to expire Nov. 6", told on the 2nd, is not of a year ago.
    let soon = days(base, 14).zip(days(base, -270)).is_some_and(|(soon, old)| {
        let first = |point: Option<Point>| point.and_then(Point::first);
        fields.day.is_some()
            && first(next).is_some_and(|day| day <= soon)
            && first(last).is_some_and(|day| day <= old)
    });
    match (last, next) {
        (Some(last), Some(next)) => Some(match tense {
            Some(Tense::Past) if soon => next,
            Some(Tense::Past) => last,
            Some(Tense::Future) => next,
            None => closer(last, next, base, weights),
        }),
        (last, next) => last.or(next),
    }
}

fn weekday_near(weekday: i8, base: Date, tense: Option<Tense>) -> Option<Point> {
    let back = i64::from(base.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    let n = match tense {
        _ if back == 0 => 0,
        Some(Tense::Future) => 7 - back,
        _ => -back,
    };
    Some(Point::Day(days(base, n)?))
}

/// The last such unit that does not start after `base`, and the next that does not end
/// before it.
pub(crate) fn around(fields: Fields, base: Date) -> Option<(Option<Point>, Option<Point>)> {
    let month = Point::holding(Grain::Month, base)?;
    // A day of any month has one within three months; February 29 within eight years.
    let (by_month, most) = match (fields.day, fields.month) {
        (Some(day), None) => (Some(day), 3),
        _ => (None, 8),
    };
    let unit = |n: i32| {
        let point = match (by_month, month.step(n.into())) {
            (Some(day), Some(Point::Month(year, month))) => Point::Day(date(year, month, day)?),
            (Some(_), _) => return None,
            (None, _) => in_year(fields, i32::from(base.year()) + n)?,
        };
        let fits = point.grain() != Grain::Day || fits_weekday(fields, point.first()?);
        fits.then_some(point)
    };
    let starts = |point: &Point| point.bounds().is_some_and(|(first, _)| first <= base);
    let ends = |point: &Point| point.bounds().is_some_and(|(_, last)| last >= base);
    let last = (-most..=1).rev().filter_map(unit).find(starts);
    let next = (-1..=most).filter_map(unit).find(ends);
    if last.is_none() && next.is_none() && by_month.is_none() && fields.weekday.is_some() {
        return around(Fields { weekday: None, ..fields }, base);
    }
    Some((last, next))
}

/// Whether `date` is the weekday that the fields say, if they say one.
pub(crate) fn fits_weekday(fields: Fields, date: Date) -> bool {
    fields.weekday.is_none_or(|weekday| date.weekday().to_monday_one_offset() == weekday)
}

/// The nearer of the two, by what a day back and a day ahead weigh.
pub(crate) fn closer(last: Point, next: Point, base: Date, (back, ahead): (i32, i32)) -> Point {
    let away = |point: Point| {
        let (from, to) = point.bounds().unwrap_or((base, base));
        let gap = |a: Date, b: Date| a.since(b).map_or(0, |span| span.get_days());
        gap(from, base).max(gap(base, to)).max(0)
    };
    if away(next) * ahead < away(last) * back { next } else { last }
}

/// The first such unit that does not lie before the last date told.
pub(crate) fn forward(fields: Fields, base: &Base) -> Option<Point> {
    if let Fields { weekday: Some(weekday), month: None, day: None, .. } = fields {
        let ahead = i64::from(weekday - base.day.weekday().to_monday_one_offset()).rem_euclid(7);
        return Some(Point::Day(days(base.day, ahead)?));
    }
    let (last, next) = around(fields, base.day)?;
    next.or(last)
}

/// Such a unit in the year last told; in the next where the months have come round.
pub(crate) fn follow(fields: Fields, base: &Base) -> Option<Point> {
    let season = fields.season.map(|season| season * 3 + 3);
    let month = fields.month.or(season).or(fields.quarter.map(|quarter| quarter * 3 - 2));
    let (Some(month), Some(year)) = (month, base.point.year()) else {
        return forward(fields, base);
    };
    let round = match base.point {
        // "in the winter of 1812 … in March"
        Point::Season(_, season) => month + 6 <= (season + 1) * 3,
        point => point.grain() < Grain::Season && month + 6 <= base.day.month(),
    };
    // "On 17 January … through the winter" is in it.
    let within = month == 12 && fields.season.is_some() && base.day.month() <= 2;
    let year = match () {
        () if within && base.point.grain() < Grain::Season => year - 1,
        () if round => year + 1,
        () => year,
    };
    let fits = |point: Option<Point>| {
        point.and_then(Point::first).is_some_and(|date| fits_weekday(fields, date))
    };
    // "Sunday, 13 March", in 1927
    let years = [year, year + 1, year - 1].into_iter();
    let held = years.map(|year| in_year(fields, year)).find(|point| fits(*point));
    held.filter(|_| fields.day.is_some()).unwrap_or_else(|| in_year(fields, year))
}

/// Days by which what had been may lie after what was told.
const HAD: i64 = 60;

/// Such a unit of what had been: the last, unless the next is close.
pub(crate) fn pluperfect(fields: Fields, base: Date) -> Option<Point> {
    let (last, next) = around(fields, base)?;
    let soon =
        |point: &Point| point.first().zip(days(base, HAD)).is_some_and(|(day, end)| day <= end);
    let late = |point: &Point| {
        point.first().zip(days(base, -HAD)).is_some_and(|(day, start)| day >= start)
    };
    last.filter(late).or(next.filter(soon)).or(last)
}

/// Whether such a unit has ended within the last hundred days.
pub(crate) fn just_over(fields: Fields, base: Date) -> bool {
    around(fields, base)
        .and_then(|(last, _)| last?.bounds())
        .and_then(|(_, end)| days(end, 100))
        .is_some_and(|limit| base <= limit)
}

/// Days within which a story goes on from the day it told.
const STORY: i64 = 45;

/// Days that a story of old lies behind the reference, at least.
const OLD: i64 = 60;

/// A day of a month that goes on a story of old: "On 17 May 2016 he was arrested … died on 21
/// May", but for one that has just been.
pub(crate) fn continued(fields: Fields, scene: &Scene<'_>) -> Option<Point> {
    let told = scene.last_day.filter(|told| told.dated && !scene.narrative && !scene.strict)?;
    let spoken = scene.look.is_some_and(|look| look.report);
    let day = told.point.first()?;
    let now = scene.reference?.day();
    let old = days(now, -OLD)? > day;
    let ahead = scene.tense() == Some(Tense::Future) && !scene.is_limit();
    if !old || spoken || ahead {
        return None;
    }
    fields.day.zip(fields.month)?;
    let last = around(fields, now)?.0.and_then(Point::first);
    let just = last.zip(days(now, -OLD)).is_some_and(|(last, old)| last >= old);
    let point = in_year(fields, i32::from(day.year()))?;
    let first = point.first()?;
    (!just && day <= first && first <= days(day, STORY)?).then_some(point)
}
