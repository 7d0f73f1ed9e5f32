"""What people say to the bot and what they read."""
