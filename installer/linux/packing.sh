# What the packages of the workstation and of the server have in common; read by build_deb.sh and build_server_deb.sh,
# which set NAME, MOST_PACKED_MB (10^6 bytes of the package) and MOST_INSTALLED_MB (10^6 bytes as dpkg counts them).
# Environment: PACKAGE_VERSION (that of pyproject.toml), SOURCE_DATE_EPOCH (the moment of the last commit),
#   PACKAGE_COMPRESSION (xz), PACKAGE_MAINTAINER, PACKAGE_GLIBC (2.36)

FROZEN=build/package/frozen/$NAME
STAGE=build/package/stage/$NAME
SITE=$(echo build/package/work/"$NAME"/venv/lib/python3.*/site-packages)
VERSION=${PACKAGE_VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
MAINTAINER=${PACKAGE_MAINTAINER:-Agent Desktop <packages@agent-desktop.invalid>}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

say() { printf 'package: %s\n' "$*"; }
stop() { printf 'package: %s\n' "$*" >&2; exit 1; }

[ -x "$FROZEN/$NAME" ] || stop "there is no $FROZEN yet: run installer/linux/freeze.sh $NAME"

# FROM TO [MODE]: TO is below the stage.
place() { install -D -m "${3:-644}" "$1" "$STAGE/$2"; }

# What dpkg runs, from FOLDER, with what all of them share about versions.
place_scripts() {
    local script
    for script in postinst prerm postrm; do
        sed -e '/^#VERSIONS#$/{r installer/linux/versions.sh' -e 'd}' "$1/$script" |
            sed "s/@NAME@/$NAME/g; s/@VERSION@/$VERSION/g" >"$STAGE/DEBIAN/$script"
        chmod 755 "$STAGE/DEBIAN/$script"
    done
}

# What Debian counts: every file in whole kilobytes, by what it holds and not by how this disk stores it.
installed_kb() {
    find "$STAGE" -path "$STAGE/DEBIAN" -prune -o \( -type f -o -type l \) -printf '%s\n' -o -type d -printf '1024\n' |
        awk '{ kb += int(($1 + 1023) / 1024) } END { print kb }'
}

# The newest glibc that anything in the frozen folder asks for. What the documentation says it runs on is in the way of a
# package made where that is newer; PACKAGE_GLIBC says that its machines are.
FLOOR=$({ find "$FROZEN" -type f \( -name '*.so*' -o -perm -100 \) -exec objdump -T {} + 2>/dev/null || true; } |
    grep -o 'GLIBC_2\.[0-9]*' | sort -Vu | tail -n 1 | cut -d_ -f2)
MOST_GLIBC=${PACKAGE_GLIBC:-2.36}
dpkg --compare-versions "$FLOOR" le "$MOST_GLIBC" || stop "it would need glibc $FLOOR, newer than $MOST_GLIBC; make it on an older system"
foreign=$({ find "$FROZEN" -type f -exec readelf -h {} + 2>/dev/null || true; } | sed -n 's/^ *Machine: *//p' | sort -u)
[ "$foreign" = "Advanced Micro Devices X86-64" ] || stop "it holds programs for other processors: $foreign"

# Whoever is packed keeps the licence it came with: the wheels, the interpreter, libraries of the build machine.
place_licences() {
    local about=$STAGE/usr/share/doc/$NAME package
    "$SITE/../../../bin/python" installer/licences.py "$SITE" "$about/licences"
    install -m 644 "$("$SITE/../../../bin/python" -c 'import pathlib, os; print(pathlib.Path(os.__file__).with_name("LICENSE.txt"))')" \
        "$about/licences/python"
    # Of the build machine are those that no wheel brought.
    find "$FROZEN/_internal" -maxdepth 1 -type f -name 'lib*.so*' -printf '*/x86_64-linux-gnu/%f\n' | LC_ALL=C sort |
        { xargs dpkg -S 2>/dev/null || true; } | cut -d: -f1 | LC_ALL=C sort -u | while IFS= read -r package; do
        install -m 644 "/usr/share/doc/$package/copyright" "$about/licences/debian-$package"
    done
}

# What it is made of, beside the package and in it.
place_sbom() {
    "$SITE/../../../bin/python" installer/sbom.py "$NAME" "$VERSION" "$FROZEN" "$SITE" >"build/package/${NAME}_$VERSION.cdx.json"
    place "build/package/${NAME}_$VERSION.cdx.json" "usr/share/doc/$NAME/sbom.cdx.json"
}

# ABOUT, read from standard input, stands before the offer of the source.
place_copyright() {
    { cat
      cat <<'TEXT'

For three years from the day you received this package, whoever gave it to you
gives you, for the cost of sending it, the complete source of what is in it
under these licences: this project at the version of the package, and the
source packages of the versions named in its hash-locked requirements.
TEXT
    } >"$STAGE/usr/share/doc/$NAME/copyright"
    printf '%s (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md of the project.\n\n -- %s  %s\n' \
        "$NAME" "$VERSION" "$MAINTAINER" "$(LC_ALL=C date -Ru -d "@$SOURCE_DATE_EPOCH")" |
        gzip -9n >"$STAGE/usr/share/doc/$NAME/changelog.gz"
    place "installer/linux/lintian/$NAME" "usr/share/lintian/overrides/$NAME"
}

# Everything has the moment of the commit, an owner and an order: the same bytes from the same stage. The dependencies are
# on standard input, as lines of the control file. It ends with the package's sizes, and fails when they are too large.
pack() {
    local deb=build/package/${NAME}_${VERSION}_amd64.deb packed_mb kb
    find "$STAGE" -type d -exec chmod 755 {} +
    kb=$(installed_kb)
    { printf 'Package: %s\nVersion: %s\nArchitecture: amd64\nMaintainer: %s\nInstalled-Size: %s\nPriority: optional\n' \
        "$NAME" "$VERSION" "$MAINTAINER" "$kb"
      cat
    } >"$STAGE/DEBIAN/control"
    (cd "$STAGE" && find . -type f -not -path './DEBIAN/*' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$STAGE/DEBIAN/md5sums"
    find "$STAGE" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group "-Z${PACKAGE_COMPRESSION:-xz}" --build "$STAGE" "$deb" >/dev/null
    packed_mb=$(($(stat -c %s "$deb") / 1000000))
    say "$deb: $packed_mb MB packed, $((kb * 1024 / 1000000)) MB installed, glibc $FLOOR"
    [ "${PACKAGE_COMPRESSION:-xz}" != xz ] || [ "$packed_mb" -le "$MOST_PACKED_MB" ] || stop "it is larger than $MOST_PACKED_MB MB"
    [ $((kb * 1024)) -le $((MOST_INSTALLED_MB * 1000000)) ] || stop "it takes more than $MOST_INSTALLED_MB MB where it is installed"
}
