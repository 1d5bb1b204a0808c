"""A PDF made smaller without a change to what is in it."""

from __future__ import annotations

from io import BytesIO


def packed(pdf: bytes) -> bytes:
    """Return a PDF with the same objects in less room.

    Typst writes the tags of a page as plain text, one object each: half of a tagged file. Here they
    go into compressed streams of objects (ISO 32000-1:2008, 7.5.7). The streams of Typst stay as they
    are, what the file says of itself too, and its second identifier follows from its content alone.

    Args:
        pdf: A PDF as Typst writes it.

    Returns:
        The smaller file: the same for the same PDF, on any machine and day.

    Raises:
        DrawingError: It is no PDF.

    Example:
        >>> packed(b"no PDF")
        Traceback (most recent call last):
        pathways.errors.DrawingError: the PDF cannot be packed: it is damaged
    """
    import pikepdf

    from pathways.errors import DrawingError

    smaller = BytesIO()
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as opened:
            opened.save(
                smaller,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
                fix_metadata_version=False,
            )
    except pikepdf.PdfError as error:
        raise DrawingError("the PDF cannot be packed: it is damaged") from error
    return smaller.getvalue()


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has.

    Args:
        pdf: A PDF without faults.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)
