"""What the people who facilitate a coalition say and read, in their private chat."""
