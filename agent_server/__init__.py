"""The central server: owns the company's rows, orders their changes and tells every workstation."""

__version__ = "0.1.0"
