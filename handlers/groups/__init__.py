"""What is said to the bot in groups: as few messages as can be, and nothing that is not asked for."""
