"""How everything looks and how values are written: colours, type, icons, dates and amounts in the person's language."""
