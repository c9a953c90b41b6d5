"""Long lists over pages of rows: tickets and customers, in any order, by keyboard alone."""
