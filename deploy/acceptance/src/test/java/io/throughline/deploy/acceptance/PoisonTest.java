package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The log is shared: what another writer puts there is kept aside with the reason, and the partition moves on.
class PoisonTest {
    /// Each falls into a partition by chance: of so many, one in six partitions gets none in less than one run in ten billion.
    private static final int SOUND = 150;
    private static final String TOKEN = "00112233445566778899aabbccddeeff";
    private static final Map<String, byte[]> HEADERS = headers();
    private static final byte[] DATA = "{\"callId\":\"c-1\"}".getBytes(UTF_8);

    private static final List<Poison> POISONS = List.of(
            poison("no headers at all", "ce_specversion", _ -> new TreeMap<>()),
            poison("no id", "ce_id", without("ce_id")),
            poison("no time", "ce_time", without("ce_time")),
            poison("a time that is none", "ce_time", with("ce_time", "yesterday")),
            poison("another version of CloudEvents", "ce_specversion", with("ce_specversion", "9.9")),
            poison("a subject that is no token", "ce_subject", with("ce_subject", "customer 4711")),
            poison("a content hash that is none", "ce_contenthash", with("ce_contenthash", "zz")),
            poison("a header that is not UTF-8", "ce_channel", with("ce_channel", HexFormat.of().parseHex("c328"))),
            poison("a NUL in a header", "ce_id", with("ce_id", "a\0b")),
            new Poison("data that is not JSON", "not JSON", HEADERS, "<xml/>".getBytes(UTF_8)),
            new Poison("data that is cut", "not JSON", HEADERS, "{\"callId\":".getBytes(UTF_8)),
            new Poison("data that is not UTF-8", "not UTF-8", HEADERS, HexFormat.of().parseHex("22c32822")),
            new Poison("data nested 10,000 deep", "limits", HEADERS, ("[".repeat(10_000) + "]".repeat(10_000)).getBytes(UTF_8)),
            new Poison("a number of 10,000 digits", "limits", HEADERS, "9".repeat(10_000).getBytes(UTF_8)));

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    private static Stack stack;
    private static Map<Poison, RecordMetadata> written;
    private static JsonNode before;
    private static JsonNode after;

    /// A record that is no event.
    ///
    /// @param reason a word of why it is kept aside
    record Poison(String what, String reason, Map<String, byte[]> headers, byte[] data) {
        @Override
        public String toString() {
            return what;
        }
    }

    /// Poison in every partition, and sound events behind it.
    @BeforeAll
    static void write() throws Exception {
        stack = Stack.common();
        before = stack.settled();
        written = new LinkedHashMap<>();
        try (var producer = new KafkaProducer<byte[], byte[]>(Servers.shared().broker().client(Map.of()),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var partition : producer.partitionsFor(Stack.COMMON)) {
                for (var poison : POISONS) {
                    written.put(poison, producer.send(record(poison, partition.partition())).get());
                }
            }
        }
        for (int i = 0; i < SOUND; i++) {
            stack.source("/channels/ivr").post(sound("after-" + i)).with(202);
        }
        after = stack.settled();
    }

    private static ProducerRecord<byte[], byte[]> record(Poison poison, int partition) {
        var record = new ProducerRecord<>(Stack.COMMON, partition, TOKEN.getBytes(UTF_8), poison.data);
        poison.headers.forEach((name, value) -> record.headers().add(name, value));
        return record;
    }

    private static JsonNode sound(String id) {
        return Events.event("/channels/ivr", id, "call-started.v1", "customer:poison-" + id, Instant.parse("2026-03-02T18:12:00Z"));
    }

    @Test
    void everyRecordIsAccountedForAndThePartitionsMoveOn() {
        var fault = FaultTable.fault(12, "poison in every partition");
        Ledger.isBalanced(after);
        int partitions = after.path("checkpoints").size();
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(growth(partition, "unreadable")).as("unreadable in partition %d", partition).isEqualTo(POISONS.size());
            assertThat(growth(partition, "projected")).as("sound events behind the poison in partition %d", partition).isPositive();
        }
        assertThat(after.path("meta").path("quarantined").asLong() - before.path("meta").path("quarantined").asLong())
                .isEqualTo((long) POISONS.size() * partitions);
        assertThat(after.path("touchpoints").asLong() - before.path("touchpoints").asLong()).isEqualTo(SOUND);
        assertThat(stack.member("projector").restarts()).isZero();
        fault.held(new LogAudit.Account(SOUND + (long) POISONS.size() * partitions, SOUND, 0, 0, 0, 0));
    }

    private static long growth(int partition, String count) {
        return after.path("checkpoints").path(partition).path(count).asLong() - before.path("checkpoints").path(partition).path(count).asLong();
    }

    @ParameterizedTest
    @FieldSource("POISONS")
    void itsReceiptSaysWhyItIsKeptAside(Poison poison) {
        var place = written.get(poison);
        var receipt = stack.as("analyst").get("/v1/receipts", "source", "/channels/ivr", "id", "unread",
                "position", Stack.COMMON + "-" + place.partition() + ":" + place.offset()).with(200).json();
        assertThat(receipt.path("status").asText()).isEqualTo("unreadable");
        assertThat(receipt.path("reason").asText()).contains(poison.reason);
    }

    /// What an ingest would have written, less what each poison changes.
    private static Map<String, byte[]> headers() {
        var headers = new TreeMap<String, byte[]>();
        Stream.of("ce_specversion=1.0", "ce_id=p-1", "ce_source=/channels/ivr", "ce_type=call-started.v1", "ce_time=2026-03-02T18:12:00Z",
                        "ce_subject=" + TOKEN, "ce_identityns=customer", "ce_contenthash=" + TOKEN, "content-type=application/json")
                .map(header -> header.split("=", 2))
                .forEach(header -> headers.put(header[0], header[1].getBytes(UTF_8)));
        return headers;
    }

    private static Poison poison(String what, String reason, UnaryOperator<TreeMap<String, byte[]>> change) {
        return new Poison(what, reason, change.apply(new TreeMap<>(HEADERS)), DATA);
    }

    private static UnaryOperator<TreeMap<String, byte[]>> without(String header) {
        return headers -> {
            headers.remove(header);
            return headers;
        };
    }

    private static UnaryOperator<TreeMap<String, byte[]>> with(String header, String value) {
        return with(header, value.getBytes(UTF_8));
    }

    private static UnaryOperator<TreeMap<String, byte[]>> with(String header, byte[] value) {
        return headers -> {
            headers.put(header, value);
            return headers;
        };
    }
}
