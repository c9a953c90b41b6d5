"""The server, spoken to over HTTP as a workstation does."""
