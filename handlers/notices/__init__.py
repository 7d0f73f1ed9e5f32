"""Notices in words: what the bot tells people by itself, made when it is sent, from what is true then."""

from handlers.notices.render import Reader, Untrue, render_notice

__all__ = ["Reader", "Untrue", "render_notice"]
