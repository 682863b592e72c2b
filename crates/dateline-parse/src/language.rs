//! The language of a brief, where it is sure. Short texts are not guessed at.

use dateline_model::BlockKind;
use dateline_text::TextRange;
use whatlang::Lang;

/// How much prose the detector sees, how much of it at first, and how little is too little,
/// in bytes and in letters.
const SAMPLE: usize = 2000;
const FIRST: usize = 600;
const LEAST: usize = 80;

/// ISO 639-1 code of the language of the prose in `blocks`.
pub(crate) fn language(text: &str, blocks: &[(BlockKind, TextRange)]) -> Option<String> {
    let mut sample = String::new();
    for (_, range) in blocks.iter().filter(|(kind, _)| kind.is_prose()) {
        let words = range.slice(text).unwrap_or_default();
        let room = SAMPLE.saturating_sub(sample.len());
        sample.extend(words.chars().take(room));
        sample.push(' ');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    // Most prose is told by its first words, in less time.
    let first = sample.get(..sample.floor_char_boundary(FIRST)).unwrap_or_default();
    let sure = |info: &whatlang::Info| info.is_reliable() && info.confidence() == 1.0;
    let info = whatlang::detect(first).filter(sure).or_else(|| whatlang::detect(&sample))?;
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let foreign_script = !matches!(info.script(), whatlang::Script::Latin);
    if letters < LEAST && !(foreign_script && letters >= 20) {
        return None;
    }
    if info.lang() == Lang::Eng {
        return (info.is_reliable() || info.confidence() > 0.5).then(|| "en".to_string());
    }
    // News is full of foreign names: another language in Latin letters must be sure.
    let sure = info.is_reliable() && info.confidence() > 0.9;
    (foreign_script && info.is_reliable() || sure && letters >= 2 * LEAST)
        .then(|| code(info.lang()))
        .flatten()
}

fn code(lang: Lang) -> Option<String> {
    let code = match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Urd => "ur",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Tha => "th",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Ell => "el",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Cat => "ca",
        _ => return None,
    };
    Some(code.to_string())
}
