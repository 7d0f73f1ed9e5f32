"""What the project team says and reads, in its private chats."""
