"""Wishes of people about their data: to be erased, to have a copy; seen, asked for, decided, proven."""
