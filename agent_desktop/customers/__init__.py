"""Who is calling, and everything known about them."""
