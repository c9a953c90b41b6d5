"""Whole journeys: the real workstation, its phone, the server and a caller, told as an agent would live them."""
