# Keeps each version of @NAME@ for as long as somebody runs it. dpkg replaces the package's own names in /opt/@NAME@; what
# is run are the same files under names of their own (hard links, which take no room): versions/VERSION-XXXXXX, to which
# `current` leads. An open program so finds all of its version until it ends, and a start never meets half of one.
home=/opt/@NAME@

keep_version() {
    if [ "$home/current/@NAME@" -ef "$home/@NAME@" ]; then return 0; fi
    install -d -m 755 "$home/versions"
    kept=$(mktemp -d "$home/versions/@VERSION@-XXXXXX")
    # Some file systems have no hard links.
    cp -al "$home/@NAME@" "$home/_internal" "$kept" 2>/dev/null ||
        { rm -rf "$kept"; mkdir "$kept"; cp -a "$home/@NAME@" "$home/_internal" "$kept"; }
    chmod 755 "$kept"
    ln -sfn "versions/${kept##*/}" "$home/current.new"
    mv -fT "$home/current.new" "$home/current"
}

# By the file itself: a service sees it by another path than we do.
is_run() {
    for exe in /proc/[0-9]*/exe; do
        if [ "$exe" -ef "$1/@NAME@" ]; then return 0; fi
    done
    return 1
}

drop_versions() {
    for each in "$home"/versions/*; do
        if [ -d "$each" ] && ! [ "$each" -ef "$home/current" ] && ! is_run "$each"; then rm -rf "$each"; fi
    done
}
