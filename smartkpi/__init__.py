"""smartkpi: SMART goals, platform exports, and an honest weekly answer."""

__version__ = "0.1.0"
