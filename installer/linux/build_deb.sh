#!/usr/bin/env bash
# Packs what freeze.sh made into build/package/agent-desktop_VERSION_amd64.deb; the same bytes from the same commit.
# Usage: installer/linux/build_deb.sh
# Environment: what packing.sh reads
set -euo pipefail
cd "$(dirname "$0")/../.."

NAME=agent-desktop
MOST_PACKED_MB=90
MOST_INSTALLED_MB=260
. installer/linux/packing.sh

rm -rf "$STAGE"
mkdir -p "$STAGE/DEBIAN" "$STAGE/opt" "$STAGE/usr/bin"
cp -a "$FROZEN" "$STAGE/opt/agent-desktop"
ln -s /opt/agent-desktop/current/agent-desktop "$STAGE/usr/bin/agent-desktop"
printf '#!/bin/sh\nexec /opt/agent-desktop/current/agent-desktop -m agent_desktop.softphone "$@"\n' >"$STAGE/usr/bin/agent-phone"
chmod 755 "$STAGE/usr/bin/agent-phone"

entry=resources/desktop/agent-desktop.desktop
place "$entry" usr/share/applications/agent-desktop.desktop
place resources/desktop/agent-desktop.svg usr/share/icons/hicolor/scalable/apps/agent-desktop.svg
place installer/linux/70-agent-desktop-headset.rules usr/lib/udev/rules.d/70-agent-desktop-headset.rules
mkdir -p "$STAGE/usr/share/metainfo" "$STAGE/etc/xdg/autostart" "$STAGE"/etc/agent-desktop/policies/{managed,recommended}
sed "s/<release version=.*/<release version=\"$VERSION\" date=\"$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)\"\/>/" \
    resources/desktop/agent-desktop.metainfo.xml >"$STAGE/usr/share/metainfo/org.agent_desktop.AgentDesktop.metainfo.xml"
# Whether the workstation starts with the session is asked of the policy at that moment.
sed '/^MimeType=/d; s/^Exec=.*/Exec=agent-desktop --autostart/' "$entry" >"$STAGE/etc/xdg/autostart/agent-desktop.desktop"
printf 'NoDisplay=true\n' >>"$STAGE/etc/xdg/autostart/agent-desktop.desktop"
printf '/etc/xdg/autostart/agent-desktop.desktop\n' >"$STAGE/DEBIAN/conffiles"
PYTHONPATH=$PWD .venv/bin/python installer/linux/command_pages.py desktop "$STAGE"
ln -s agent-desktop.1.gz "$STAGE/usr/share/man/man1/agent-phone.1.gz"

place_scripts installer/linux/desktop

place_licences
place_sbom
place_copyright <<'TEXT'
Copyright 2026 the authors of Agent Desktop, under the GNU General Public License,
version 3 or later:
/usr/share/common-licenses/GPL-3 has its text.

Under /opt/agent-desktop lie libraries of others; the licence of each is in
/usr/share/doc/agent-desktop/licences. Qt and PySide6 are under the GNU Lesser
General Public License, version 3 (/usr/share/common-licenses/LGPL-3): they are
files of their own there and may be replaced by builds of your own. The phone
engine is PJSIP 2.17, under the GNU General Public License, version 2 or later
(/usr/share/common-licenses/GPL-2), built with the recipe in this project's
source (installer/phone_engine).
TEXT
pack <<TEXT
Section: net
Depends: libc6 (>= $FLOOR), libstdc++6 (>= 12), libgcc-s1, libgl1, libegl1, libxcb1, libxkbcommon-x11-0, libwayland-client0, libwayland-cursor0, libwayland-egl1, libdbus-1-3, libgssapi-krb5-2, libnss3, libasound2 | libasound2t64, fontconfig, fonts-noto-cjk | fonts-wqy-microhei
Recommends: ca-certificates, fonts-inter, libasound2-plugins, libcups2 | libcups2t64, gnome-keyring | kwalletmanager, xdg-utils
Description: call-centre agent's workstation
 Softphone, customers, knowledge and tickets in one window that goes on working
 while its server is away. It opens tel:, sip:, sips: and callto: links.
TEXT
