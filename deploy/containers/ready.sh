#!/bin/bash
# Exit code 0 when the service on management port $1 says that it is ready.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
