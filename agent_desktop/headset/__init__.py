"""The buttons and lamps of a headset, by the telephony page of the USB HID usage tables."""
