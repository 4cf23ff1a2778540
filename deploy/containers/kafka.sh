#!/bin/sh
# One broker, its own controller (KRaft). Its settings, with the password, come from the container "secrets".
set -eu

# Formatting makes the password part of the data. What the tool prints tells by what it is checked, so it goes nowhere.
if [ ! -f /data/log/meta.properties ]; then
  java -Xmx128m -cp '/opt/kafka/libs/*' @/secrets/format.arguments >/dev/null
fi
exec java -Xmx384m -XX:+ExitOnOutOfMemoryError -Dlog4j2.configurationFile=/etc/throughline/log4j2.xml \
  -cp '/opt/kafka/libs/*' kafka.Kafka /secrets/server.properties
