//! The overview above the list: a strip of time on a linear scale, drawn twice, for a wide
//! and for a narrow screen. Each stretch of it is a link to its first day with an event.
//! Days far off the others stand at the edges, off the scale, and that is said.

use std::io::{self, Write};

use dateline_model::{Dating, Event, Shape};

use super::dates::Calendar;
use super::days::Day;
use super::{say, scale};

/// Hundredths of a percent of the width.
const WHOLE: i64 = 10_000;
/// Where the axis lies, and how far bars go above and below it, in pixels.
const AXIS: i64 = 62;
const ABOVE: i64 = 46;
const BELOW: i64 = 24;
/// The height that a link takes.
const TARGET: i64 = AXIS + BELOW + 2;

/// One of the two drawings.
struct Drawing {
    class: &'static str,
    /// The width of what is off the scale, at each end, in hundredths of a percent.
    edge: i64,
    /// Most links on the scale: each is to be wide enough for a finger.
    links: i64,
    ticks: usize,
}

const DRAWINGS: [Drawing; 2] = [
    Drawing { class: "wide", edge: 450, links: 24, ticks: 8 },
    Drawing { class: "narrow", edge: 1000, links: 8, ticks: 3 },
];

/// The events of one day, as drawn.
struct Stroke {
    day: i64,
    /// Which of the days of the list.
    at: usize,
    /// Events whose day is known.
    known: usize,
    /// Events placed here by a limit, a report or a longer span.
    open: usize,
}

/// What both drawings share.
struct Strip<'a> {
    calendar: &'a Calendar,
    days: &'a [Day<'a>],
    before: &'a [Stroke],
    on: &'a [Stroke],
    after: &'a [Stroke],
    /// The first day of the scale, and the one behind its last.
    first: i64,
    end: i64,
    /// The most events that a bar stands for.
    most: i64,
}

/// Writes the overview; nothing where fewer than two days are known.
pub(super) fn write(
    calendar: &Calendar,
    days: &[Day<'_>],
    sink: &mut impl Write,
) -> io::Result<()> {
    let strokes = strokes(days);
    let numbers: Vec<i64> = strokes.iter().map(|stroke| stroke.day).collect();
    let (from, to) = scale::window(&numbers);
    let (before, rest) = strokes.split_at(from.min(strokes.len()));
    let (on, after) = rest.split_at((to - from).min(rest.len()));
    let (Some(first), Some(last)) = (on.first(), on.last()) else { return Ok(()) };
    if strokes.len() < 2 {
        return Ok(());
    }
    let tall = |stroke: &Stroke| stroke.known.max(stroke.open);
    let most = |strokes: &[Stroke]| strokes.iter().map(tall).max().unwrap_or(1);
    let strip = Strip {
        calendar,
        days,
        before,
        on,
        after,
        first: first.day,
        end: last.day + 1,
        most: count(most(on)),
    };
    writeln!(sink, "<section class=\"strip\"><h2 class=\"away\">{}</h2>", say::OVERVIEW)?;
    writeln!(sink, "<figure>")?;
    for drawing in &DRAWINGS {
        strip.draw(drawing, sink)?;
    }
    let undated = days.iter().filter(|day| day.date.is_none()).map(|day| day.events.len()).sum();
    writeln!(sink, "<figcaption>{}</figcaption></figure></section>", strip.caption(undated))
}

fn strokes(days: &[Day<'_>]) -> Vec<Stroke> {
    let dated = days.iter().enumerate().filter_map(|(at, day)| Some((at, day, day.date?)));
    let strokes = dated.map(|(at, day, date)| {
        let known = day.events.iter().filter(|event| is_known(event)).count();
        let open = day.events.len() - known;
        Stroke { day: scale::number(date), at, known, open }
    });
    strokes.collect()
}

/// Whether the event's day is known, or all its days are.
fn is_known(event: &Event) -> bool {
    let when = &event.when;
    let bounds = when.interval.is_one_day()
        || when.shape == Shape::Throughout
            && when.interval.earliest().is_some()
            && when.interval.latest().is_some();
    bounds && !when.approximate && when.dating != Dating::Reported
}

fn total(strokes: &[Stroke]) -> usize {
    strokes.iter().map(|stroke| stroke.known + stroke.open).sum()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Hundredths of a percent as SVG has it.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

impl Strip<'_> {
    fn draw(&self, drawing: &Drawing, sink: &mut impl Write) -> io::Result<()> {
        let left = if self.before.is_empty() { 0 } else { drawing.edge };
        let right = if self.after.is_empty() { 0 } else { drawing.edge };
        let room = WHOLE - left - right;
        let place = |day: i64| left + room * (day - self.first) / (self.end - self.first);
        writeln!(
            sink,
            "<svg class=\"{}\" width=\"100%\" height=\"{}\" role=\"group\" aria-label=\"{}\">",
            drawing.class,
            TARGET + 18,
            say::strip(&self.span(self.on))
        )?;
        self.axis(left, right, sink)?;
        for (day, words) in scale::ticks(self.calendar, self.first, self.end - 1, drawing.ticks) {
            let at = percent(place(day));
            writeln!(
                sink,
                "<line class=\"tick\" x1=\"{at}\" x2=\"{at}\" y1=\"{AXIS}\" y2=\"{}\"/>",
                TARGET + 4
            )?;
            if place(day) < WHOLE - right - WHOLE / (2 * count(drawing.ticks)) {
                writeln!(sink, "<text x=\"{at}\" dx=\"3\" y=\"{}\">{words}</text>", TARGET + 14)?;
            }
        }
        self.edge(self.before, 0, left, sink)?;
        let length = (self.end - self.first + drawing.links - 1) / drawing.links;
        let mut rest = self.on;
        while let Some(stroke) = rest.first() {
            let bin = (stroke.day - self.first) / length;
            let (from, to) = (self.first + bin * length, self.first + (bin + 1) * length);
            let (these, others) = rest.split_at(rest.partition_point(|stroke| stroke.day < to));
            let (x, end) = (place(from), place(to.min(self.end)));
            self.link(these, x, end - x, sink)?;
            for stroke in these {
                let (x, end) = (place(stroke.day), place(stroke.day + 1));
                self.bars(count(stroke.known), count(stroke.open), x, end - x, sink)?;
            }
            writeln!(sink, "</a>")?;
            rest = others;
        }
        self.edge(self.after, WHOLE - right, right, sink)?;
        writeln!(sink, "</svg>")
    }

    /// The axis, broken where something is off the scale.
    fn axis(&self, left: i64, right: i64, sink: &mut impl Write) -> io::Result<()> {
        let (from, to) = (percent(left), percent(WHOLE - right));
        writeln!(
            sink,
            "<line class=\"axis\" x1=\"{from}\" x2=\"{to}\" y1=\"{AXIS}\" y2=\"{AXIS}\"/>"
        )?;
        for at in [(left > 0).then_some(from), (right > 0).then_some(to)].into_iter().flatten() {
            writeln!(
                sink,
                "<line class=\"break\" x1=\"{at}\" x2=\"{at}\" y1=\"4\" y2=\"{TARGET}\"/>"
            )?;
        }
        Ok(())
    }

    /// What is off the scale at one end, as one bar.
    fn edge(
        &self,
        strokes: &[Stroke],
        x: i64,
        width: i64,
        sink: &mut impl Write,
    ) -> io::Result<()> {
        if strokes.is_empty() {
            return Ok(());
        }
        self.link(strokes, x, width, sink)?;
        let known = strokes.iter().map(|stroke| stroke.known).sum();
        let open = strokes.iter().map(|stroke| stroke.open).sum();
        self.bars(count(known), count(open), x + width / 4, width / 2, sink)?;
        writeln!(sink, "</a>")
    }

    /// Opens the link to the first of these days.
    fn link(
        &self,
        strokes: &[Stroke],
        x: i64,
        width: i64,
        sink: &mut impl Write,
    ) -> io::Result<()> {
        let (Some(first), Some(last)) = (strokes.first(), strokes.last()) else { return Ok(()) };
        let id = self.days.get(first.at).map(Day::id).unwrap_or_default();
        let words = say::stretch(&self.span(strokes), total(strokes));
        let (x, width) = (percent(x), percent(width));
        writeln!(
            sink,
            "<a href=\"#{id}\" data-days=\"{} {}\" aria-label=\"{words}\"><title>{words}</title><rect class=\"hit\" x=\"{x}\" width=\"{width}\" y=\"0\" height=\"{TARGET}\"/>",
            first.at, last.at
        )
    }

    /// What is known stands above the axis, what is open below it.
    fn bars(
        &self,
        known: i64,
        open: i64,
        x: i64,
        width: i64,
        sink: &mut impl Write,
    ) -> io::Result<()> {
        let (x, width) = (percent(x), percent(width * 4 / 5));
        let tall = |number: i64, room: i64| (room * number / self.most.max(1)).clamp(4, room);
        if known > 0 {
            let (height, y) = (tall(known, ABOVE), AXIS - 1 - tall(known, ABOVE));
            write!(
                sink,
                "<rect class=\"known\" x=\"{x}\" width=\"{width}\" y=\"{y}\" height=\"{height}\"/>"
            )?;
        }
        if open > 0 {
            let height = tall(open, BELOW);
            write!(
                sink,
                "<rect class=\"open\" x=\"{x}\" width=\"{width}\" y=\"{}\" height=\"{height}\"/>",
                AXIS + 2
            )?;
        }
        Ok(())
    }

    /// The days of strokes in words.
    fn span(&self, strokes: &[Stroke]) -> String {
        match (strokes.first(), strokes.last()) {
            (Some(first), Some(last)) => {
                self.calendar.span(scale::day(first.day), scale::day(last.day))
            }
            _ => String::new(),
        }
    }

    /// What the drawing shows, and what it does not.
    fn caption(&self, undated: usize) -> String {
        let ends = [(self.before, say::EARLIER), (self.after, say::LATER)];
        let ends = ends.into_iter().filter(|(strokes, _)| !strokes.is_empty());
        let ends =
            ends.map(|(strokes, what)| say::off_scale(total(strokes), what, &self.span(strokes)));
        let mut words = say::scale(&self.span(self.on), &ends.collect::<Vec<_>>());
        if undated > 0 {
            words += &say::not_drawn(undated);
        }
        words
    }
}
