"""The page of the rules of signals."""
