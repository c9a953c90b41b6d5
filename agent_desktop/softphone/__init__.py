"""The softphone: SIP calls in a process of their own, offered to the workstation as plain values."""
