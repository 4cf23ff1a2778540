#!/bin/sh
# PostgreSQL with the database and the user "throughline", who needs a password from everywhere. Arguments: settings for the server.
set -eu

# Made aside and moved into place last: a first start that is cut off leaves nothing half made.
if [ ! -d /data/cluster ]; then
  rm -rf /data/unfinished
  initdb --pgdata /data/unfinished --username throughline --auth scram-sha-256 --pwfile /secrets/postgres.password \
    --encoding UTF8 --locale C --locale-provider builtin --builtin-locale C.UTF-8 --no-instructions
  echo 'CREATE DATABASE throughline' | postgres --single -D /data/unfinished postgres
  echo 'host all all all scram-sha-256' >>/data/unfinished/pg_hba.conf
  mv /data/unfinished /data/cluster
fi
exec postgres -D /data/cluster -h '*' -k /tmp "$@"
