"""The size of a picture, read from its first bytes: PNG, JPEG, GIF and WebP, the kinds Telegram takes as photos."""

import struct

START_OF_FRAME = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
WEBP_SIZE_MASK = 0x3FFF
VP8X_HEAD = 30


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, None where the bytes are no picture of a known kind."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _pair(struct.unpack(">II", content[16:24]))
        if content[:6] in {b"GIF87a", b"GIF89a"}:
            return _pair(struct.unpack("<HH", content[6:10]))
        if content.startswith(b"\xff\xd8"):
            return _jpeg_size(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp_size(content)
    except (struct.error, IndexError):
        return None
    return None


def _pair(values: tuple[int, ...]) -> tuple[int, int]:
    return values[0], values[1]


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    place = 2
    while content[place] == 0xFF:  # noqa: PLR2004 - every JPEG marker starts with this byte
        marker = content[place + 1]
        if marker in START_OF_FRAME:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    match content[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<HH", content[26:30])
            return width & WEBP_SIZE_MASK, height & WEBP_SIZE_MASK
        case b"VP8L":
            bits = struct.unpack("<I", content[21:25])[0]
            return (bits & WEBP_SIZE_MASK) + 1, (bits >> 14 & WEBP_SIZE_MASK) + 1
        case b"VP8X" if len(content) >= VP8X_HEAD:
            return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    return None
