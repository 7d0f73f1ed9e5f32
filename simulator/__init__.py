"""A Telegram to talk to where there is none: the Bot API over HTTP, and people who use it."""
