"""Ways to damage a good PDF, one for each condition that a program can check."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, Stream, String

from tests.handouts.tagged import listed, name_of

Damage = Callable[[Pdf], None]


def damaged(data: bytes, damage: Damage) -> bytes:
    """Return a PDF after some damage.

    Args:
        data: A good one.
        damage: What to do to it.
    """
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        damage(pdf)
        pdf.save(saved, fix_metadata_version=False)
    return saved.getvalue()


def locked(data: bytes) -> bytes:
    """Return a PDF that screen readers may not read."""
    saved = io.BytesIO()
    forbidden = pikepdf.Permissions(accessibility=False, extract=False)
    lock = pikepdf.Encryption(
        owner="owner", user="", R=3, allow=forbidden, aes=False, metadata=False
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(saved, encryption=lock)
    return saved.getvalue()


# Tags


def tags(pdf: Pdf, kind: str) -> list[Any]:
    """Return the structure elements of a type, in reading order."""
    return [each for each in _walk(pdf.Root.StructTreeRoot) if name_of(each.get("/S")) == kind]


def _walk(element: Any) -> Iterator[Any]:
    for each in listed(element.get("/K")):
        if isinstance(each, Dictionary) and "/S" in each:
            yield each
            yield from _walk(each)


def retagged(kind: str, new: str, *, which: int = 0, count: int = 1, **entries: Any) -> Damage:
    """Return the damage of another type for tags of one type."""

    def damage(pdf: Pdf) -> None:
        for each in tags(pdf, kind)[which : which + count]:
            each[Name.S] = Name("/" + new)
            for key, value in entries.items():
                each[Name("/" + key)] = value

    return damage


def without(key: str, *kinds: str) -> Damage:
    """Return the damage of tags of some types that lose an entry."""

    def damage(pdf: Pdf) -> None:
        for each in (each for kind in kinds for each in tags(pdf, kind) if key in each):
            del each[key]

    return damage


def roles(**mapped: str) -> Damage:
    """Return the damage of another role map."""

    def damage(pdf: Pdf) -> None:
        for kind, role in mapped.items():
            pdf.Root.StructTreeRoot.RoleMap[Name("/" + kind)] = Name("/" + role)

    return damage


def no_parents(pdf: Pdf) -> None:
    """Take the tree that leads from content to tags away."""
    del pdf.Root.StructTreeRoot["/ParentTree"]


# The catalogue


def entry(path: str, value: Any = None) -> Damage:
    """Return the damage of another value in the catalogue; None takes the entry away."""

    def damage(pdf: Pdf) -> None:
        *above, last = path.split()
        holder: Any = pdf.Root
        for key in above:
            holder = holder["/" + key]
        if value is None:
            del holder["/" + last]
        else:
            holder["/" + last] = value

    return damage


def metadata(old: bytes, new: bytes) -> Damage:
    """Return the damage of other words in the metadata."""

    def damage(pdf: Pdf) -> None:
        found = pdf.Root.Metadata.read_bytes()
        assert old in found
        pdf.Root.Metadata.write(found.replace(old, new))

    return damage


def nameless_file(pdf: Pdf) -> None:
    """Embed a file whose name stands in one form alone."""
    inside = pdf.make_stream(b"x")
    spec = Dictionary(Type=Name.Filespec, F=String("x.txt"), EF=Dictionary(F=inside))
    pdf.Root.Names[Name.EmbeddedFiles] = Dictionary(
        Names=Array([String("x.txt"), pdf.make_indirect(spec)])
    )


# What pages draw


def redrawn(change: Callable[[list[Any]], None]) -> Damage:
    """Return the damage of other operators on the first page."""

    def damage(pdf: Pdf) -> None:
        page: Any = pdf.pages[0]
        instructions: Any = pikepdf.parse_content_stream(page)
        found: list[Any] = [tuple(each) for each in instructions]
        change(found)
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(found))

    return damage


def _begin(found: list[Any], *, artifact: bool) -> int:
    """Return where the first content begins that has a tag, or is an artifact and drawn."""
    for at, (operands, operator) in enumerate(found):
        is_begin = str(operator) in {"BDC", "BMC"}
        if is_begin and (name_of(operands[0]) == "Artifact") == artifact:
            drawn = next(str(each[1]) for each in found[at + 1 :] if str(each[1]) in {"q", "EMC"})
            if drawn == "q":
                return at
    raise AssertionError("nothing of the sort on the page")


def mark_inside(*, artifact: bool) -> Damage:
    """Return the damage of one sort of content inside the other."""

    def change(found: list[Any]) -> None:
        at = _begin(found, artifact=not artifact)
        end = next(n for n in range(at, len(found)) if str(found[n][1]) == "EMC")
        operands = [Name.Artifact] if artifact else [Name.Span, Dictionary(MCID=0)]
        found.insert(end, ([], Operator("EMC")))
        found.insert(at + 1, (operands, Operator("BMC" if artifact else "BDC")))

    return redrawn(change)


def unmarked(found: list[Any]) -> None:
    """Take the number of its tag from the first content."""
    found[_begin(found, artifact=False)] = ([Name.Span], Operator("BMC"))


def empty_box(found: list[Any]) -> None:
    """Show the glyph for characters that the font does not have."""
    at = next(n for n, each in enumerate(found) if str(each[1]) == "TJ")
    found.insert(at, ([String("\0\0")], Operator("Tj")))


def form(*, twice: bool) -> Damage:
    """Return the damage of a form with tagged content that is used twice, or of one that is elsewhere."""

    def damage(pdf: Pdf) -> None:
        made: Any = Stream(pdf, b"/Span <</MCID 0>> BDC EMC" if twice else b"")
        made[Name.Type], made[Name.Subtype] = Name.XObject, Name.Form
        made[Name.BBox] = Array([0, 0, 1, 1])
        if not twice:
            made[Name.Ref] = Dictionary(F=String("other.pdf"))
        resources: Any = pdf.pages[0].obj.Resources
        found = resources.get("/XObject", Dictionary())
        found[Name("/one")] = found[Name("/two")] = pdf.make_indirect(made)
        resources[Name.XObject] = found

    return damage


# Annotations


def annotation(kind: str) -> Damage:
    """Return the damage of an annotation with no tag and no words."""

    def damage(pdf: Pdf) -> None:
        made = Dictionary(
            Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([0, 0, 9, 9]), P=pdf.pages[0].obj
        )
        page: Any = pdf.pages[0].obj
        page[Name.Annots] = Array([*page.get("/Annots", []), pdf.make_indirect(made)])
        page[Name.Tabs] = Name.S

    return damage


def links_without(key: str) -> Damage:
    """Return the damage of links that lose an entry."""

    def damage(pdf: Pdf) -> None:
        for page in pdf.pages:
            for each in page.obj.get("/Annots", []):
                del each[key]

    return damage


def tabs(order: str) -> Damage:
    """Return the damage of another order of links; empty: none is stated."""

    def damage(pdf: Pdf) -> None:
        for page in pdf.pages:
            if order:
                page.obj[Name.Tabs] = Name("/" + order)
            else:
                del page.obj["/Tabs"]

    return damage


# Fonts


def fonts(change: Callable[[Pdf, Any, Any], None]) -> Damage:
    """Return the damage of fonts: what happens to each, and to the one of glyphs inside it."""

    def damage(pdf: Pdf) -> None:
        for each in pdf.objects:
            if isinstance(each, Dictionary) and "/DescendantFonts" in each:
                change(pdf, each, each["/DescendantFonts"][0])

    return damage


def fewer_glyphs(pdf: Pdf, font: Any, inner: Any) -> None:
    """Let the glyphs of a font say that there is but one of them."""
    program = bytearray(inner.FontDescriptor.FontFile2.read_bytes())
    at = program.index(b"maxp")
    table = int.from_bytes(program[at + 8 : at + 12], "big")
    program[table + 4 : table + 6] = b"\0\1"
    inner.FontDescriptor.FontFile2 = pdf.make_stream(bytes(program))


def unicode_of(line: bytes) -> Damage:
    """Return the damage of another table of characters, with one line."""

    def change(pdf: Pdf, font: Any, inner: Any) -> None:
        font.ToUnicode = pdf.make_stream(b"1 beginbfchar\n" + line + b"\nendbfchar")

    return fonts(change)


def cid_set(data: bytes) -> Damage:
    """Return the damage of another set of glyphs."""

    def change(pdf: Pdf, font: Any, inner: Any) -> None:
        inner.FontDescriptor.CIDSet = pdf.make_stream(data)

    return fonts(change)


def inner_entry(key: str, value: Any = None, *, of: str = "inner") -> Damage:
    """Return the damage of another entry of a font, of the one inside, or of what describes it."""

    def change(pdf: Pdf, font: Any, inner: Any) -> None:
        holder = {"font": font, "inner": inner, "descriptor": inner.FontDescriptor}[of]
        if value is None:
            del holder["/" + key]
        else:
            holder["/" + key] = value

    return fonts(change)
