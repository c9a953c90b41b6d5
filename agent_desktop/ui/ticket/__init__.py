"""The page of a ticket: one panel for each of its matters, put together by `page`."""
