#!/usr/bin/env bash
# Signs programs, libraries and MSIs for Windows, in their place.
# Usage: installer/windows/sign.sh FILE...
# Environment: SIGN_CERTIFICATES (a PEM file: the certificate, then those that vouch for it) and SIGN_KEY (its key, PEM), or
#   SIGN_PKCS12 and SIGN_PASSWORD_FILE; SIGN_TIMESTAMP (URL of a time stamp service, so that what is signed counts after the
#   certificate has run out), SIGN_URL (what the signature names). SIGN=trial signs by a key that is made for this build and trusted
#   by nobody. Without any of them nothing is signed, and it says so.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf 'sign: %s\n' "$*"; }
stop() { printf 'sign: %s\n' "$*" >&2; exit 1; }

ROOM=$PWD/build/package/work/windows/signing
how=()
if [ -n "${SIGN_PKCS12:-}" ]; then
    how=(-pkcs12 "$SIGN_PKCS12" -readpass "${SIGN_PASSWORD_FILE:?goes with SIGN_PKCS12}")
elif [ -n "${SIGN_KEY:-}" ]; then
    how=(-certs "${SIGN_CERTIFICATES:?goes with SIGN_KEY}" -key "$SIGN_KEY")
elif [ "${SIGN:-}" = trial ]; then
    if [ ! -f "$ROOM/key.pem" ]; then
        mkdir -p "$ROOM"
        (umask 077 && openssl req -x509 -newkey rsa:3072 -nodes -days 30 -subj "/O=Agent Desktop/CN=Trial of Agent Desktop, trusted by nobody" \
            -addext extendedKeyUsage=codeSigning -addext keyUsage=digitalSignature \
            -keyout "$ROOM/key.pem" -out "$ROOM/certificate.pem" 2>/dev/null)
    fi
    how=(-certs "$ROOM/certificate.pem" -key "$ROOM/key.pem")
else
    say "not signed (SIGN_KEY or SIGN_PKCS12 names a key, SIGN=trial makes one): $*"
    exit 0
fi
command -v osslsigncode >/dev/null || stop "osslsigncode is missing (installer/linux/setup.sh windows)"
for file; do
    osslsigncode sign "${how[@]}" -h sha256 -n "Agent Desktop" ${SIGN_URL:+-i "$SIGN_URL"} ${SIGN_TIMESTAMP:+-ts "$SIGN_TIMESTAMP"} \
        -in "$file" -out "$file.signed" >/dev/null || stop "$file could not be signed"
    mv "$file.signed" "$file"
done
say "signed: $*"
