"""The page of macros, and their words."""
