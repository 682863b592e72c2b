//! Which lines are the story: the elements that hold most of the prose, and in them
//! everything that is no box of links, no teaser, no label.

use std::collections::HashSet;

use super::flow::Element;
use super::oracle::Oracle;
use super::scene::{Role, Scene, between, sums};
use super::tag::Tag;
use crate::lexicon::Markup;
use dateline_model::Noise;

/// The parts of the page that hold the story, as stretches of lines.
pub(super) fn stretches(scene: &Scene<'_>, oracle: Option<&Oracle>) -> Vec<(u32, u32)> {
    let weights = weights(scene, oracle);
    let total = weights.last().copied().unwrap_or(0);
    let all = (0, scene.layout.lines.len() as u32);
    if total == 0 {
        return vec![all];
    }
    let weight = |element: &Element| between(&weights, element.lines);
    // "MsoBodyText" is the class of a paragraph, not of what holds the story.
    let marked = bodies(scene, &weight, total, |element| {
        element.marks.has(Markup::Body) && element.tag != Tag::Paragraph
    });
    if marked.iter().map(|lines| between(&weights, *lines)).sum::<u32>() >= total / 10 * 6 {
        return marked;
    }
    let articles = bodies(scene, &weight, total, |element| element.tag == Tag::Article);
    let main = bodies(scene, &weight, total, |element| element.tag == Tag::Main);
    let within = [articles, main].into_iter().find(|stretches| {
        stretches.len() == 1
            && stretches.iter().map(|lines| between(&weights, *lines)).sum::<u32>()
                >= total / 10 * 6
    });
    let within = within.and_then(|stretches| stretches.first().copied()).unwrap_or(all);
    let enough = u64::from(between(&weights, within)) * 88 / 100;
    let inner = scene.layout.elements.iter().rev().find(|element| {
        let holds = !matches!(element.tag, Tag::Paragraph | Tag::Item | Tag::Cell);
        holds
            && within.0 <= element.lines.0
            && element.lines.1 <= within.1
            && u64::from(weight(element)) > enough
    });
    vec![inner.map_or(within, |element| element.lines)]
}

/// The outermost elements of a kind that hold some of the story, each narrowed to one of
/// its kind inside that holds nearly all of it.
fn bodies(
    scene: &Scene<'_>,
    weight: &dyn Fn(&Element) -> u32,
    total: u32,
    is: impl Fn(&Element) -> bool,
) -> Vec<(u32, u32)> {
    let all = || {
        let elements = scene.layout.elements.iter().zip(&scene.noisy);
        elements.filter(|(element, noisy)| !**noisy && is(element)).map(|(element, _)| element)
    };
    let large = |element: &Element| weight(element) >= total / 20;
    // A story in many of them has small ones, too: beside a large one.
    let beside: HashSet<u32> = all().filter(|one| large(one)).map(|one| one.parent).collect();
    let small = |element: &Element| beside.contains(&element.parent);
    let mut out: Vec<(u32, u32)> = Vec::new();
    for element in all().filter(|element| large(element) || small(element)) {
        match out.last_mut() {
            Some(last) if element.lines.0 < last.1 => {
                let outer = Element { lines: *last, ..*element };
                if weight(element) >= weight(&outer) / 25 * 23 {
                    *last = element.lines;
                }
            }
            _ => out.push(element.lines),
        }
    }
    out
}

/// How much each line says that the story is here, summed.
fn weights(scene: &Scene<'_>, oracle: Option<&Oracle>) -> Vec<u32> {
    if let Some(oracle) = oracle {
        let at = std::cell::Cell::new(0);
        return sums(scene.layout, |line| {
            let this = at.replace(at.get() + 1);
            if oracle.has(this) { line.range.len() } else { 0 }
        });
    }
    let at = std::cell::Cell::new(0);
    sums(scene.layout, |line| {
        let this = at.replace(at.get() + 1);
        if scene.is_prose_at(this) && !scene.is_noisy(this) { line.range.len() } else { 0 }
    })
}

/// Why each line is no part of the story; `None` where it is.
pub(super) fn noise(
    scene: &Scene<'_>,
    stretches: &[(u32, u32)],
    oracle: Option<&Oracle>,
) -> Vec<Option<Noise>> {
    let mut noise = vec![Some(Noise::Outside); scene.layout.lines.len()];
    for (from, to) in stretches {
        for at in *from as usize..*to as usize {
            let said = oracle.is_some_and(|oracle| oracle.has(at));
            if let Some(slot) = noise.get_mut(at) {
                *slot = if said { None } else { line_noise(scene, at) };
            }
        }
    }
    boxes(scene, stretches, &mut noise);
    headings(scene, &mut noise);
    for (at, slot) in noise.iter_mut().enumerate() {
        if *slot == Some(Noise::Outside) && scene.is_noisy(at) {
            *slot = Some(Noise::Element);
        }
    }
    noise
}

/// Why a line by itself is no story: its elements, links alone, a label, what a figure
/// holds besides its caption.
pub(super) fn line_noise(scene: &Scene<'_>, line: usize) -> Option<Noise> {
    if scene.is_noisy(line) {
        return Some(Noise::Element);
    }
    match scene.role_of(line) {
        Role::Figure | Role::Label => Some(Noise::Label),
        Role::Title | Role::Heading | Role::Caption | Role::Credit | Role::Byline => None,
        // "By" and a name that is a link is no link alone.
        _ if scene.words(line).len() < 40 => (scene.link_share(line) >= 90).then_some(Noise::Links),
        _ => (scene.link_share(line) >= 80).then_some(Noise::Links),
    }
}

/// Lists, tables and boxes of which most are links.
fn boxes(scene: &Scene<'_>, stretches: &[(u32, u32)], noise: &mut [Option<Noise>]) {
    for element in &scene.layout.elements {
        let inside = stretches.iter().any(|s| s.0 <= element.lines.0 && element.lines.1 <= s.1);
        let whole = stretches.contains(&element.lines);
        let boxed = matches!(
            element.tag,
            Tag::List | Tag::Table | Tag::Block | Tag::Article | Tag::Header | Tag::Item
        );
        if !inside || whole || !boxed || element.lines.0 == element.lines.1 {
            continue;
        }
        let bytes = u64::from(scene.bytes(element));
        let (links, prose) = (u64::from(scene.links(element)), u64::from(scene.prose(element)));
        let share = if element.tag == Tag::List { 60 } else { 66 };
        if links * 100 > bytes * share && prose * 4 < bytes {
            for at in element.lines.0..element.lines.1 {
                let slot = noise.get_mut(at as usize).into_iter();
                slot.for_each(|slot| *slot = slot.or(Some(Noise::Links)));
            }
        }
    }
}

/// A heading of which everything was dropped goes with it.
fn headings(scene: &Scene<'_>, noise: &mut [Option<Noise>]) {
    let mut next_kept: Option<usize> = None;
    let mut dropped = false;
    for (at, slot) in noise.iter_mut().enumerate().rev() {
        if slot.is_some() {
            dropped = true;
            continue;
        }
        let heading = scene.role_of(at) == Role::Heading;
        let bare = next_kept.is_none_or(|next| dropped && scene.role_of(next) == Role::Heading);
        if heading && bare {
            *slot = Some(Noise::Bare);
            continue;
        }
        next_kept = Some(at);
        dropped = false;
    }
}
