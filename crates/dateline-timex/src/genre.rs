//! Whether a text is news, told from its date, or a narrative, told from one date to
//! the next. Judged by the dates themselves, so the same with and without a reference.

use crate::context::Genre;
use crate::cue::classed;
use crate::expr::{Expr, From, Vague};
use crate::find::Found;
use crate::lexicon::Lexicon;
use crate::token::{Gap, Kind, Scanner, Shape};

/// The genre of a text in which `found` was found.
pub(crate) fn guess(text: &str, found: &[Found], lexicon: &Lexicon) -> Genre {
    let (mut dated, mut following, mut pointing) = (0_usize, 0_usize, 0_usize);
    for found in found {
        match said(&found.expr) {
            Said::Dated => dated += 1,
            Said::Following => following += 1,
            Said::Pointing => pointing += 1,
            Said::Neither => {}
        }
    }
    // "She died on Monday": news tells its day first, whatever years a life had.
    let mut lead = found.iter().take_while(|found| found.range.start() < LEAD);
    if lead.any(|found| names_weekday(&found.expr)) {
        return Genre::News;
    }
    // A history names years and hardly ever "today", "last week" or a bare weekday. A short one
    // names few, and days of their months.
    let long = text.len() > 2_000 && dated >= 8 && dated > pointing * 4;
    let told = dated + following;
    let full = dated >= 6 && told >= 9
        || dated >= 4 && told >= 12
        || dated >= 3 && told >= 9 && pointing == 0;
    let short = text.len() > 1_000 && full && told > pointing * 4;
    // "On 3 May they landed", of weekdays too, but of hardly anyone who "said".
    let days = told >= 6 && dated >= 1 && following >= 3 && pointing * 3 <= told * 2;
    let years = told >= 5 && pointing == 0;
    // "In the spring of 331 BC": no news, unless it was found by some who say so.
    let old = || told >= 4 && told >= pointing && found.iter().any(|found| is_old(&found.expr));
    let history = || {
        let old = old();
        (days || years || old) && {
            let voice = Voice::of(text, lexicon);
            // One may be told of in the shortest.
            let said = |least| voice.said.saturating_sub(1) * least <= voice.words;
            (days || years && voice.had > 0) && said(300) || old && said(150)
        }
    };
    let enough = text.len() > 1_000;
    if long || short || enough && history() { Genre::Narrative } else { Genre::News }
}

/// Bytes in which news tells its day.
const LEAD: u32 = 300;

/// Whether `expr` is a weekday and no more, perhaps with a part of it.
fn names_weekday(expr: &Expr) -> bool {
    match expr {
        Expr::Part { of: Some(of), .. } | Expr::At { of: Some(of), .. } => names_weekday(of),
        Expr::Modified { of, .. } => names_weekday(of),
        expr => expr.is_weekday(),
    }
}

/// How a text tells.
#[derive(Default)]
struct Voice {
    words: usize,
    /// Verbs of saying: news has its word from others.
    said: usize,
    /// "had": a story looks back further.
    had: usize,
}

impl Voice {
    fn of(text: &str, lexicon: &Lexicon) -> Self {
        let known = &lexicon.known.cues;
        let mut voice = Self::default();
        for (_, classes) in classed(text, 0, text.len(), lexicon) {
            voice.words += 1;
            voice.said += usize::from(classes.has(known.report));
            voice.had += usize::from(classes.has(known.had));
        }
        voice
    }
}

/// Whether `expr` says a year before the first.
fn is_old(expr: &Expr) -> bool {
    match expr {
        Expr::Fields(fields) => fields.year.is_some_and(|year| year <= 0),
        Expr::Part { of: Some(of), .. } | Expr::Modified { of, .. } => is_old(of),
        Expr::Range { to, .. } => is_old(to),
        _ => false,
    }
}

/// Longest text that can be a message.
const MESSAGE: usize = 400;

/// Fewest tokens of which a small first letter says anything.
const SENTENCE: usize = 6;

/// Longest text of which one that speaks for itself says anything: longer ones quote.
const REMARK: usize = 200;

/// Faces made of marks.
const FACES: [&str; 9] = [":)", ":(", ":-)", ":-(", ";)", ";-)", ":D", ":-D", "<3"];

/// Whether a text is a short message rather than prose: it names people and topics by
/// marks, or it is written as no editor would let it pass.
pub(crate) fn is_colloquial(text: &str, lexicon: &Lexicon) -> bool {
    // A page has lines and paragraphs, a message hardly any.
    if text.len() > MESSAGE || text.trim().lines().count() > 3 {
        return false;
    }
    let known = &lexicon.known.cues;
    let mut scanner = Scanner::new(text, 0, text.len(), &lexicon.vocabulary);
    let (mut marks, mut words, mut tokens) = (0, 0, 0);
    let (mut spoken, mut quoted) = (false, text.len() > REMARK);
    let mut last = None;
    let mut short = false;
    while let Some(token) = scanner.next() {
        let form = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        tokens += 1;
        marks += usize::from(matches!(form, "@" | "#") || form.starts_with("http"));
        // A letter that stands alone in capitals is a name: U-boats.
        let said = form.len() > 1 || token.shape == Shape::Lower;
        let classes = lexicon.classes_of(&token, form);
        words += usize::from(said && classes.has(known.colloquial));
        // "see you monday"
        let small = token.kind == Kind::Word && token.shape == Shape::Lower;
        let weekday =
            classes.has(lexicon.known.weekday) || classes.has(lexicon.known.small_weekday);
        words += usize::from(small && weekday);
        // "closed Mon, back Thurs", but not "Mon 12 May"
        spoken |= std::mem::take(&mut short) && token.kind != Kind::Number;
        short = token.kind == Kind::Word
            && (classes.has(lexicon.known.small_weekday)
                || classes.has(lexicon.known.word_weekday));
        // "Been in the sun all day": no one is said to have been.
        spoken |= tokens == 1 && classes.has(known.opener);
        spoken |= matches!(form, "!" | "?") || classes.has(known.personal);
        quoted |= matches!(form, "\"" | "“" | "”" | "„" | "«" | "`");
        // "!!", "...", "??": a mark said twice.
        marks +=
            usize::from(token.kind == Kind::Mark && last == Some(form) && token.gap == Gap::Glued);
        last = Some(form);
    }
    spoken |= short;
    marks += text.split_ascii_whitespace().filter(|word| FACES.contains(word)).count();
    // Pictures are words of messages.
    marks += text.chars().filter(|c| matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{23e9}'..='\u{23fa}')).count();
    let open = text.trim_start().starts_with(|c: char| c.is_lowercase());
    // "Off to Lisbon on Friday, any tips?": no one is quoted who says so.
    marks + words > 0 || (open && tokens >= SENTENCE) || spoken && !quoted
}

enum Said {
    Dated,
    /// A day of a month without its year.
    Following,
    Pointing,
    Neither,
}

fn said(expr: &Expr) -> Said {
    match expr {
        Expr::Fields(fields) if fields.is_anchored() => Said::Dated,
        Expr::Fields(fields) if fields.day.is_some() => Said::Following,
        expr if expr.is_weekday() => Said::Pointing,
        Expr::Unit { from: From::Reference | From::Auto | From::Looked, .. }
        | Expr::Weekend { .. }
        | Expr::Vague { what: Vague::Present, .. } => Said::Pointing,
        Expr::Shift { from: From::Reference, of: None, .. } => Said::Pointing,
        Expr::Which { from: From::Reference | From::Auto, .. } => Said::Pointing,
        Expr::Part { of: Some(of), .. } | Expr::At { of: Some(of), .. } => said(of),
        Expr::Modified { of, .. } | Expr::In { of, .. } => said(of),
        Expr::Range { from, .. } => said(from),
        _ => Said::Neither,
    }
}
