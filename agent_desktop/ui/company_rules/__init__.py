"""The page on which rules of the company are changed, put together of descriptions of their fields."""
