"""The files of one Telegram: kept in memory, named by a file_id, downloaded under a path."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from simulator.images import image_size
from simulator.parameters import Parameters, Upload
from simulator.refusals import bad_request

UPLOAD_BYTES_MAX = 50 * 1024 * 1024
PHOTO_BYTES_MAX = 10 * 1024 * 1024
DOWNLOAD_BYTES_MAX = 20 * 1024 * 1024
PHOTO_SIDES_SUM_MAX = 10_000
PHOTO_RATIO_MAX = 20
THUMBNAIL_SIDE = 320
UNKNOWN_SIZE = (1280, 960)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file: what kind of message it stands in (photo, document, voice, sticker), its content and its path."""

    id: str
    kind: str
    path: str
    content: bytes
    name: str = ""
    mime_type: str | None = None

    @property
    def json(self) -> dict[str, Any]:
        """The fields that every file has in a message."""
        unique = hashlib.blake2b(self.content, digest_size=9).hexdigest()
        return {"file_id": self.id, "file_unique_id": unique, "file_size": len(self.content)}


@dataclass(eq=False, slots=True)
class FileStore:
    """Every file that was sent, by its file_id and by its path."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        """Store a file and give it a file_id."""
        number = len(self.by_id)
        dot, extension = ("", "") if "." not in upload.name else (".", upload.name.rsplit(".", 1)[1])
        path = f"{kind}s/file_{number}{dot}{extension}"
        digest = hashlib.blake2b(f"{number}:{upload.name}".encode(), digest_size=24).hexdigest()
        stored = StoredFile(f"AgACAgQ{digest}", kind, path, upload.content, upload.name, upload.mime_type)
        self.by_id[stored.id] = self.by_path[path] = stored
        return stored

    def sent(self, call: Parameters, value: str, kind: str) -> StoredFile:
        """The file that a bot sends: an upload (by its field, or `attach://field`), or one known by its file_id."""
        upload = call.uploads.get(value.removeprefix("attach://"))
        if upload is not None:
            if not upload.content:
                raise bad_request("file must be non-empty")
            if len(upload.content) > (PHOTO_BYTES_MAX if kind == "photo" else UPLOAD_BYTES_MAX):
                raise bad_request(f"file is too big: {kind}")
            if kind == "photo":
                checked_photo(upload.content)
            return self.keep(kind, upload)
        if not value:
            raise bad_request(f"there is no {kind} in the request")
        if value.startswith(("http://", "https://")):
            # There is no outside world behind this Telegram.
            raise bad_request("failed to get HTTP URL content")
        known = self.by_id.get(value)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known

    def downloadable(self, file_id: str) -> StoredFile:
        """The file with this id, if a bot may download it (20 MB at most)."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.content) > DOWNLOAD_BYTES_MAX:
            raise bad_request("file is too big")
        return stored


def checked_photo(content: bytes) -> None:
    """Refuse what Telegram can't show as a photo: no picture, or one too large or too narrow."""
    size = image_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > PHOTO_SIDES_SUM_MAX or max(size) > PHOTO_RATIO_MAX * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def photo_sizes(stored: StoredFile) -> list[dict[str, Any]]:
    """The sizes in which a photo is offered, the smallest first; a person's unknown picture counts as 1280 x 960."""
    width, height = image_size(stored.content) or UNKNOWN_SIZE
    full = {**stored.json, "width": width, "height": height}
    shrink = THUMBNAIL_SIDE / max(width, height)
    if shrink >= 1:
        return [full]
    small = {**full, "width": max(1, round(width * shrink)), "height": max(1, round(height * shrink))}
    return [{**small, "file_unique_id": f"{full['file_unique_id']}s"}, full]


def file_fields(stored: StoredFile) -> dict[str, Any]:
    """The fields of a message that shows this photo or document."""
    if stored.kind == "photo":
        return {"photo": photo_sizes(stored)}
    document = dict(stored.json)
    if stored.name:
        document["file_name"] = stored.name
    if stored.mime_type:
        document["mime_type"] = stored.mime_type
    return {stored.kind: document}
