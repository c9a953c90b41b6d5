#!/usr/bin/env bash
# Packs what `freeze.sh server` made into build/package/agent-server_VERSION_amd64.deb; the same bytes from the same commit.
# Usage: installer/linux/build_server_deb.sh
# Environment: what packing.sh reads
set -euo pipefail
cd "$(dirname "$0")/../.."

NAME=agent-server
MOST_PACKED_MB=40
MOST_INSTALLED_MB=110
. installer/linux/packing.sh

rm -rf "$STAGE"
mkdir -p "$STAGE/DEBIAN" "$STAGE/opt"
cp -a "$FROZEN" "$STAGE/opt/agent-server"
here=installer/linux/server
place "$here/agent-server" usr/sbin/agent-server 755
place "$here/agent-server.service" usr/lib/systemd/system/agent-server.service
place "$here/agent-server.sysusers" usr/lib/sysusers.d/agent-server.conf
place "$here/agent-server.env" etc/agent-server/agent-server.env 600
printf '/etc/agent-server/agent-server.env\n' >"$STAGE/DEBIAN/conffiles"
place_scripts "$here"
PYTHONPATH=$PWD .venv/bin/python installer/linux/command_pages.py server "$STAGE"

place_licences
place_sbom
place_copyright <<'TEXT'
Copyright 2026 the authors of Agent Desktop, under the GNU General Public License,
version 3 or later: /usr/share/common-licenses/GPL-3 has its text.

Under /opt/agent-server lie libraries of others; the licence of each is in
/usr/share/doc/agent-server/licences.
TEXT
pack <<TEXT
Section: net
Depends: libc6 (>= $FLOOR), libstdc++6 (>= 12), libgcc-s1, systemd | systemd-standalone-sysusers
Recommends: ca-certificates
Suggests: postgresql, nginx
Description: central server of the agent desktop
 Keeps customers, tickets, knowledge and the floor of a call centre for its
 workstations, in PostgreSQL or SQLite. It listens to this machine alone; a
 proxy with TLS stands before it.
TEXT
