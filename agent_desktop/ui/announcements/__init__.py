"""Announcements on the screen: read with what they ask for, written by who may, and who has read them."""
