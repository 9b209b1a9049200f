import pytest

from bot.port.addresses import Address, is_local_host
from bot.port.errors import UsageError


@pytest.mark.parametrize(
    ("written", "address", "private"),
    [
        ("127.0.0.1:8080", Address("127.0.0.1", 8080), True),
        (" localhost:0 ", Address("localhost", 0), True),
        ("[::1]:80", Address("::1", 80), True),
        ("0.0.0.0:8080", Address("0.0.0.0", 8080), False),  # noqa: S104 - read, and never listened on
        ("[::]:8080", Address("::", 8080), False),
        ("bot.example.com:8080", Address("bot.example.com", 8080), False),
    ],
)
def test_an_address_is_a_host_and_a_port_that_others_can_reach_or_not(
    written: str, address: Address, private: bool
) -> None:
    read = Address.read(written)

    assert read == address
    assert read.is_private is private
    assert Address.read(str(read)) == read


@pytest.mark.parametrize("wrong", ["", "8080", ":8080", "::1:8080", "host:", "host:65536", "http://host:80", "a@b:1"])
def test_what_is_no_address_is_told(wrong: str) -> None:
    with pytest.raises(UsageError, match="HOST:PORT"):
        Address.read(wrong)


@pytest.mark.parametrize(
    ("header", "local"),
    [
        ("localhost", True),
        ("localhost:8080", True),
        ("127.0.0.1:8080", True),
        ("[::1]", True),
        ("[::1]:8080", True),
        ("evil.example", False),
        ("evil.example:8080", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
        ("192.168.1.2:8080", False),
    ],
)
def test_a_host_header_names_this_machine_or_another(header: str, local: bool) -> None:
    assert is_local_host(header) is local
