"""Rows of the company that people write whole: listed, one in its form, kept as it is typed, sent with one key."""
