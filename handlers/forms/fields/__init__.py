"""The kinds of question, one per module."""
