"""A web page that looks like a chat program, on which demo people talk with the bots of this Telegram."""

from simulator.page.routes import Page
from simulator.page.seats import Leap, Seat

__all__ = ["Leap", "Page", "Seat"]
