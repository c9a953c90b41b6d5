"""The page on which articles are written: its list, the editor with its preview, and what differs between versions."""
