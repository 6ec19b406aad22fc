"""Random names: what leaves the file is known by these, never by an integer of one file."""

import os


def new_uid() -> str:
    """Sixteen hexadecimal digits that no other file has (`secrets` would cost the start of `status` 20 ms)."""
    return os.urandom(8).hex()
