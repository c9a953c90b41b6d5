"""What the program says about the way to its server."""

import pytest

from agent_desktop.ui.program import _goes_in_clear


@pytest.mark.parametrize(
    ("address", "is_in_clear"),
    [
        ("http://desk.example.org:8700", True),
        ("http://10.1.2.3", True),
        ("https://desk.example.org", False),
        ("http://127.0.0.1:8700", False),
        ("http://localhost:8700", False),
        ("http://[::1]:8700", False),
    ],
)
def test_only_a_plain_connection_over_a_network_is_in_clear(address: str, is_in_clear: bool) -> None:
    assert _goes_in_clear(address) is is_in_clear
