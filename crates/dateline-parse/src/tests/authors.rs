//! Who wrote a page, by what it says of itself and by its byline.

use super::{read, read_story};

#[test]
fn authors_of_bylines() {
    let cases = [
        ("By Jane Roe", "Jane Roe"),
        ("By Jane Roe and John Doe", "Jane Roe; John Doe"),
        ("By Jane Roe, John van der Doe & Ann Poe", "Jane Roe; John van der Doe; Ann Poe"),
        ("By JANE ROE, JOHN DOE and ANN POE", "JANE ROE; JOHN DOE; ANN POE"),
        ("By Jane Roe | Harbour News", "Jane Roe"),
        ("By Jane Roe, Senior Writer", "Jane Roe"),
        ("By Jane Roe, Speech and Technology Project", "Jane Roe"),
        ("Posted by: Jane Roe", "Jane Roe"),
        ("By Jane Roe • March 12, 2025", "Jane Roe"),
        // An office is nobody, nor is a word alone.
        ("By Our Correspondent", ""),
        ("By Staff Reporter", ""),
        ("By Reuters", ""),
        ("By night they came", ""),
    ];
    for (byline, expect) in cases {
        let text = format!(
            "Ferry sinks off the coast\n\n{byline}\n\nThey met for an hour, and nobody signed a word.\n"
        );
        assert_eq!(read(&text).brief.metadata.authors.join("; "), expect, "{byline}");
    }
}

#[test]
fn authors_of_pages() {
    let cases = [
        (
            "<meta name=author content='By Jane Roe'><meta name=author content='JANE ROE'>",
            "Jane Roe",
        ),
        ("<meta name=author content=''>", ""),
        ("<meta name=author content=https://example.org/jane>", ""),
        ("<meta name=author content='jane@example.org (Jane Roe)'>", "Jane Roe"),
        ("<meta name=author content='Jane Roe and John Doe'>", "Jane Roe; John Doe"),
        ("<meta name=author content='Roe, J.'>", "Roe, J."),
        // "De" and "Di" say who wrote it in a byline, and are names in names.
        ("<meta name=author content='De Roe'>", "De Roe"),
        ("<span class=byline>Di Giovanna Rossi</span>", "Giovanna Rossi"),
        // People of the data go before the account, that before the house.
        (
            "<meta name=author content=admin><script type=application/ld+json>{\"@type\": \
             \"NewsArticle\", \"author\": [{\"@type\": \"Person\", \"name\": \"Jane Roe\"}]}</script>",
            "Jane Roe",
        ),
        (
            "<meta name=author content='Jane Roe'><script type=application/ld+json>{\"@type\": \
             \"NewsArticle\", \"author\": {\"@type\": \"Organization\", \"name\": \"Harbour\"}}</script>",
            "Jane Roe",
        ),
        (
            "<meta property=og:site_name content=Harbour><meta name=author content=Harbour>\
             <p class=meta><a rel=author href=/jane>Jane Roe</a></p>",
            "Jane Roe",
        ),
        (
            "<meta property=og:site_name content=Harbour><meta name=author content=Harbour>",
            "Harbour",
        ),
        ("<p itemprop=author itemscope>By <span itemprop=name>Jane Roe</span></p>", "Jane Roe"),
        ("<p><a rel=author href=/jane>jane</a> 7 Comments</p>", ""),
        ("<span class=byline>By</span><span class=author>Jane Roe</span>", "Jane Roe"),
        (
            "<div class=byline><span class=author>By</span> <span class=author>Jane Roe</span> \
             <span class=author>and</span> <span class=author>John Doe</span></div>",
            "Jane Roe; John Doe",
        ),
    ];
    for (head, expect) in cases {
        let parsed = read_story(head);
        assert_eq!(parsed.brief.metadata.authors.join("; "), expect, "{head}");
    }
}
