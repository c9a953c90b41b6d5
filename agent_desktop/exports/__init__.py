"""Lists as files: who may take which out of the house, and writing them."""
