"""A handout as a page: what stands where, and that no text gets out of its place."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from pathways.errors import UnknownNameError, UnsafeTextError
from pathways.handouts.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Figure,
    Handout,
    Letterhead,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    Term,
    Terms,
    everything,
    plain_texts,
    text_of,
)
from pathways.handouts.quality.outline import heading_gaps, outline
from pathways.handouts.writers import html_values
from pathways.handouts.writers.html import to_html
from pathways.language import spoken
from pathways.reports.html import POLICY
from tests.handouts.parsed import Element, parsed
from tests.handouts.sample import logo, sample

HOSTILE = "</style></title><script>alert(1)</script> \"double\" 'single' ]]> --> {{ 7*7 }} {% raise %} &amp; <b x='"
PLAIN_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(scope="module")
def page() -> Element:
    return parsed(to_html(sample()))


def with_blocks(*blocks: Block) -> Handout:
    return replace(sample(), sections=(Section("only", "Only part", blocks),))


def figure() -> Figure:
    return next(each for each in everything(sample()) if isinstance(each, Figure))


def test_the_same_handout_gives_the_same_page() -> None:
    assert to_html(sample()) == to_html(sample())


def test_landmarks_and_skip_link(page: Element) -> None:
    html = page.one("html")
    assert html.attributes["lang"] == "en"
    body = page.one("body")
    assert [each.tag for each in body.inside if isinstance(each, Element)] == [
        "a",
        "header",
        "main",
        "footer",
    ]
    skip = body.all("a")[0]
    assert skip.attributes["href"] == "#main"
    assert page.one("main").attributes["id"] == "main"
    assert page.one("nav").attributes["aria-label"]
    assert page.one("head").one("title").text == f"{sample().title} – {sample().subtitle}"


def test_policy_comes_first(page: Element) -> None:
    metas = [each for each in page.one("head").inside if isinstance(each, Element)]
    assert metas[0].attributes == {"charset": "utf-8"}
    assert metas[1].attributes["content"] == POLICY
    for part in ("default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"):
        assert part in POLICY


@pytest.mark.parametrize("profile", ["standard", "clear-print", "large-print"])
def test_nothing_runs_and_nothing_is_loaded(profile: str) -> None:
    text = to_html(sample(profile))
    page = parsed(text)
    assert not [
        each for each in page.everything() if each.tag in {"script", "link", "iframe", "form"}
    ]
    for each in page.everything():
        assert not [name for name in each.attributes if name.startswith("on")]
        for name in ("src", "xlink:href", "srcset", "data", "poster", "background", "action"):
            assert each.attributes.get(name, "data:").startswith("data:")
    for style in page.all("style"):
        assert "url(" not in style.text
        assert "@import" not in style.text
    outside = set(re.findall(r"https?://[^\s\"'<]+", text))
    named = {run.href for run in runs(sample())}
    assert {each.replace("&amp;", "&") for each in outside} <= named | {
        "http://www.w3.org/2000/svg"
    }


def runs(handout: Handout) -> list[Run]:
    from pathways.handouts.links import lines_in

    return [run for each in everything(handout) for line in lines_in(each) for run in line]


def test_every_text_is_there_in_reading_order(page: Element) -> None:
    text = page.one("main").text
    position = 0
    for block in everything(sample()):
        for each in plain_texts(block):
            words = " ".join(each.split())
            found = text.find(words)
            assert found >= 0, words
            if isinstance(block, Section | Notice):
                found = text.find(words, position)
                assert found >= position, words
                position = found


def headings(page: Element) -> list[tuple[int, str]]:
    return [
        (int(each.tag[1]), each.text)
        for each in page.everything()
        if re.fullmatch("h[1-6]", each.tag)
    ]


def test_box_without_a_title_leaves_no_gap_in_the_headings() -> None:
    card = Card("Heat", None, "", ())
    handout = with_blocks(Notice("note", "", (card,)), Card("", None, "", (card,)), card)
    assert headings(parsed(to_html(handout))) == [
        (each.level, each.title) for each in outline(handout)
    ]
    assert heading_gaps(outline(handout)) == ()


def test_headings_are_those_of_the_outline_without_a_gap(page: Element) -> None:
    found = headings(page)
    assert found == [(each.level, each.title) for each in outline(sample())]
    levels = [level for level, _ in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(levels) == 4
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_emergency_box_comes_before_every_section(page: Element) -> None:
    boxes = page.all("section")
    assert boxes[0].attributes["role"] == "region"
    assert boxes[0].attributes["aria-label"] == sample().emergency.title
    assert "notice-emergency" in boxes[0].kinds
    before = page.one("main").text.split(sample().emergency.title)[0]
    assert before.split() == f"{sample().title} {sample().subtitle} {sample().status}".split()
    back = page.one("footer").one("a")
    assert back.text == sample().emergency.title
    target = back.attributes["href"][1:]
    assert [each for each in page.everything() if each.attributes.get("id") == target]


def test_boxes_are_named_regions_and_choices_are_articles(page: Element) -> None:
    regions = [each for each in page.all("section") if each.attributes.get("role") == "region"]
    notices = [each for each in everything(sample()) if isinstance(each, Notice)]
    assert [each.attributes["aria-label"] for each in regions] == [each.title for each in notices]
    cards = [each for each in everything(sample()) if isinstance(each, Card)]
    assert [each.all()[0].text for each in page.all("article")] == [each.title for each in cards]
    assert [each.text for each in page.all("p", "badge")] == [
        each.badge_words for each in cards if each.badge_words
    ]


def test_box_without_a_title_still_has_a_name() -> None:
    page = parsed(
        to_html(with_blocks(Notice("note", "", (Paragraph(text_of("Pain is no harm.")),))))
    )
    region = page.all("section", "notice-note")[0]
    assert region.attributes["aria-label"] == "Pain is no harm."
    assert not [each for each in region.everything() if re.fullmatch("h[1-6]", each.tag)]


def test_tables_have_a_caption_and_headings_with_scope(page: Element) -> None:
    table = page.one("table")
    (block,) = [each for each in everything(sample()) if isinstance(each, Table)]
    assert table.one("caption").text == block.caption
    columns = [each for each in table.all("th") if each.attributes["scope"] == "col"]
    rows = [each for each in table.all("th") if each.attributes["scope"] == "row"]
    assert [each.text for each in columns] == [*block.head]
    assert len(rows) == len(block.rows)
    assert all(each.is_in("thead") for each in columns)
    # On a phone each cell carries the heading of its column.
    assert {each.attributes["data-label"] for each in table.all("td")} == set(block.head[1:])


def test_lists_terms_and_lines_to_write_on(page: Element) -> None:
    lists = [each for each in everything(sample()) if isinstance(each, Bullets)]
    main = [each for each in page.all() if each.tag in {"ol", "ul"} and not each.is_in("nav")]
    assert [each.tag == "ol" for each in main] == [each.ordered for each in lists]
    assert [len(each.all("li")) for each in main] == [len(each.items) for each in lists]
    (terms,) = [each for each in everything(sample()) if isinstance(each, Terms)]
    assert [each.text for each in page.one("dl").all("dt")] == [each.word for each in terms.items]
    blanks = [each for each in everything(sample()) if isinstance(each, Blank)]
    assert [each.attributes["aria-label"] for each in page.all("div", "blank")] == [
        each.label for each in blanks
    ]
    assert [len(each.all("div", "line")) for each in page.all("div", "blank")] == [
        each.lines for each in blanks
    ]


def test_picture_is_named_and_its_words_stand_below(page: Element) -> None:
    shown, block = page.one("figure"), figure()
    svg = shown.one("svg")
    assert svg.attributes["role"] == "img"
    names = svg.attributes["aria-labelledby"].split()
    title = next(each for each in svg.all("title") if each.attributes["id"] in names)
    assert block.picture.title in title.text
    assert block.alt in title.text
    assert svg.one("desc").attributes["id"] == svg.attributes["aria-describedby"]
    assert svg.one("desc").text
    assert shown.one("figcaption").text == block.caption
    assert [each.text for each in shown.one("details").all("p")] == [*block.words]


def test_the_same_picture_twice_shares_no_id() -> None:
    page = parsed(to_html(with_blocks(figure(), figure(), figure())))
    ids = [each.attributes["id"] for each in page.everything() if "id" in each.attributes]
    assert len(ids) > 20
    assert len(ids) == len(set(ids))
    known = set(ids)
    for each in page.all("svg"):
        assert {each.attributes["aria-labelledby"], each.attributes["aria-describedby"]} <= known
        assert f"#{each.attributes['id']}:is(svg)" in each.one("style").text


def test_sections_with_the_same_or_like_names_share_no_id() -> None:
    parts = tuple(Section(key, key, ()) for key in ("a b", "a-b", "a b", "main", "picture-1"))
    page = parsed(to_html(replace(sample(), sections=(*parts, Section("p", "P", (figure(),))))))
    ids = [each.attributes["id"] for each in page.everything() if "id" in each.attributes]
    assert len(ids) == len(set(ids))


def test_links_find_sections_with_like_names() -> None:
    parts = (Section("a b", "One", ()), Section("a-b", "Two", ()))
    line = (Run("to one", href="#a b"), Run("to two", href="#a-b"))
    page = parsed(
        to_html(replace(sample(), sections=(*parts, Section("c", "C", (Paragraph(line),)))))
    )
    links = {each.text: each.attributes["href"] for each in page.all("a")}
    headed = {
        each.attributes["id"]: each for each in page.all("section") if "id" in each.attributes
    }
    assert headed[links["to one"][1:]].one("h2").text == "One"
    assert headed[links["to two"][1:]].one("h2").text == "Two"


def test_links_lead_to_sections_and_web_addresses_only(page: Element) -> None:
    ids = {each.attributes["id"] for each in page.everything() if "id" in each.attributes}
    links = [each.attributes["href"] for each in page.all("a")]
    assert all(each[1:] in ids or each.startswith("https://www.nice.org.uk/") for each in links)
    chosen = [each for each in page.all("a") if each.text == "your choices"]
    assert [each.attributes["href"] for each in chosen] == ["#part-choices"]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "#nowhere",
        "//evil.example",
        "file:///etc/passwd",
        "https:",
        "http://[x",
    ],
)
def test_other_links_are_words_only(href: str) -> None:
    page = parsed(to_html(with_blocks(Paragraph((Run("these words", href=href),)))))
    assert "these words" in page.one("main").text
    assert "these words" not in [each.text for each in page.all("a")]


def test_hostile_texts_are_shown_as_they_are() -> None:
    line = text_of(HOSTILE)
    handout = replace(
        with_blocks(
            Paragraph(line),
            Bullets((line,)),
            Terms((Term(HOSTILE, line),)),
            Table(HOSTILE, (HOSTILE, HOSTILE), ((line, line),), (0.5, 0.5)),
            replace(figure(), caption=HOSTILE, alt=HOSTILE, words=(HOSTILE,)),
            Notice("note", HOSTILE, (Paragraph(line),)),
            Notice("note", "", (Paragraph(line),)),
            Card(HOSTILE, "mixed", HOSTILE, ()),
            Blank(HOSTILE, 1, HOSTILE),
            Section(HOSTILE, HOSTILE, ()),
        ),
        title=HOSTILE,
        subtitle=HOSTILE,
        version=HOSTILE,
        date=HOSTILE,
        status=HOSTILE,
        advice=HOSTILE,
        reminder=HOSTILE,
        language=HOSTILE,
        pathway=HOSTILE,
        letterhead=Letterhead(HOSTILE, (HOSTILE,), logo(), HOSTILE),
    )
    page = parsed(to_html(handout))
    assert not page.all("script")
    assert not page.all("b")
    assert page.one("html").attributes["lang"] == HOSTILE
    assert page.one("img").attributes["alt"] == HOSTILE
    text = page.one("body").text
    for each in ("h1", "figcaption", "caption", "dt", "dd", "summary"):
        assert page.all(each)
    assert page.one("h1").text == HOSTILE
    assert text.count(HOSTILE) > 25
    assert [each.attributes["aria-label"] for each in page.all("section", "notice-note")] == [
        HOSTILE
    ] * 2


def test_a_text_that_cannot_be_shown_is_refused_with_its_place() -> None:
    with pytest.raises(UnsafeTextError, match=r"title of only: .*U\+202E"):
        to_html(replace(sample(), sections=(Section("only", "x\u202ey", ()),)))


def test_spaces_between_pieces_of_a_line_stay() -> None:
    line = (Run("Only "), Run("now", strong=True), Run(" and  then"), Run(""))
    page = parsed(to_html(with_blocks(Paragraph(line))))
    assert "Only now and then" in page.one("main").text


def test_what_has_no_translation_says_its_language() -> None:
    handout = replace(with_blocks(Paragraph((Run("[en] Rest"), Run("Reposo")))), language="es")
    spans = parsed(to_html(handout)).all("span")
    assert [(each.attributes["lang"], each.text) for each in spans] == [("en", "[en] Rest")]


def test_fixed_words_are_in_the_language_of_the_handout(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []

    def say(text: str, **words: object) -> str:
        heard.append(spoken())
        return text

    monkeypatch.setattr(html_values, "say", say)
    page = parsed(to_html(replace(sample(), language="es-MX")))
    assert set(heard) == {"es"}
    assert page.one("html").attributes["lang"] == "es-MX"


def test_logo_is_an_image_whatever_is_in_it() -> None:
    for data, kind in ((logo(), "png"), (PLAIN_SVG, "svg+xml")):
        head = replace(sample().letterhead, logo=data)
        page = parsed(to_html(replace(sample(), letterhead=head)))
        image = page.one("img")
        assert image.attributes["src"].startswith(f"data:image/{kind};base64,")
        assert image.attributes["alt"] == sample().letterhead.logo_alt
        assert not page.all("script")


def test_what_is_no_picture_is_no_logo() -> None:
    head = replace(sample().letterhead, logo=b"GIF89a")
    with pytest.raises(UnsafeTextError, match="neither PNG nor SVG"):
        to_html(replace(sample(), letterhead=head))


def test_no_letterhead_no_header() -> None:
    page = parsed(to_html(replace(sample(), letterhead=Letterhead())))
    assert not page.all("header")
    assert not page.all("img")


@pytest.mark.parametrize(
    "colour", ["red", "#12345", "#005EB8;} body{display:none", "#005EB8\n", ""]
)
def test_what_is_no_colour_stays_out_of_the_style(colour: str) -> None:
    head = replace(sample().letterhead, colour=colour)
    with pytest.raises(UnsafeTextError, match="colour of the letterhead"):
        to_html(replace(sample(), letterhead=head))


@pytest.mark.parametrize(
    ("profile", "screen", "print_size"),
    [
        ("standard", "--body: 0.875rem; --small: 0.75rem", "--body: 10.5pt; --small: 9pt"),
        ("clear-print", "--body: 1.042rem; --small: 1rem", "--body: 12.5pt; --small: 12pt"),
        ("large-print", "--body: 1.417rem; --small: 1.333rem", "--body: 17pt; --small: 16pt"),
    ],
)
def test_sizes_are_those_of_the_profile(profile: str, screen: str, print_size: str) -> None:
    style = parsed(to_html(sample(profile))).one("head").one("style").text
    assert screen in style
    assert print_size in style


def test_no_rule_sets_type_smaller_than_the_smallest() -> None:
    from importlib.resources import files

    rules = (files("pathways.handouts") / "templates" / "handout.css").read_text("utf-8")
    sizes = re.findall(r"font-size: ([^;]+);", rules)
    assert len(sizes) > 8
    relative = [each for each in sizes if not each.startswith("var(")]
    assert all(float(each.removesuffix("em")) >= 1 for each in relative)


def test_paper_is_that_of_the_handout() -> None:
    assert "size: 612pt 792pt" in to_html(replace(sample(), paper="letter"))
    assert "size: 595.28pt 841.89pt" in to_html(sample())


def test_unknown_profile_is_named() -> None:
    with pytest.raises(UnknownNameError, match="clear-print"):
        to_html(replace(sample(), profile="clear-prnt"))


def test_footer_says_what_the_handout_is(page: Element) -> None:
    handout, text = sample(), page.one("footer").text
    for each in (handout.title, handout.version, handout.date, handout.status, handout.advice):
        assert each in text
