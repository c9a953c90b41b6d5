"""Tables that come from a file, and tables of figures."""
