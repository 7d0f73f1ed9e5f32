"""What members say and read, in their private chat."""
