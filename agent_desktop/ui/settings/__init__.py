"""The page of what the person chooses."""
