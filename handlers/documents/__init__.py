"""Files that people keep: documents to print, tickets and invitations as pictures, dates for calendars."""
