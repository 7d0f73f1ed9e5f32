"""Files: what Telegram takes, and the size of pictures."""

import struct

import pytest

from simulator.files import FileStore, checked_photo
from simulator.images import image_size
from simulator.parameters import Parameters, Upload
from simulator.refusals import Refused

JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 6) + b"JFIF\xff\xc0" + struct.pack(">HBHH", 17, 8, 480, 640) + b"\0" * 12
VP8X = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
VP8L = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 639 | 479 << 14)
VP8 = b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 640, 480)


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


@pytest.mark.parametrize("content", [png(640, 480), JPEG, b"GIF89a" + struct.pack("<HH", 640, 480), VP8X, VP8L, VP8])
def test_the_size_of_a_picture_is_read_from_its_head(content: bytes) -> None:
    assert image_size(content) == (640, 480)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", VP8X[:20], b"\xff\xd8ab"])
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert image_size(content) is None


@pytest.mark.parametrize("size", [(9000, 1001), (2100, 100)])
def test_a_picture_too_large_or_too_narrow_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="PHOTO_INVALID_DIMENSIONS"):
        checked_photo(png(*size))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "there is no photo in the request"),
        ("https://jalon.example/a.png", "failed to get HTTP URL content"),
        ("unknown", "wrong file identifier/HTTP URL specified"),
        ("attach://big", "file is too big: photo"),
    ],
)
def test_a_file_telegram_cannot_send(value: str, reason: str) -> None:
    call = Parameters({}, {"big": Upload("a.png", png(1, 1) + bytes(10 * 1024 * 1024))})
    with pytest.raises(Refused) as refused:
        FileStore().sent(call, value, "photo")
    assert refused.value.description == f"Bad Request: {reason}"


def test_a_document_is_not_sent_as_a_photo() -> None:
    store = FileStore()
    document = store.keep("document", Upload("a.pdf", b"%PDF"))
    with pytest.raises(Refused, match="can't use file of type Document as Photo"):
        store.sent(Parameters({}), document.id, "photo")


def test_a_file_beyond_20_mb_or_unknown_is_not_downloaded() -> None:
    store = FileStore()
    large = store.keep("document", Upload("a.bin", bytes(20 * 1024 * 1024 + 1)))
    with pytest.raises(Refused, match="file is too big"):
        store.downloadable(large.id)
    with pytest.raises(Refused, match="wrong file_id"):
        store.downloadable("unknown")
