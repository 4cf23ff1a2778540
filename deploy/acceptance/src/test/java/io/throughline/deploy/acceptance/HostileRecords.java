package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Another writer on the log of touchpoints, whom no ingest has looked at.
final class HostileRecords implements AutoCloseable {
    private static final String TOPIC = "touchpoints";
    private static final byte[] DATA = "{\"n\":1}".getBytes(UTF_8);

    private final Random random;
    private final Map<String, Object> kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private int written;

    /// One record.
    ///
    /// @param key and `value` may be `null`
    record Strange(String what, byte[] key, Map<String, byte[]> headers, byte[] value) {}

    HostileRecords(Map<String, Object> kafka, Random random) {
        this.kafka = kafka;
        this.random = random;
        this.producer = producer(Map.of());
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Attributes that are too long for a store, values that are no JSON of ours, headers that are none, and some that are fine but odd.
    List<Strange> strange() {
        var all = new ArrayList<Strange>();
        all.add(with("source of 6,005 characters", "ce_source", "/rep/" + HostileEvents.letters(random, 6_000)));
        all.add(with("id of 6,000 characters", "ce_id", HostileEvents.letters(random, 6_000)));
        all.add(with("type of 6,000 characters", "ce_type", HostileEvents.letters(random, 6_000)));
        all.add(with("channel of 20,000 characters", "ce_channel", HostileEvents.letters(random, 20_000)));
        all.add(with("sequence of 20,000 characters", "ce_sequence", HostileEvents.letters(random, 20_000)));
        all.add(with("correlation id of 20,000 characters", "ce_correlationid", HostileEvents.letters(random, 20_000)));
        all.add(with("data schema of 20,000 characters", "ce_dataschema", HostileEvents.letters(random, 20_000)));
        all.add(with("identity namespace of 20,000 characters", "ce_identityns", HostileEvents.letters(random, 20_000)));
        all.add(with("extension name of 300 characters", "ce_" + HostileEvents.letters(random, 300), "x"));
        all.add(with("extension name that is empty", "ce_", "x"));
        all.add(with("extension name with a NUL", "ce_a\0b", "x"));
        all.add(with("extension value of 300,000 characters", "ce_note", HostileEvents.letters(random, 300_000)));
        all.add(with("control subject of 20,000 characters", "ce_subject", "area:" + HostileEvents.letters(random, 20_000),
                "ce_identityns", "area"));
        all.add(with("time of the year 1", "ce_time", "0001-01-01T00:00:00Z"));
        all.add(with("time of the year 9999", "ce_time", "9999-12-31T23:59:59Z"));
        all.add(with("a heartbeat of a person", "ce_type", "source-heartbeat.v1"));
        all.add(with("an identity link that links nothing", "ce_type", "identity-linked.v1"));
        var many = headers();
        for (int i = 0; i < 2_000; i++) {
            many.put("ce_x" + i, HostileEvents.letters(random, 20).getBytes(UTF_8));
        }
        all.add(new Strange("2,000 extensions", key(), many, DATA));
        var rubbish = headers();
        rubbish.put("traceparent", new byte[] {0, (byte) 0xff, (byte) 0xfe});
        rubbish.put("content-type", new byte[50_000]);
        rubbish.put("", null);
        rubbish.put("ce_nothing", null);
        all.add(new Strange("headers with rubbish", key(), rubbish, DATA));
        all.add(new Strange("nothing at all", null, Map.of(), null));
        all.add(new Strange("null headers", null, nulls(), null));
        all.add(new Strange("a tombstone", key(), headers(), null));
        all.add(new Strange("an empty value", key(), headers(), new byte[0]));
        all.add(new Strange("900 KB of deep JSON", key(), headers(), "{\"a\":".repeat(150_000).getBytes(UTF_8)));
        all.add(new Strange("900 KB of JSON 60 deep", key(), headers(), ("[".repeat(60) + "1,".repeat(430_000) + "1"
                + "]".repeat(60)).getBytes(UTF_8)));
        all.add(new Strange("900 KB of one text", key(), headers(), ("{\"t\":\"" + HostileEvents.letters(random, 900_000)
                + "\"}").getBytes(UTF_8)));
        all.add(new Strange("900 KB of small fields", key(), headers(), fields()));
        all.add(new Strange("a NUL in the data", key(), headers(), "{\"a\":\"\\u0000\"}".getBytes(UTF_8)));
        all.add(new Strange("half a surrogate pair in the data", key(), headers(), "{\"a\":\"\\ud800\"}".getBytes(UTF_8)));
        all.add(new Strange("1e999999999", key(), headers(), "{\"a\":1e999999999}".getBytes(UTF_8)));
        all.add(new Strange("an exponent beyond all integers", key(), headers(), "{\"a\":1e99999999999}".getBytes(UTF_8)));
        all.add(new Strange("a number of 101 digits", key(), headers(), ("{\"a\":" + "9".repeat(101) + "}").getBytes(UTF_8)));
        all.add(new Strange("a key of another person", "f".repeat(32).getBytes(UTF_8), headers(), DATA));
        return all;
    }

    private byte[] fields() {
        var json = new StringBuilder("{");
        for (int i = 0; json.length() < 900_000; i++) {
            json.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":").append(i);
        }
        return json.append('}').toString().getBytes(UTF_8);
    }

    /// What ingest would have written, of a person of its own.
    private Map<String, byte[]> headers() {
        var headers = new LinkedHashMap<String, byte[]>();
        var token = token();
        Map.of("ce_specversion", "1.0", "ce_id", "rep-" + written++, "ce_source", "/rep/strange", "ce_type", "profile-viewed.v1",
                "ce_time", Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS).toString(), "ce_subject", token,
                        "ce_identityns", "customer",
                "ce_contenthash", token, "content-type", "application/json").forEach((name, value) -> headers
                        .put(name, value.getBytes(UTF_8)));
        return headers;
    }

    private String token() {
        return new UUID(random.nextLong(), random.nextLong()).toString().replace("-", "");
    }

    private byte[] key() {
        return token().getBytes(UTF_8);
    }

    private static Map<String, byte[]> nulls() {
        var headers = new LinkedHashMap<String, byte[]>();
        List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "content-type")
                .forEach(name -> headers.put(name, null));
        return headers;
    }

    private Strange with(String what, String... changes) {
        var headers = headers();
        for (int i = 0; i < changes.length; i += 2) {
            headers.put(changes[i], changes[i + 1].getBytes(UTF_8));
        }
        return new Strange(what, key(), headers, DATA);
    }

    /// Into every partition.
    /// @return how many the broker took
    int write(List<Strange> records) throws InterruptedException {
        var sent = new ArrayList<Future<?>>();
        for (var partition : producer.partitionsFor(TOPIC)) {
            records.forEach(record -> sent.add(producer.send(record(record, partition.partition()))));
        }
        int taken = 0;
        for (var one : sent) {
            try {
                one.get();
                taken++;
            } catch (ExecutionException _) {
                // Too large for the broker.
            }
        }
        return taken;
    }

    private static ProducerRecord<byte[], byte[]> record(Strange strange, int partition) {
        var record = new ProducerRecord<>(TOPIC, partition, strange.key, strange.value);
        strange.headers.forEach((name, value) -> record.headers().add(name, value));
        return record;
    }

    /// A record in every partition, in a Kafka transaction that is open when this returns.
    Transaction begin(String name) throws InterruptedException, ExecutionException {
        var transactional = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "rep-" + name + "-" + random.nextInt()));
        transactional.initTransactions();
        transactional.beginTransaction();
        for (var partition : producer.partitionsFor(TOPIC)) {
            transactional.send(record(with("in a transaction"), partition.partition())).get();
        }
        return new Transaction(transactional);
    }

    /// An open transaction; aborted where it is not committed.
    record Transaction(KafkaProducer<byte[], byte[]> producer) implements AutoCloseable {
        void commit() {
            producer.commitTransaction();
        }

        void abort() {
            producer.abortTransaction();
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
