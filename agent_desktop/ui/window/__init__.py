"""The window: where each pane stands, its pages and keys, and the panes that are of no customer and no ticket."""
