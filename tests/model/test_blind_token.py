"""Blind tokens: what another library takes for a signature, and what ties none to what was signed."""

from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from agent_model.blind_token import BlindKey, NotSigned, blinded, is_signed, signature_of

PSS = padding.PSS(padding.MGF1(hashes.SHA384()), 0)


@pytest.fixture(scope="module", params=[2048, 2049])
def private(request: pytest.FixtureRequest) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, request.param)


def key_of(private: rsa.RSAPrivateKey) -> BlindKey:
    return BlindKey(private.public_key().public_numbers().n)


def signed(private: rsa.RSAPrivateKey, sent: int) -> int:
    return pow(sent, private.private_numbers().d, key_of(private).modulus)


def test_signature_is_one_by_the_standard(private: rsa.RSAPrivateKey) -> None:
    key = key_of(private)
    made = blinded(key)
    signature = signature_of(key, made, signed(private, made.sent))

    assert is_signed(key, made.token, signature)
    private.public_key().verify(signature.to_bytes(key.size, "big"), made.token, PSS, hashes.SHA384())
    with pytest.raises(InvalidSignature):
        private.public_key().verify(signature.to_bytes(key.size, "big"), b"another", PSS, hashes.SHA384())


def test_what_is_sent_tells_nothing_of_the_token(private: rsa.RSAPrivateKey) -> None:
    """Every token could have been behind what was signed: there is a factor that makes it so."""
    key = key_of(private)
    one, other = blinded(key), blinded(key)
    signatures = [signature_of(key, made, signed(private, made.sent)) for made in (one, other)]

    sent_by_one = signed(private, one.sent)
    factor = sent_by_one * pow(signatures[1], -1, key.modulus) % key.modulus
    swapped = replace(other, sent=one.sent, factor=factor)
    assert signature_of(key, swapped, sent_by_one) == signatures[1]


def test_what_is_no_signature_is_told(private: rsa.RSAPrivateKey) -> None:
    key = key_of(private)
    made = blinded(key)
    with pytest.raises(NotSigned):
        signature_of(key, made, signed(private, made.sent) + 1)
    assert not is_signed(key, made.token, 0)
    assert not is_signed(key, made.token, key.modulus)


def test_key_has_a_mark_to_compare(private: rsa.RSAPrivateKey) -> None:
    other = BlindKey(rsa.generate_private_key(65537, 2048).public_key().public_numbers().n)
    assert key_of(private).mark != other.mark
    assert len(other.mark) == 9
