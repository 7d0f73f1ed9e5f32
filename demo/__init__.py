"""The demo: the real bot on a simulated Telegram, with a page to talk to it and a clock to move."""
