#!/bin/sh
# Installs the real servers that the tests run on loopback. Only as root on Debian; otherwise it says what is missing,
# and the tests that need it skip with that reason (with CI=true a skip counts as a failure).
set -eu
pairs="rbldnsd:rbldnsd nsd:nsd unbound:unbound dnsdist:dnsdist knotd:knot opendkim:opendkim opendkim-genkey:opendkim-tools
    postfix:postfix dovecot:dovecot-imapd dig:bind9-dnsutils promtool:prometheus
    spamd:spamd rspamd:rspamd ip:iproute2 iptables:iptables unshare:util-linux"
[ "${1:-}" = bench ] && pairs="$pairs dnsperf:dnsperf spamc:spamc"
PATH="$PATH:/usr/sbin:/sbin"
missing=""
for pair in $pairs; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed, their tests will be skipped:$missing" >&2
    exit 0
fi
echo "installing for the tests:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d # the tests start the servers themselves; none of them shall begin to serve this machine
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
fi
echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections 2>/dev/null || true
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
