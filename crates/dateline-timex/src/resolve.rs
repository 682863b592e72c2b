//! What an expression means, given where the text stands: a pure function. What cannot
//! be placed stays open and says so.

use dateline_model::{Anchor, Grain, Moment};
use jiff::Span;
use jiff::civil::Date;

use crate::calendar::{self, Point, date, days};
use crate::expr::{Expr, Fields, From, Length};
use crate::feast::feast;
use crate::near::{
    around, continued, fits_weekday, follow, forward, just_over, nearest, pluperfect,
};
use crate::scene::{Back, Base, Behind, Scene, Tense, Told};
use crate::within::{all_units, holding, inside, nth, nth_day};

/// A place in the calendar, and what it was taken from.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// The unit.
    pub(crate) point: Point,
    /// The clock time, where the words or their anchor have one.
    pub(crate) time: Option<Moment>,
    /// What the implied parts were taken from.
    pub(crate) anchor: Anchor,
    /// What the words did not say.
    pub(crate) implied: Vec<Grain>,
    /// The year is a fiscal one.
    pub(crate) fiscal: bool,
    /// The other reading of a month and a day.
    pub(crate) other: Option<Point>,
}

impl Spot {
    pub(crate) fn said(point: Point) -> Self {
        Self {
            point,
            time: None,
            anchor: Anchor::Words,
            implied: Vec::new(),
            fiscal: false,
            other: None,
        }
    }

    pub(crate) fn from(point: Point, base: &Base, implied: &[Grain]) -> Self {
        Self { anchor: base.anchor.clone(), implied: implied.to_vec(), ..Self::said(point) }
    }
}

/// Where `expr` lies; `None` where it lies nowhere or waits for a reference.
pub(crate) fn spot(expr: &Expr, scene: &Scene<'_>) -> Option<Spot> {
    if expr.is_open() && scene.look.is_some_and(|look| look.habit) {
        return None;
    }
    match expr {
        Expr::Fields(fields) => of_fields(*fields, scene),
        Expr::Unit { unit, n, from } => unit_away(*unit, *n, *from, scene),
        Expr::Which { fields, n, from } => which(*fields, *n, *from, scene),
        Expr::Shift { length, sign, from, of } => shift(length, *sign, *from, of.as_deref(), scene),
        Expr::Nth { n, unit, of } => nth(*n, *unit, of.as_deref(), scene),
        Expr::NthDay { n, weekday, of } => nth_day(*n, *weekday, of, scene),
        Expr::Holding { unit, of, starts } => holding(*unit, of, *starts, scene),
        Expr::Beside { fields, sign, of } => beside(*fields, *sign, of, scene),
        Expr::In { fields, of } => inside(*fields, of, scene),
        Expr::Holiday { id, year, n } => feast(*id, *year, *n, scene),
        Expr::HolidayIn { id, of } => {
            let outer = spot(of, scene)?;
            let day = feast(*id, outer.point.year(), None, scene)?.point;
            Some(Spot { point: day, time: None, ..outer })
        }
        Expr::Weekend { n: Some(n), from } => unit_away(Grain::Weekend, *n, *from, scene),
        Expr::Weekend { n: None, .. } => weekend(scene),
        Expr::Part { of, .. } | Expr::At { of, .. } => match of {
            Some(of) => spot(of, scene).filter(|spot| spot.point.grain() == Grain::Day),
            None => {
                let near = scene.day.filter(|day| !scene.contradicts(day.point));
                let base = near.and_then(|day| Scene { told: Some(day), ..*scene }.earlier());
                let next = near.is_some_and(|day| day.late) && is_early(expr);
                let base = base.or_else(|| scene.base(From::Auto))?;
                // "left at 11 p.m. … called at 1 a.m."
                let day = Point::Day(if next { days(base.day, 1)? } else { base.day });
                let known = base.point.grain() == Grain::Day;
                known.then(|| Spot::from(day, &base, &[Grain::Day]))
            }
        },
        Expr::Modified { of, .. } => spot(of, scene),
        _ => None,
    }
}

/// The hour from which a day is late.
pub(crate) const EVENING: i8 = 18;

/// The hour before which a clock told after a late one is still of that night.
const MORNING: i8 = 6;

fn is_early(expr: &Expr) -> bool {
    matches!(expr, Expr::At { clock, .. } if clock.hour < MORNING)
}

/// "the weekend": the one before or after the reference, as the sentence looks.
fn weekend(scene: &Scene<'_>) -> Option<Spot> {
    let base = scene.now()?;
    let here = Point::holding(Grain::Weekend, base.day)?;
    let began = here.first().is_some_and(|day| day <= base.day);
    // A message without a verb is of the nearer one.
    let early = base.day.weekday().to_monday_zero_offset() < 2;
    let back = match scene.tense() {
        Some(tense) => tense == Tense::Past,
        None => !scene.colloquial || early,
    };
    let point = if back && !began { here.step(-1)? } else { here };
    Some(Spot::from(point, &base, &[Grain::Week]))
}

fn unit_away(unit: Grain, n: i32, from: From, scene: &Scene<'_>) -> Option<Spot> {
    if unit == Grain::Quarter && from == From::Told {
        return quarter_told(n, scene);
    }
    let ahead = from == From::Looked && scene.tense() == Some(Tense::Future);
    let n = if ahead { n + 1 } else { n };
    let same = from.is_told() && n == 0 && unit == Grain::Day;
    // "had told them the day before", after a day that is yet to come
    let ahead = |told: Told| scene.contradicts(told.point) && from == From::Told && n < 0;
    let base = match scene.told {
        _ if same => day_told(from, scene)?,
        Some(told) if ahead(told) => scene.now()?,
        _ => scene.counted(from, n, unit)?,
    };
    // "the day before" after a year is told, which holds no such day.
    let finer = base.told && !scene.narrative && unit <= Grain::Week;
    let base = match base.point.grain() {
        Grain::Year | Grain::Decade | Grain::Century if finer => scene.now()?,
        _ => base,
    };
    if unit < Grain::Day {
        let at = base.time?;
        let span = match unit {
            Grain::Hour => Span::new().try_hours(n).ok()?,
            Grain::Minute => Span::new().try_minutes(n).ok()?,
            _ => return None,
        };
        return at_time(at, span, &base);
    }
    // "the following week" after a month is told: the unit must not be finer.
    if base.point.grain() > unit && n != 0 && base.told {
        let edge = if n > 0 { base.point.bounds()?.1 } else { base.point.bounds()?.0 };
        let point = Point::holding(unit, edge)?.step(i64::from(n))?;
        return Some(Spot::from(point, &base, &[unit]));
    }
    let point = Point::holding(unit, base.day)?.step(i64::from(n))?;
    Some(Spot::from(point, &base, &[unit]))
}

/// "that day": the last day told; where there is none, the one on which someone spoke ("She
/// said on Friday that she had left that morning"). "the same day" of a text without days
/// is the reference; of "a party in March. That night" no day is told.
fn day_told(from: From, scene: &Scene<'_>) -> Option<Base> {
    let told = scene.told.filter(|told| told.point.grain() <= Grain::Day);
    let day = told.or(scene.last_day);
    let day = match day {
        Some(ahead) if scene.contradicts(ahead.point) => scene.past_day.or(day),
        day => day,
    };
    if let Some(day) = day.or(scene.spoken) {
        return Scene { told: Some(day), ..*scene }.earlier();
    }
    let coarser =
        scene.told.is_some_and(|told| scene.narrative || told.point.grain() < Grain::Year);
    if from == From::Told && !coarser { scene.now() } else { None }
}

/// "the quarter": the one reported on, else the last to end; "the next quarter": the one
/// after the one just told.
fn quarter_told(n: i32, scene: &Scene<'_>) -> Option<Spot> {
    let last = scene.told.filter(|_| n > 0 && scene.behind <= Behind::Near);
    let last = last.filter(|told| told.point.grain() == Grain::Quarter);
    if let Some(told) = last.or(scene.period) {
        let base = Scene { told: Some(told), ..*scene }.earlier()?;
        return Some(Spot::from(told.point.step(i64::from(n))?, &base, &[Grain::Quarter]));
    }
    let base = scene.now()?;
    // The next quarter is the one after this, whichever is reported.
    let n = if n > 0 { n } else { n - 1 };
    let point = Point::holding(Grain::Quarter, base.day)?.step(i64::from(n))?;
    Some(Spot::from(point, &base, &[Grain::Quarter]))
}

fn at_time(at: Moment, span: Span, base: &Base) -> Option<Spot> {
    let Moment::Time { at, offset } = at else { return None };
    let at = at.checked_add(span).ok()?;
    let mut out = Spot::from(Point::Day(at.date()), base, &[Grain::Day]);
    out.time = Some(Moment::Time { at, offset });
    Some(out)
}

/// Calendar fields, completed from where the text stands.
pub(crate) fn of_fields(fields: Fields, scene: &Scene<'_>) -> Option<Spot> {
    if fields.is_anchored() {
        // In a story of 1918, '99 is 1899.
        let told = scene.told.filter(|_| scene.narrative).and_then(|told| told.point.first());
        let fields = told.map_or(fields, |day| fields.near_year(day.year().into()));
        // In 1989, the '20s are those of 1920.
        let fields = match (fields.era, scene.reference) {
            (Some((Grain::Decade, decade)), Some(reference))
                if fields.short && decade * 10 > i32::from(reference.day().year()) =>
            {
                Fields { era: Some((Grain::Decade, decade - 10)), ..fields }
            }
            _ => fields,
        };
        let mut out = Spot::said(complete(fields)?);
        out.fiscal = fields.fiscal;
        if fields.order.is_some_and(|order| order.open) {
            let swapped = fields.swapped();
            out.other = complete(swapped).filter(|point| *point != out.point);
        }
        return Some(out);
    }
    if let Some(point) = next_quarter(fields, scene) {
        return Some(Spot::from(point, &scene.earlier()?, &[Grain::Year]));
    }
    let governed = fields.month.is_some() || fields.season.is_some();
    let base = if scene.narrative || governed { scene.frame()? } else { scene.now()? };
    let base = first_year(fields, scene, base);
    // "on March 3 … on the 20th": a day of the month last told.
    let month = scene
        .told
        .filter(|told| scene.behind <= Behind::Near && told.point.grain() <= Grain::Month);
    let bare = fields.day.is_some() && fields.month.is_none() && fields.weekday.is_none();
    let base = match month.and_then(|_| scene.earlier()) {
        Some(earlier) if bare => {
            // "between 3 and 7 July … on the 6th"
            let since = month.and_then(|told| told.since?.first());
            Base { day: since.unwrap_or(earlier.day), ..earlier }
        }
        _ => base,
    };
    let tense = match fields {
        Fields { weekday: Some(weekday), day: None, .. } => weekday_tense(weekday, base.day, scene),
        // A quarter is told when it has ended, if only just; plans are for one that
        // lies well ahead of the last.
        Fields { quarter: Some(_), .. } | Fields { half: Some(_), .. } => {
            let ahead = scene.sure_tense() == Some(Tense::Future) && !just_over(fields, base.day);
            Some(if ahead { Tense::Future } else { Tense::Past })
        }
        // "off until the 4th"
        Fields { month: None, .. } if scene.colloquial && scene.is_limit() => scene.tense(),
        // "was put off until September", but "was not needed until mid-December", told in January
        Fields { month: Some(_), day: None, .. }
            if scene.is_limit() && scene.sure_tense().is_none() =>
        {
            let over = around(fields, base.day)?.0.and_then(|last| days(last.bounds()?.1, OVER));
            Some(if over >= Some(base.day) { Tense::Past } else { Tense::Future })
        }
        // The weekday tells the year: the nearest that has both.
        Fields { weekday: Some(_), month: Some(_), .. } => None,
        _ => scene.sure_tense(),
    };
    if let Some(point) = continued(fields, scene) {
        let base = Scene { told: scene.last_day, ..*scene }.earlier()?;
        return Some(Spot::from(point, &base, implied(fields)));
    }
    let part = fields.quarter.is_some() || fields.half.is_some();
    let past = scene.sure_tense() == Some(Tense::Past);
    let point = match base.told {
        // "fell in the first half", told in January: the one of a year ago.
        false if part && past && !scene.narrative => around(fields, days(base.day, -BEGUN)?)?.0?,
        true if scene.strict => forward(fields, &base)?,
        true if scene.back == Some(Back::Since) => around(fields, base.point.bounds()?.1)?.0?,
        true if scene.back == Some(Back::Had) && fields.month.is_some() => {
            pluperfect(fields, base.day)?
        }
        true => follow(fields, &base)?,
        // News looks back further than ahead, unless its verb looks ahead.
        false => nearest(fields, base.day, tense, weights(scene))?,
    };
    // "on Thursday 13 October", after a year in which that was a Sunday
    let fits = |point: &Point| point.first().is_some_and(|day| fits_weekday(fields, day));
    if fields.day.is_some() && base.told && !scene.narrative && !fits(&point) {
        let now = scene.now()?;
        let near = nearest(fields, now.day, None, weights(scene)).filter(fits);
        return Some(match near {
            Some(point) => Spot::from(point, &now, implied(fields)),
            None => Spot::from(point, &base, implied(fields)),
        });
    }
    Some(Spot::from(point, &base, implied(fields)))
}

/// "will slow in the third and fourth quarters": the one after a quarter that lies ahead.
fn next_quarter(fields: Fields, scene: &Scene<'_>) -> Option<Point> {
    let told = scene.told.filter(|_| scene.behind <= Behind::Words && !scene.narrative)?;
    let ahead = told.point.first()? > scene.reference?.day();
    match told.point {
        Point::Quarter(year, before) if ahead => {
            let quarter = fields.quarter.filter(|quarter| *quarter > before)?;
            Some(Point::Quarter(year, quarter))
        }
        _ => None,
    }
}

/// Months of a season's second year, at most: "the season 1987–88 … in March".
const SECOND: i8 = 5;

/// Where years or months were told as one, what comes next is of the first, but for the months that
/// end a season.
fn first_year(fields: Fields, scene: &Scene<'_>, base: Base) -> Base {
    let long = |point: &Point| point.grain() > Grain::Day;
    let since = scene.told.filter(|_| scene.narrative && base.told).and_then(|told| told.since);
    let first = since.filter(long).and_then(|point| Some((point, point.first()?)));
    match first {
        Some((point, day)) => {
            let season = point.grain() == Grain::Year
                && point.year().map(|year| year + 1) == base.point.year();
            let second = season && fields.month.is_some_and(|month| month <= SECOND);
            if second { base } else { Base { point, day, ..base } }
        }
        None => base,
    }
}

/// Which way a bare weekday lies. One just past is the one meant, whatever verb stands
/// near; one further back may be the next.
fn weekday_tense(weekday: i8, base: Date, scene: &Scene<'_>) -> Option<Tense> {
    let back = (base.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    match scene.tense() {
        None if scene.colloquial => Some(Tense::Future),
        _ if back <= 2 => scene.sure_tense(),
        tense => tense,
    }
}

/// Days for which what lasted until a month may have ended in the last.
const OVER: i64 = 60;

/// Days for which a quarter or half has only begun.
const BEGUN: i64 = 20;

/// What a day back and a day ahead weigh.
pub(crate) fn weights(scene: &Scene<'_>) -> (i32, i32) {
    match scene.tense() {
        Some(Tense::Past) => (1, 2),
        None if !scene.colloquial => (1, 2),
        _ => (3, 2),
    }
}

fn implied(fields: Fields) -> &'static [Grain] {
    match (fields.month, fields.day, fields.weekday) {
        (None, None, Some(_)) => &[Grain::Day],
        (None, Some(_), _) => &[Grain::Month, Grain::Year],
        _ => &[Grain::Year],
    }
}

/// The unit that anchored fields name.
fn complete(fields: Fields) -> Option<Point> {
    let Some(year) = fields.year else {
        let (grain, n) = fields.era?;
        return Some(match grain {
            Grain::Decade => Point::Decade(n),
            Grain::Century => Point::Century(n),
            _ => Point::Millennium(n),
        });
    };
    in_year(fields, year)
}

pub(crate) fn in_year(fields: Fields, year: i32) -> Option<Point> {
    Some(match fields {
        Fields { month: Some(month), day: Some(day), .. } => Point::Day(date(year, month, day)?),
        Fields { month: Some(month), .. } => Point::Month(year, month),
        Fields { quarter: Some(quarter), .. } => Point::Quarter(year, quarter),
        Fields { half: Some(half), .. } => Point::Half(year, half),
        Fields { season: Some(season), .. } => Point::Season(year, season),
        _ => Point::Year(year),
    })
}

/// "last June", "next Friday", "this summer".
fn which(fields: Fields, n: i32, from: From, scene: &Scene<'_>) -> Option<Spot> {
    let mut base = scene.counted(from, n, fields.grain())?;
    // "the following spring" after a year is told lies past its end.
    if base.told && n > 0 && base.point.grain() > fields.grain() {
        base.day = base.point.bounds()?.1;
    }
    let point = match fields {
        // "the following Friday" is the first after what was told.
        Fields { weekday: Some(weekday), month: None, day: None, .. }
            if from == From::Told && n == 1 =>
        {
            let today = base.day.weekday().to_monday_one_offset();
            let ahead = i64::from(weekday - today - 1).rem_euclid(7) + 1;
            Point::Day(days(base.day, ahead)?)
        }
        Fields { weekday: Some(weekday), month: None, day: None, .. } => {
            weekday_which(weekday, n, base.day, scene.tense())?
        }
        _ if fields.is_anchored() => complete(fields)?,
        _ => unit_which(fields, n, &base, scene.tense())?,
    };
    Some(Spot::from(point, &base, implied(fields)))
}

fn weekday_which(weekday: i8, n: i32, base: Date, tense: Option<Tense>) -> Option<Point> {
    let back = i64::from(base.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    let date = match n {
        0 if back == 0 => base,
        0 if tense == Some(Tense::Past) => days(base, -back)?,
        0 => days(base, 7 - back)?,
        ..0 => days(base, if back == 0 { -7 } else { -back } + 7 * i64::from(n + 1))?,
        // "next Friday" is the one of the next week.
        _ => {
            let week = Point::holding(Grain::Week, base)?.step(i64::from(n))?.first()?;
            days(week, i64::from(weekday - 1))?
        }
    };
    Some(Point::Day(date))
}

/// Last month after which "that winter" is the one just over.
const EARLY: i8 = 4;

fn unit_which(fields: Fields, n: i32, base: &Base, tense: Option<Tense>) -> Option<Point> {
    let (last, next) = around(fields, base.day)?;
    // "in 1777 … the previous winter" is the one in which that year began.
    let whole = base.told && n < 0 && base.point.grain() > fields.grain();
    let here = Point::holding(fields.grain(), base.day).filter(|_| !whole);
    let steps = |point: Point, n: i32| {
        let year = point.year()?;
        in_year(fields, year + n)
    };
    match n {
        // "In June 1944 … that winter": the next, but early in a year the last.
        0 if fields.season == Some(3) && base.told => {
            if base.day.month() <= EARLY {
                last
            } else {
                next
            }
        }
        // "this June" is the one of this year; "this winter" the one near.
        0 if fields.season == Some(3) => nearest(fields, base.day, tense, (1, 1)),
        0 => in_year(fields, i32::from(base.day.year())),
        ..0 => {
            let last = last?;
            let shift = if Some(last) == here { n } else { n + 1 };
            steps(last, shift)
        }
        _ => {
            let next = next?;
            let shift = if Some(next) == here { n } else { n - 1 };
            steps(next, shift)
        }
    }
}

/// A whole number of units.
pub(crate) fn whole(amount: i64) -> Option<i64> {
    (amount % 1000 == 0).then_some(amount / 1000)
}

/// "two weeks ago", "three days later", "a week from Monday".
fn shift(
    length: &Length,
    sign: i32,
    from: From,
    of: Option<&Expr>,
    scene: &Scene<'_>,
) -> Option<Spot> {
    let base = match of {
        Some(of) => {
            let spot = spot(of, scene)?;
            Base {
                day: spot.point.first()?,
                point: spot.point,
                time: spot.time,
                anchor: spot.anchor,
                told: true,
            }
        }
        // "in the nine months …, up from a year earlier": of the year reported on.
        None if scene.longer && length.unit.grain() == Grain::Year => {
            scene.base(From::Reference)?
        }
        None if length.unit.grain() < Grain::Day => scene.base(from)?,
        None => scene.counted(from, sign, length.unit.grain())?,
    };
    // "on January 11, 113 days later": the date is told already.
    if from == From::Told && scene.behind == Behind::Comma && of.is_none() && base.told {
        return Some(Spot::from(base.point, &base, &[]));
    }
    let grain = length.unit.grain();
    // "Seven decades later, she still …": later than what was told in no words that date it.
    if from == From::Told && of.is_none() && !base.told && sign > 0 && grain >= Grain::Year {
        return None;
    }
    let amount = length.amount?.checked_mul(length.unit.size())?;
    let sign = i64::from(sign);
    if grain < Grain::Day {
        let at = base.time?;
        let seconds = match grain {
            Grain::Hour => amount.checked_mul(3600)? / 1000,
            Grain::Minute => amount.checked_mul(60)? / 1000,
            _ => amount / 1000,
        };
        return at_time(at, Span::new().try_seconds(seconds * sign).ok()?, &base);
    }
    // A decade is told to the year, a year and a half to the month, a month and a half to the week.
    let (grain, n) = match (whole(amount), grain) {
        (Some(n), Grain::Decade) => (Grain::Year, n * 10),
        (Some(n), grain) => (grain, n),
        (None, Grain::Century) => (Grain::Year, amount * 100 / 1000),
        (None, Grain::Year) => (Grain::Month, amount * 12 / 1000),
        (None, Grain::Decade) => (Grain::Year, amount * 10 / 1000),
        (None, Grain::Week) => (Grain::Day, amount * 7 / 1000),
        (None, grain) => (grain, amount / 1000),
    };
    // "a year earlier" after a quarter is told compares the same quarter, "rose in May from a
    // year earlier" the same month.
    let quarter = scene.period.filter(|_| scene.near_period).map(|told| (told, 4));
    let month = scene.told.filter(|told| scene.near_far && told.point.grain() == Grain::Month);
    // "hit in July 1996 … and just over a year ago": ago is from now.
    let year = scene.reference.map(|now| i32::from(now.day().year()));
    let recent =
        |told: &Told| told.point.year().zip(year).is_none_or(|(told, now)| now - told <= 1);
    let month = month.filter(|told| from != From::Reference || recent(told));
    let same = quarter.or(month.map(|told| (told, 12)));
    // "Two years ago" compares with neither, nor does a story.
    let same = same.filter(|_| !scene.narrative && (from != From::Reference || n == 1));
    if let (Some((told, year)), None, Grain::Year) = (same, of, length.unit.grain()) {
        let base = Scene { told: Some(told), ..*scene }.earlier()?;
        let point = told.point.step(n * sign * year)?;
        return Some(Spot::from(point, &base, &[point.grain()]));
    }
    let fine = base.point.grain();
    let point = if length.units().count() > 1 {
        // "2 years, 1 month and 21 days ago" is a day.
        let (day, grain) = all_units(length, sign, base.day)?;
        Point::holding(grain, day)?
    } else if of.is_some() && grain <= Grain::Week && fine == Grain::Day {
        // "a week from Monday" is a day.
        let n = if grain == Grain::Week { n * 7 } else { n };
        Point::Day(days(base.day, n * sign)?)
    } else if of.is_some() && grain == Grain::Year && fine <= Grain::Month {
        // "a year ago Tuesday" is a day too, "ten years ago this month" a month.
        let years = Span::new().try_years(n * sign).ok()?;
        // A week is of the year of its Thursday.
        let day = if fine == Grain::Week { days(base.day, 3)? } else { base.day };
        Point::holding(fine, day.checked_add(years).ok()?)?
    } else if fine > grain {
        coarse_shift(base.point, grain, n * sign)?
    } else {
        Point::holding(grain, base.day)?.step(n * sign)?
    };
    Some(Spot::from(point, &base, &[point.grain()]))
}

/// Years counted from a decade are decades where they fill it; else the unit's own.
fn coarse_shift(point: Point, grain: Grain, n: i64) -> Option<Point> {
    match (point, grain) {
        (Point::Decade(_), Grain::Year) if n % 10 == 0 => point.step(n / 10),
        (Point::Century(_), Grain::Year) if n % 100 == 0 => point.step(n / 100),
        _ => Point::holding(grain, point.first()?)?.step(n),
    }
}

/// "the Wednesday before Thanksgiving", "the day after the vote on June 2".
fn beside(fields: Fields, sign: i32, of: &Expr, scene: &Scene<'_>) -> Option<Spot> {
    let outer = spot(of, scene)?;
    let (first, last) = outer.point.bounds()?;
    let edge = if sign < 0 { days(first, -1)? } else { days(last, 1)? };
    let tense = if sign < 0 { Tense::Past } else { Tense::Future };
    let point = nearest(fields, edge, Some(tense), (1, 1))?;
    Some(Spot { point, time: None, ..outer })
}

/// The value of fields that wait for a reference, `X` for what is not known.
pub(crate) fn open_fields(fields: Fields) -> String {
    match fields {
        Fields { month: Some(month), day: Some(day), .. } => format!("XXXX-{month:02}-{day:02}"),
        Fields { month: Some(month), .. } => format!("XXXX-{month:02}"),
        Fields { day: Some(day), .. } => format!("XXXX-XX-{day:02}"),
        Fields { weekday: Some(weekday), .. } => format!("XXXX-WXX-{weekday}"),
        Fields { quarter: Some(quarter), .. } => format!("XXXX-Q{quarter}"),
        Fields { half: Some(half), .. } => format!("XXXX-H{half}"),
        Fields { season: Some(season), .. } => format!("XXXX-{}", calendar::season_code(season)),
        _ => "XXXX".to_string(),
    }
}
