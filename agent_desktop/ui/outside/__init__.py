"""The phone outside its window: the ring, the compact phone, the tray, notes of the desktop."""
