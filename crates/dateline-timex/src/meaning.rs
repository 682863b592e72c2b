//! From an expression and where it lies to a `Timex`: type, value, bounds, and what of
//! it the words did not say.

use dateline_model::{Alternative, Anchor, Grain, Interval, Modifier, Moment, Timex, TimexType};
use dateline_text::TextRange;
use jiff::civil::{Date, Time};

use crate::between::between;
use crate::calendar::Point;
use crate::expr::{Clock, Every, Expr, Fields, From, Length, Part, Unit, Vague};
use crate::length::length_value;
use crate::resolve::{EVENING, Spot, open_fields, spot};
use crate::scene::{Base, Scene, Tense, Told};
use crate::within::{all_units, span_days, stretch_ends};
use crate::zone::Zone;

/// A meaning, and the date it leaves for later words to count from.
#[derive(Debug)]
pub(crate) struct Meaning {
    /// The annotation, its rule still empty.
    pub(crate) timex: Timex,
    /// What was told.
    pub(crate) told: Option<Told>,
}

/// What `expr` at `range` means in `scene`.
pub(crate) fn meaning(expr: &Expr, range: TextRange, scene: &Scene<'_>) -> Meaning {
    match expr {
        Expr::Modified { of, modifier } => modified(of, *modifier, range, scene),
        Expr::Range { from, to, gap } => between(from, to, *gap, range, scene),
        Expr::Length(length) => untold(of_length(length, range)),
        Expr::Ahead(length) => {
            let ahead = scene.tense() == Some(Tense::Future) && length.amount.is_some();
            let point = Expr::Shift { length: *length, sign: 1, from: From::Reference, of: None };
            let spot = ahead.then(|| spot(&point, scene)).flatten();
            match spot.filter(|spot| spot.time.is_none()) {
                Some(spot) => placed(&spot, range),
                None => untold(of_length(length, range)),
            }
        }
        // "the site is visited today": when the story was written, not when it plays.
        Expr::Unit { unit: Grain::Day, n: 0, from: From::Reference }
            if scene.narrative && scene.told.is_some_and(|told| told.dated) =>
        {
            untold(vague(Vague::Present, None, range, scene))
        }
        Expr::Set { every, quant, freq, clock } => untold(set(every, *quant, *freq, *clock, range)),
        Expr::Vague { what, unit } => untold(vague(*what, *unit, range, scene)),
        Expr::Span { length, sign } => untold(span(length, *sign, range, scene)),
        Expr::Until { length, of } => untold(until(length, of, range, scene)),
        Expr::Stretch { length, sign, of } => stretch(length, *sign, of.as_deref(), range, scene),
        Expr::Event { length, .. } => {
            // The caller, who has the text, says where the event is told.
            untold(Timex { anchor: Anchor::Missing, ..of_length(length, range) })
        }
        Expr::Part { part, .. } => part_of_day(expr, *part, range, scene),
        Expr::At { clock, .. } => at(expr, *clock, range, scene),
        Expr::Shift { length: Length { amount: None, unit, .. }, sign, from, .. } => {
            let what = if *sign < 0 { Vague::Past } else { Vague::Future };
            let base = scene.counted(*from, *sign, unit.grain());
            let day = base.as_ref().map(|base| Moment::Day(base.day));
            let mut timex = vague(what, Some(*unit), range, &Scene { reference: day, ..*scene });
            if let Some(base) = base {
                timex.anchor = base.anchor;
            }
            untold(timex)
        }
        Expr::Shift { length, from, of: None, .. } if length.unit.grain() < Grain::Day => {
            match (spot(expr, scene), scene.base(*from)) {
                (Some(spot), _) => placed(&spot, range),
                (None, Some(base)) => untold(hours_from(&base, range)),
                (None, None) => untold(open(expr, range)),
            }
        }
        _ => match somewhere(expr, range, scene) {
            Some(timex) => untold(timex),
            None => match spot(expr, scene) {
                Some(spot) => placed(&spot, range),
                None => untold(open(expr, range)),
            },
        },
    }
}

/// "a month later", "the next day" after a year or a month in a story: some month of that year,
/// some day of that month. Which one is not told.
fn somewhere(expr: &Expr, range: TextRange, scene: &Scene<'_>) -> Option<Timex> {
    let (length, sign, from) = match expr {
        Expr::Shift { length, sign, from, of: None } => (*length, *sign, *from),
        Expr::Unit { unit, n, from } if *n != 0 => {
            (Length::of(Some(1000), Unit::Grain(*unit)), *n, *from)
        }
        _ => return None,
    };
    let unit = length.unit.grain();
    let counts = scene.narrative && from.is_told() && length.amount.is_some();
    let told = scene.told.filter(|told| counts && told.point.grain() > unit)?;
    let base = scene.counted(from, sign, unit)?;
    let value = base.point.value();
    let value = match (base.point.grain(), unit) {
        (Grain::Year, Grain::Month) => format!("{value}-XX"),
        (Grain::Year, Grain::Week) => format!("{value}-WXX"),
        (Grain::Year, Grain::Day) => format!("{value}-XX-XX"),
        (Grain::Month, Grain::Day) => format!("{value}-XX"),
        _ => return None,
    };
    let (first, last) = base.point.bounds().filter(|_| base.told && base.point == told.point)?;
    let away = |day| all_units(&length, i64::from(sign), day).map(|(day, _)| day);
    let mut timex = bare(range, TimexType::Date, value);
    timex.interval = interval(away(first).zip(away(last)));
    timex.grain = Some(unit);
    timex.approximate = true;
    timex.implied = vec![unit];
    timex.anchor = base.anchor;
    Some(timex)
}

/// Hours from a day whose hour is not known: some time about that day.
fn hours_from(base: &Base, range: TextRange) -> Timex {
    let day = Point::Day(base.day);
    let mut timex = bare(range, TimexType::Time, format!("{}TXX:XX", day.value()));
    timex.interval = interval(day.bounds());
    timex.grain = Some(Grain::Hour);
    timex.approximate = true;
    timex.anchor = base.anchor.clone();
    timex
}

fn untold(timex: Timex) -> Meaning {
    Meaning { timex, told: None }
}

/// A mention with nothing known but its value.
pub(crate) fn bare(range: TextRange, kind: TimexType, value: String) -> Timex {
    Timex {
        range,
        kind,
        value,
        modifier: None,
        quant: None,
        freq: None,
        interval: Interval::UNKNOWN,
        grain: None,
        approximate: false,
        implied: Vec::new(),
        anchor: Anchor::Words,
        rule: String::new(),
        alternatives: Vec::new(),
        parts: Vec::new(),
    }
}

pub(crate) fn interval(bounds: Option<(Date, Date)>) -> Interval {
    bounds
        .filter(|(from, _)| from.year() > 0)
        .and_then(|(from, to)| Interval::new(Some(Moment::Day(from)), Some(Moment::Day(to))))
        .unwrap_or_default()
}

fn placed(spot: &Spot, range: TextRange) -> Meaning {
    let mut value = spot.point.value();
    let mut bounds = interval(spot.point.bounds());
    let mut kind = TimexType::Date;
    let mut grain = spot.point.grain();
    if let Some(time) = spot.time {
        value = time_value(time);
        bounds = Interval::point(time);
        kind = TimexType::Time;
        grain = Grain::Minute;
    }
    let mut timex = bare(range, kind, value);
    timex.interval = bounds;
    timex.grain = Some(grain);
    // A fiscal year is told as its number; where it starts is not.
    timex.approximate = spot.fiscal;
    timex.implied.clone_from(&spot.implied);
    timex.anchor = spot.anchor.clone();
    timex.alternatives.extend(
        spot.other
            .map(|point| Alternative { value: point.value(), interval: interval(point.bounds()) }),
    );
    let told = Told {
        point: spot.point,
        since: None,
        time: spot.time,
        range,
        dated: spot.anchor == Anchor::Words || matches!(spot.anchor, Anchor::Earlier(_)),
        late: spot.time.is_some_and(|time| is_late(time.datetime().hour())),
    };
    Meaning { timex, told: Some(told) }
}

/// Whether an hour is late in its day, so that an early one told next is of the next.
fn is_late(hour: i8) -> bool {
    hour >= EVENING
}

fn time_value(time: Moment) -> String {
    let text = time.to_string();
    match text.find('T') {
        Some(_) => text,
        None => format!("{text}T00:00"),
    }
}

/// The value of what could not be placed: `X` where the reference is missing.
fn open(expr: &Expr, range: TextRange) -> Timex {
    let (value, grain) = open_value(expr);
    let mut timex = bare(range, TimexType::Date, value);
    timex.grain = Some(grain);
    timex.anchor = Anchor::Missing;
    if grain < Grain::Day {
        timex.kind = TimexType::Time;
    }
    timex
}

fn open_value(expr: &Expr) -> (String, Grain) {
    let of_grain = |grain: Grain| {
        let value = match grain {
            Grain::Second | Grain::Minute | Grain::Hour => "XXXX-XX-XXTXX:XX",
            Grain::PartOfDay | Grain::Day => "XXXX-XX-XX",
            Grain::Weekend => "XXXX-WXX-WE",
            Grain::Week => "XXXX-WXX",
            Grain::Month => "XXXX-XX",
            Grain::Quarter => "XXXX-QX",
            Grain::Season => "XXXX-XX",
            Grain::Half => "XXXX-HX",
            Grain::Year => "XXXX",
            Grain::Decade => "XXX",
            Grain::Century => "XX",
            Grain::Millennium => "X",
        };
        (value.to_string(), grain)
    };
    match expr {
        Expr::Fields(Fields { year: Some(year), month: Some(month), day: Some(day), .. }) => {
            (format!("{}-{month:02}-{day:02}", crate::calendar::year_value(*year)), Grain::Day)
        }
        Expr::Fields(fields)
        | Expr::Which { fields, .. }
        | Expr::Beside { fields, .. }
        | Expr::In { fields, .. } => (open_fields(*fields), fields.grain()),
        Expr::Unit { unit, .. } => of_grain(*unit),
        Expr::Shift { length, .. } => of_grain(length.unit.grain()),
        Expr::Nth { n, unit, .. } => match unit {
            Grain::Quarter if *n > 0 => (format!("XXXX-Q{n}"), *unit),
            Grain::Half if *n > 0 => (format!("XXXX-H{n}"), *unit),
            _ => of_grain(*unit),
        },
        Expr::Weekend { .. } => of_grain(Grain::Weekend),
        _ => of_grain(Grain::Day),
    }
}

fn modified(of: &Expr, modifier: Modifier, range: TextRange, scene: &Scene<'_>) -> Meaning {
    // "just after midnight on Friday" is when it starts.
    if let (Modifier::After, Expr::At { of: Some(day), clock }) = (modifier, of)
        && clock.hour == 24
    {
        let clock = Clock { hour: 0, ..*clock };
        let early = Expr::At { of: Some(day.clone()), clock };
        return modified(&early, modifier, range, scene);
    }
    let mut out = meaning(of, range, scene);
    // "more than a year ago" lies before a day, "more than a year later" after it.
    let later = matches!(of, Expr::Shift { sign: 1.., .. });
    let modifier = match modifier {
        Modifier::Before if later => Modifier::After,
        Modifier::After if later => Modifier::Before,
        Modifier::OnOrBefore if later => Modifier::OnOrAfter,
        Modifier::OnOrAfter if later => Modifier::OnOrBefore,
        other => other,
    };
    if modifier == Modifier::Approx {
        out.timex.approximate = true;
        out.timex.modifier = out.timex.modifier.or(Some(modifier));
    } else {
        out.timex.modifier = Some(modifier);
    }
    // "more than a decade ago": some time before that day.
    if let (Modifier::Before | Modifier::OnOrBefore, Expr::Shift { length, sign: ..0, .. }) =
        (modifier, of)
        && let Some((day, _)) = span_days(length, -1, scene)
        && !out.timex.interval.is_unknown()
    {
        out.timex.interval = Interval::new(None, Some(Moment::Day(day))).unwrap_or_default();
    }
    out
}

fn part_of_day(expr: &Expr, part: Part, range: TextRange, scene: &Scene<'_>) -> Meaning {
    // "the night of June 2 to 3" starts on the first and ends on the second.
    if let Expr::Part { of: Some(of), .. } = expr
        && let Expr::Range { from, to, gap } = &**of
    {
        let start = Expr::Part { of: Some(from.clone()), part };
        let mut out = part_of_day(&start, part, range, scene);
        let days = between(from, to, *gap, range, scene).timex.interval;
        let ends = Interval::new(out.timex.interval.earliest(), days.latest());
        out.timex.interval = ends.unwrap_or(out.timex.interval);
        return out;
    }
    let Some(spot) = spot(expr, scene) else {
        let day = match expr {
            Expr::Part { of: Some(of), .. } => open_value(of).0,
            _ => "XXXX-XX-XX".to_string(),
        };
        let mut timex = bare(range, TimexType::Time, format!("{day}T{}", part.code()));
        timex.grain = Some(Grain::PartOfDay);
        timex.anchor = Anchor::Missing;
        return untold(timex);
    };
    let mut out = placed(&Spot { time: None, ..spot }, range);
    out.timex.kind = TimexType::Time;
    out.timex.value = format!("{}T{}", out.timex.value, part.code());
    out.timex.grain = Some(Grain::PartOfDay);
    if let Some(told) = &mut out.told {
        told.late = matches!(part, Part::Afternoon | Part::Evening | Part::Night);
    }
    out
}

fn at(expr: &Expr, clock: Clock, range: TextRange, scene: &Scene<'_>) -> Meaning {
    let Some(spot) = spot(expr, scene) else {
        let day = match expr {
            Expr::At { of: Some(of), .. } => open_value(of).0,
            _ => "XXXX-XX-XX".to_string(),
        };
        let mut timex = bare(range, TimexType::Time, format!("{day}{}", clock_value(clock)));
        timex.grain = Some(clock_grain(clock));
        timex.anchor = Anchor::Missing;
        return untold(timex);
    };
    // The day says whether it is summer there.
    let zone = match instant(spot.point, clock) {
        Some(Moment::Time { offset, .. }) => offset.map(Zone::fixed),
        _ => clock.zone,
    };
    let clock = Clock { zone, ..clock };
    let mut out = placed(&Spot { time: None, ..spot }, range);
    out.timex.kind = TimexType::Time;
    out.timex.value = format!("{}{}", out.timex.value, clock_value(clock));
    out.timex.grain = Some(clock_grain(clock));
    let Some(day) = out.told.map(|told| told.point) else { return out };
    let Some(mut moment) = instant(day, clock) else { return out };
    let mut starts = false;
    if clock.hour == 24
        && let Some(mut start) = instant(day, Clock { hour: 0, ..clock })
    {
        // Midnight "on Friday" may be the one that starts it; what happened "at midnight",
        // told the next day, began that day.
        let mut value = time_value(start);
        let unsaid = matches!(expr, Expr::At { of: None, .. });
        let late = scene.day.is_some_and(|day| day.late);
        if unsaid && !late && !scene.narrative && scene.tense() == Some(Tense::Past) {
            starts = true;
            std::mem::swap(&mut out.timex.value, &mut value);
            std::mem::swap(&mut moment, &mut start);
        }
        out.timex.alternatives.push(Alternative { value, interval: Interval::point(start) });
    }
    out.timex.interval = Interval::point(moment);
    if let Some(told) = &mut out.told {
        told.time = Some(moment);
        // Two clocks told side by side do not follow each other.
        told.late = is_late(clock.hour) && !starts && clock.zone.is_none();
    }
    out
}

fn clock_grain(clock: Clock) -> Grain {
    match clock {
        Clock { second: Some(_), .. } => Grain::Second,
        Clock { minute: Some(_), .. } => Grain::Minute,
        _ => Grain::Hour,
    }
}

fn clock_value(clock: Clock) -> String {
    let mut out = format!("T{:02}:{:02}", clock.hour, clock.minute.unwrap_or(0));
    if let Some(second) = clock.second {
        out.push_str(&format!(":{second:02}"));
    }
    match clock.zone.and_then(Zone::offset) {
        None => {}
        Some(0) => out.push('Z'),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let minutes = minutes.unsigned_abs();
            out.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
        }
    }
    out
}

fn instant(point: Point, clock: Clock) -> Option<Moment> {
    let Point::Day(mut day) = point else { return None };
    let mut hour = clock.hour;
    if hour == 24 {
        hour = 0;
        day = day.tomorrow().ok()?;
    }
    let time = Time::new(hour, clock.minute.unwrap_or(0), clock.second.unwrap_or(0), 0).ok()?;
    let at = day.to_datetime(time);
    Some(Moment::Time { at, offset: clock.zone.and_then(|zone| zone.offset_at(at)) })
}

fn of_length(length: &Length, range: TextRange) -> Timex {
    let mut timex = bare(range, TimexType::Duration, length_value(length));
    timex.grain = Some(length.unit.grain());
    timex.modifier = length.modifier;
    timex.approximate = length.modifier == Some(Modifier::Approx);
    timex
}

/// "the past year": a length whose other end is the base.
fn span(length: &Length, sign: i32, range: TextRange, scene: &Scene<'_>) -> Timex {
    let mut timex = of_length(length, range);
    match span_days(length, sign, scene) {
        Some(bounds) => {
            timex.interval = interval(Some(bounds));
            timex.implied = vec![Grain::Day];
            timex.anchor = scene.base(From::Auto).map_or(Anchor::Missing, |base| base.anchor);
        }
        None if scene.reference.is_none() => timex.anchor = Anchor::Missing,
        None => {}
    }
    timex
}

/// "the three months to May": a length whose last unit is told.
fn until(length: &Length, of: &Expr, range: TextRange, scene: &Scene<'_>) -> Timex {
    let mut timex = of_length(length, range);
    let outer = spot(of, scene);
    let last = outer.as_ref().and_then(|outer| outer.point.bounds());
    let first = last.and_then(|(_, last)| {
        let (back, _) = all_units(length, -1, last.tomorrow().ok()?)?;
        Some((back, last))
    });
    match (first, outer) {
        (Some(bounds), Some(outer)) => {
            timex.interval = interval(Some(bounds));
            timex.implied = outer.implied;
            timex.anchor = outer.anchor;
        }
        _ => timex.anchor = Anchor::Missing,
    }
    timex
}

fn stretch(
    length: &Length,
    sign: i32,
    of: Option<&Expr>,
    range: TextRange,
    scene: &Scene<'_>,
) -> Meaning {
    let Some((from, to, outer)) = stretch_ends(length, sign, of, scene) else {
        return untold(of_length(length, range));
    };
    let mut out = placed(&Spot { time: None, ..outer }, range);
    let ends = from.bounds().zip(to.bounds()).map(|((from, _), (_, to))| (from, to));
    // TIMEX3 has lengths and points: the length is its value, the bounds say where.
    out.timex.kind = TimexType::Duration;
    out.timex.value = length_value(length);
    out.timex.grain = Some(from.grain());
    out.timex.interval = interval(ends);
    let value = format!("{}/{}", from.value(), to.value());
    out.timex.alternatives = vec![Alternative { value, interval: out.timex.interval }];
    out
}

fn vague(what: Vague, unit: Option<Unit>, range: TextRange, scene: &Scene<'_>) -> Timex {
    let mut timex = bare(range, TimexType::Date, what.value().to_string());
    timex.grain = unit.map(Unit::grain);
    // "in recent days" ends, and "in the coming weeks" starts, at the reference.
    if unit.is_some()
        && let Some(reference) = scene.reference
    {
        let day = Some(Moment::Day(reference.day()));
        timex.interval = match what {
            Vague::Past => Interval::new(None, day),
            Vague::Future => Interval::new(day, None),
            Vague::Present => None,
        }
        .unwrap_or_default();
        timex.anchor = Anchor::Reference(reference);
    }
    timex
}

fn set(
    every: &Every,
    quant: Option<i32>,
    freq: Option<i32>,
    clock: Option<Clock>,
    range: TextRange,
) -> Timex {
    // The day, how fine it is, and the part of it.
    let (day, grain, part) = match every {
        Every::Length(length) => ("XXXX-XX-XX".to_string(), length.unit.grain(), None),
        Every::Fields(fields, part) => (open_fields(*fields), fields.grain(), *part),
        Every::Weekend(part) => ("XXXX-WXX-WE".to_string(), Grain::Weekend, *part),
        Every::Workdays(part) => ("XXXX-WXX-WD".to_string(), Grain::Day, *part),
        Every::Part(part) => ("XXXX-XX-XX".to_string(), Grain::PartOfDay, Some(*part)),
    };
    let (value, grain) = match (every, clock, part) {
        // "daily at 6 p.m.", "every Friday at noon"
        (_, Some(clock), _) => (day + &clock_value(clock), clock_grain(clock)),
        (Every::Length(length), ..) => (length_value(length), grain),
        (_, None, Some(part)) => (format!("{day}T{}", part.code()), Grain::PartOfDay),
        (_, None, None) => (day, grain),
    };
    let mut timex = bare(range, TimexType::Set, value);
    timex.grain = Some(grain);
    timex.quant = quant.map(|n| if n > 1 { "EVERY OTHER" } else { "EVERY" }.to_string());
    timex.freq = freq.map(|n| format!("{n}X"));
    timex
}
