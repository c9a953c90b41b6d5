"""Callbacks, return visits and appointments on the screen: their words, and the band where one is made or worked."""
