"""The word for a start that can't be."""


class Refused(Exception):  # noqa: N818 (named for what it says)
    """The bot can't start, for a reason its operator can put right; the text says how."""
