"""Knowledge in the window: what is found and suggested, and the article that is read."""
