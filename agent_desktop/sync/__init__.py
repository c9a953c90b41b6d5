"""Keeping this workstation and the server the same, whenever there is a server."""
