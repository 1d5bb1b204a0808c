"""What a tagged PDF holds, read with pikepdf: its tags, what is drawn under which tag, its fonts."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

SHOWING = frozenset(("Tj", "TJ", "'", '"'))
PAINTING = SHOWING.union(
    ("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE")
)
FOLLOWED = " ".join(PAINTING.union(("BDC", "BMC", "EMC", "q", "Q", "Tf", "BI")))
DEEPEST = 60


def set_of(names: str) -> frozenset[str]:
    """Return names, given in one text, as a set."""
    return frozenset(names.split())


def name_of(value: Any) -> str:
    """Return a PDF name without its slash; empty for none."""
    return "" if value is None else str(value).removeprefix("/")


def listed(value: Any) -> list[Any]:
    """Return what may be one thing or an array of them as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


@dataclass(eq=False)
class Tag:
    """A structure element.

    Args:
        element: It, as pikepdf reads it.
        kind: Its standard type, as the role map says.
        parent: The tag around it.
        children: The tags in it, in order.
        contents: Numbers of marked content in it, each with its page.
        order: Both, as they are read.
        objects: Annotations and pictures that it refers to.
    """

    element: Any
    kind: str
    parent: Tag | None
    children: list[Tag] = field(default_factory=list)
    contents: list[tuple[tuple[int, int], int]] = field(default_factory=list)
    order: list[Tag | tuple[tuple[int, int], int]] = field(default_factory=list)
    objects: list[tuple[int, int]] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Return a text of it, such as ``/Alt``."""
        return str(self.element.get(key, ""))

    def all_contents(self) -> Iterator[tuple[tuple[int, int], int]]:
        """Yield the marked content in it and in the tags inside it, as it is read."""
        for each in self.order:
            if isinstance(each, Tag):
                yield from each.all_contents()
            else:
                yield each

    def inside(self) -> Iterator[Tag]:
        """Yield every tag inside it."""
        for each in self.children:
            yield each
            yield from each.inside()

    def attribute(self, name: str) -> Any:
        """Return the value of an attribute, whichever owner states it."""
        for each in listed(self.element.get("/A")):
            if isinstance(each, pikepdf.Dictionary) and name in each:
                return each[name]
        return None


@dataclass(frozen=True)
class Drawn:
    """Something that a page draws.

    Args:
        page: Number of the page, from 1.
        operator: What draws it.
        marks: What is marked around it, outermost first: ``Artifact``, the number of a tag, else None.
        font: The font, where it is text.
        codes: The characters' codes, where it is text.
    """

    page: int
    operator: str
    marks: tuple[int | str | None, ...]
    font: Any = None
    codes: tuple[int, ...] = ()


class Tagged:
    """A PDF, opened.

    Args:
        data: Its bytes.
    """

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.root: Any = self.pdf.Root
        self._known: dict[tuple[int, int], dict[int, str]] = {}
        self.tree: Any = self.root.get("/StructTreeRoot")
        mapped: Any = {} if self.tree is None else self.tree.get("/RoleMap", {})
        self.roles = {name_of(key): name_of(value) for key, value in mapped.items()}

    @cached_property
    def metadata(self) -> str:
        """The XMP metadata; empty: there is none."""
        stream = self.root.get("/Metadata")
        return "" if stream is None else stream.read_bytes().decode("utf-8")

    def standard(self, kind: str) -> str:
        """Return the standard type that a type stands for."""
        for _ in range(DEEPEST):
            if kind not in self.roles:
                break
            kind = self.roles[kind]
        return kind

    @cached_property
    def tags(self) -> list[Tag]:
        """Every tag, in reading order."""
        return list(self._walk())

    def _walk(self) -> Iterator[Tag]:
        for each in listed((self.tree or {}).get("/K")):
            yield from self._tag(each, None)

    def _tag(self, element: Any, parent: Tag | None) -> Iterator[Tag]:
        tag = Tag(element, self.standard(name_of(element.get("/S"))), parent)
        yield tag
        for each in listed(element.get("/K")):
            if isinstance(each, int) or name_of(each.get("/Type")) == "MCR":
                tag.contents.append(_content(each, element))
                tag.order.append(tag.contents[-1])
            elif name_of(each.get("/Type")) == "OBJR":
                tag.objects.append(each["/Obj"].objgen)
            else:
                inner = list(self._tag(each, tag))
                tag.children.append(inner[0])
                tag.order.append(inner[0])
                yield from inner

    @cached_property
    def tag_of_content(self) -> dict[tuple[tuple[int, int], int], Tag]:
        """The tag of each piece of marked content, by page and number."""
        return {content: tag for tag in self.tags for content in tag.contents}

    @cached_property
    def tag_of_object(self) -> dict[tuple[int, int], Tag]:
        """The tag of each annotation or picture that one refers to."""
        return {each: tag for tag in self.tags for each in tag.objects}

    @cached_property
    def parents(self) -> dict[int, Any]:
        """What the parent tree has for each number."""
        found: dict[int, Any] = {}
        waiting = [(self.tree or {}).get("/ParentTree")]
        while waiting:
            node: Any = waiting.pop()
            if node is None:
                continue
            numbers = list(node.get("/Nums", []))
            found |= {
                int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)
            }
            waiting.extend(node.get("/Kids", []))
        return found

    @cached_property
    def annotations(self) -> list[tuple[int, Any, Any]]:
        """Every annotation with the number of its page and the page."""
        return [
            (number, page.obj, each)
            for number, page in enumerate(self.pdf.pages, start=1)
            for each in page.obj.get("/Annots", [])
        ]

    @cached_property
    def drawn(self) -> list[Drawn]:
        """Everything that the pages draw."""
        found: list[Drawn] = []
        for number, page in enumerate(self.pdf.pages, start=1):
            _Pen(number, found).run(page.obj, page.obj.get("/Resources", {}), ())
        return found

    @cached_property
    def written(self) -> dict[tuple[int, int], str]:
        """The text of each piece of marked content, by number of the page and of the content."""
        found: dict[tuple[int, int], str] = defaultdict(str)
        for each in self.drawn:
            numbers = [mark for mark in each.marks if isinstance(mark, int)]
            if each.font is not None and numbers:
                known = self._characters(each.font)
                found[each.page, numbers[-1]] += "".join(
                    known.get(code, "?") for code in each.codes
                )
        return dict(found)

    def _characters(self, font: Any) -> dict[int, str]:
        if font.objgen not in self._known:
            self._known[font.objgen] = Font(font, frozenset()).to_unicode()
        return self._known[font.objgen]

    @cached_property
    def pages(self) -> dict[tuple[int, int], int]:
        """The number of each page."""
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}

    def text_by_page(self, tag: Tag) -> dict[int, str]:
        """Return the text of a tag and those inside it, by number of the page."""
        found: dict[int, str] = defaultdict(str)
        for page, number in tag.all_contents():
            at = self.pages[page]
            found[at] += self.written.get((at, number), "")
        return dict(found)

    @cached_property
    def fonts(self) -> list[Font]:
        """Every font that the pages write with, each once, with the codes they use."""
        codes: dict[tuple[int, int], set[int]] = defaultdict(set)
        fonts = {}
        for each in self.drawn:
            if each.font is not None:
                codes[each.font.objgen].update(each.codes)
                fonts[each.font.objgen] = each.font
        return [Font(font, frozenset(codes[key])) for key, font in fonts.items()]


def _content(each: Any, element: Any) -> tuple[tuple[int, int], int]:
    """Return the page and the number of marked content that a structure element names."""
    if isinstance(each, int):
        return element["/Pg"].objgen, each
    return each.get("/Pg", element.get("/Pg")).objgen, int(each["/MCID"])


class _Pen:
    """Follows a stream of drawing operators."""

    def __init__(self, page: int, found: list[Drawn]) -> None:
        self.page, self.found = page, found

    def run(self, stream: Any, resources: Any, marks: tuple[int | str | None, ...]) -> None:
        """Note all that a stream draws; ``marks`` is what is marked around it."""
        stack = list(marks)
        font: Any = None
        kept: list[Any] = []
        instructions: Any = pikepdf.parse_content_stream(stream, FOLLOWED)
        for operands, operator in instructions:
            name = str(operator)
            if name in {"BDC", "BMC"}:
                stack.append(_mark(operands, resources))
            elif name == "EMC":
                stack.pop()
            elif name == "q":
                kept.append(font)
            elif name == "Q":
                font = kept.pop()
            elif name == "Tf":
                font = resources["/Font"][operands[0]]
            elif name in SHOWING:
                codes = tuple(_codes(operands))
                self.found.append(Drawn(self.page, name, tuple(stack), font, codes))
            elif name == "Do" and _is_form(resources["/XObject"][operands[0]]):
                form = resources["/XObject"][operands[0]]
                self.run(form, form.get("/Resources", resources), tuple(stack))
            elif name in PAINTING:
                self.found.append(Drawn(self.page, name, tuple(stack)))


def _is_form(xobject: Any) -> bool:
    return name_of(xobject.get("/Subtype")) == "Form"


def _mark(operands: Any, resources: Any) -> int | str | None:
    """Return what marked content is: an artifact, the content of a tag, or neither."""
    if name_of(operands[0]) == "Artifact":
        return "Artifact"
    if len(operands) < 2:
        return None
    properties = operands[1]
    if isinstance(properties, pikepdf.Name):
        properties = resources["/Properties"][properties]
    return int(properties["/MCID"]) if "/MCID" in properties else None


def _codes(operands: Any) -> Iterator[int]:
    """Yield the codes of text, of two bytes each, as every font of ours has them."""
    for each in operands:
        if isinstance(each, pikepdf.Array):
            yield from _codes(each)
        elif isinstance(each, pikepdf.String):
            data = bytes(each)
            yield from (data[at] * 256 + data[at + 1] for at in range(0, len(data) - 1, 2))


@dataclass(frozen=True)
class Font:
    """A font of a PDF.

    Args:
        font: It, as pikepdf reads it.
        codes: The codes that the pages use.
    """

    font: Any
    codes: frozenset[int]

    @property
    def name(self) -> str:
        """Its name."""
        return name_of(self.font.get("/BaseFont"))

    @property
    def inner(self) -> Any:
        """The font of glyphs inside it."""
        found = listed(self.font.get("/DescendantFonts"))
        return found[0] if found else self.font

    @property
    def descriptor(self) -> Any:
        """What says how it looks, and holds its glyphs."""
        return self.inner.get("/FontDescriptor", {})

    @property
    def program(self) -> Any:
        """The stream with its glyphs; None: it is not embedded."""
        for key in ("/FontFile2", "/FontFile3", "/FontFile"):
            if key in self.descriptor:
                return self.descriptor[key]
        return None

    def glyphs(self) -> TTFont | None:
        """Return its glyphs, where they are TrueType outlines."""
        if "/FontFile2" not in self.descriptor:
            return None
        data = self.descriptor["/FontFile2"].read_bytes()
        return TTFont(io.BytesIO(data), lazy=True)

    def to_unicode(self) -> dict[int, str]:
        """Return the characters of its codes."""
        if "/ToUnicode" not in self.font:
            return {}
        text = self.font["/ToUnicode"].read_bytes().decode("latin-1")
        found: dict[int, str] = {}
        for part in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
            pairs = re.findall(r"<([\da-fA-F]+)>\s*<([\da-fA-F]*)>", part)
            found |= {int(code, 16): _text(hexed) for code, hexed in pairs}
        for part in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
            ranges = re.findall(r"<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*<([\da-fA-F]+)>", part)
            for first, last, begin in ranges:
                start = int(first, 16)
                found |= {
                    code: chr(int(begin, 16) + code - start)
                    for code in range(start, int(last, 16) + 1)
                }
        return found

    def widths(self) -> dict[int, float]:
        """Return the widths that it states for its codes, in thousandths of its size."""
        found: dict[int, float] = {}
        values = list(self.inner.get("/W", []))
        while values:
            first = int(values.pop(0))
            second = values.pop(0)
            if isinstance(second, pikepdf.Array):
                found |= {first + at: float(each) for at, each in enumerate(second)}
            else:
                width = float(values.pop(0))
                found |= dict.fromkeys(range(first, int(second) + 1), width)
        return found


def _text(hexed: str) -> str:
    return bytes.fromhex(hexed).decode("utf-16-be", "replace")
