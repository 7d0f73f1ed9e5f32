"""The words that a PDF shows, as a reader that copies or speaks them gets them: each font says what its glyphs mean."""

import re
import zlib
from collections.abc import Iterator, Mapping

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\nendstream", re.DOTALL)
FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
ONE_GLYPH = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*(?=\n|<|$)")
SEVERAL_GLYPHS = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
SECTION = re.compile(rb"begin(bfchar|bfrange)\n(.*?)end\1", re.DOTALL)
INSIDE = rb"(?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*"
"""What stands in a literal string: brackets that balance need no escape; two deep are as many as a line ever has."""
TOKEN = re.compile(
    rb"/(?P<font>f\d+) [\d.]+ Tf"
    rb"|\((?P<glyphs>" + INSIDE + rb")\)"
    rb"|/ActualText ?<(?P<actual>[0-9a-fA-F]+)>"
    rb"|/ActualText ?\((?P<literal>" + INSIDE + rb")\)"
    rb"|(?P<begins>\b(?:BDC|BMC)\b)|(?P<ends>\bEMC\b)",
    re.DOTALL,
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def objects_of(pdf: bytes) -> Mapping[int, bytes]:
    """The objects of a PDF without object streams, by their number, their streams unpacked."""
    return {int(found[1]): _unpacked(found[2]) for found in OBJECT.finditer(pdf)}


def pages_of(pdf: bytes) -> list[bytes]:
    """The objects that are pages."""
    return [content for content in objects_of(pdf).values() if content.startswith(b"<</Type/Page/")]


def text_of(pdf: bytes) -> str:
    """The words of a PDF of one page in the order of reading, without any space."""
    (words,) = texts_of(pdf)
    return words


def texts_of(pdf: bytes) -> list[str]:
    """The words of each page of a PDF in the order of reading, without any space."""
    objects = objects_of(pdf)
    return [_page_text(page, objects) for page in pages_of(pdf)]


def _page_text(page: bytes, objects: Mapping[int, bytes]) -> str:
    (resources, contents) = (int(found) for found in re.findall(rb"/(?:Resources|Contents) (\d+) 0 R", page))
    meanings = {
        found[1].decode(): dict(_meanings(objects[int(_only(TO_UNICODE, objects[int(found[2])]))]))
        for found in FONT.finditer(objects[resources])
    }
    return "".join("".join(_words(objects[contents], meanings)).replace("\u200b", "").split())


def _words(content: bytes, meanings: Mapping[str, Mapping[int, str]]) -> Iterator[str]:
    """Give the words piece by piece; where a span says what it stands for, that is what counts."""
    font, spans, pending = "", list[bool](), ""
    for token in TOKEN.finditer(content):
        match token.lastgroup:
            case "font":
                font = token["font"].decode()
            case "actual":
                pending = bytes.fromhex(token["actual"].decode()).decode("utf-16")
            case "literal":
                pending = _bytes(token["literal"]).decode("latin-1")
            case "begins":
                spans.append(bool(pending))
                yield pending
                pending = ""
            case "ends":
                spans.pop()
            case _ if not any(spans):
                codes = _bytes(token["glyphs"])
                yield "".join(
                    meanings[font].get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2)
                )


def _meanings(cmap: bytes) -> Iterator[tuple[int, str]]:
    for section in SECTION.finditer(cmap):
        if section[1] == b"bfchar":
            for glyph, meaning in ONE_GLYPH.findall(section[2]):
                yield int(glyph, 16), bytes.fromhex(meaning.decode()).decode("utf-16-be")
            continue
        for first, last, meaning in SEVERAL_GLYPHS.findall(section[2]):
            start = bytes.fromhex(meaning.decode()).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1):
                yield int(first, 16) + step, start[:-1] + chr(ord(start[-1]) + step)


def _unpacked(content: bytes) -> bytes:
    stream = STREAM.search(content)
    if stream is None:
        return content
    return zlib.decompress(stream[1]) if b"/FlateDecode" in content[: stream.start()] else stream[1]


def _bytes(literal: bytes) -> bytes:
    return ESCAPE.sub(
        lambda found: bytes([int(found[1], 8)]) if found[1].isdigit() else SHORT.get(found[1], found[1]), literal
    )


def _only(pattern: re.Pattern[bytes], content: bytes) -> bytes:
    (found,) = pattern.findall(content)
    return bytes(found)
