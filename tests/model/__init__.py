"""The nouns on their way to JSON and back."""
