# $1 folder to make  $2 PostgreSQL's programs  $3 server options. Prints "ready", then waits for the end of its standard input, which
# comes when the test process closes it or dies, however it dies; then the server and its folder go.
exec 2>&1
trap : HUP INT TERM
PATH=$2:$PATH
export LC_ALL=C

stop() {
  pg_ctl -D "$1/data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$1"
}

# What a killed machine or a killed group of processes left; the name ends with the test process' id.
for old in "${1%/*}"/haosuan-postgres-*; do
  [ -O "$old" ] && [ ! -e "/proc/${old##*-}" ] && stop "$old"
done

mkdir -m 700 "$1" && cd "$1" || exit 1
if initdb -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log && pg_ctl -D data -w -l log -o "$3" start >start; then
  echo ready
  read -r _
else
  cat log start
fi
stop "$1"
