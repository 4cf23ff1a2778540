package io.throughline.journey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.throughline.events.log.Brokers;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings of the projector. Each can be given as an environment variable, as in `THROUGHLINE_PROJECTOR_WORKERS`.
@ConfigMapping(prefix = "throughline.projector")
public interface ProjectorConfig {

    /// Kafka bootstrap servers, `host:port` separated by commas. Usually by `KAFKA_BOOTSTRAP_SERVERS`.
    String kafka();

    /// With which password, as [LogCredentials][io.throughline.events.log.LogCredentials] describes it. Usually by
    /// `KAFKA_CREDENTIALS_FILE`; none where the brokers ask for none.
    Optional<Path> kafkaCredentialsFile();

    /// How every client of Kafka reaches the log.
    ///
    /// @throws java.io.UncheckedIOException when the credentials cannot be used; the message says what to do
    default Brokers brokers() {
        return Brokers.of(kafka(), kafkaCredentialsFile());
    }

    /// `postgresql://user@host:port/database`, or with the password in it, as `user:password@`. Usually by `DATABASE_URL`.
    Optional<String> database();

    /// File with the password, which then stands in no environment and no command line. Usually by `DATABASE_PASSWORD_FILE`.
    Optional<Path> databasePasswordFile();

    /// [#database] with its password; call it only where [#database] is set.
    ///
    /// @throws java.io.UncheckedIOException when the file cannot be used; the message says what to do
    default String databaseUrl() {
        return DatabaseUrl.withPassword(database().orElseThrow(), databasePasswordFile());
    }

    /// Who may call. Usually by `THROUGHLINE_ACCESS_FILE`.
    Optional<Path> accessFile();

    /// Where identities become tokens. Usually by `THROUGHLINE_INGEST_URL`.
    String ingestUrl();

    /// File with the bearer token for [#ingestUrl]. Usually by `THROUGHLINE_SERVICE_TOKEN_FILE`.
    Optional<Path> serviceTokenFile();

    /// Folders of further rule files, beside the shipped rulebook. Usually by `THROUGHLINE_RULES`.
    Optional<List<Path>> rules();

    @WithDefault("touchpoints")
    String topic();

    /// Where sources and rules are laid down; made at start if it is not there.
    @WithDefault("definitions")
    String definitionsTopic();

    /// Where findings are published; made at start if it is not there.
    @WithDefault("findings")
    String findingsTopic();

    /// Partitions of [#findingsTopic], where we make it.
    @Min(1)
    @Max(1_000)
    @WithDefault("3")
    int findingsPartitions();

    /// Replicas of [#findingsTopic] and [#definitionsTopic], where we make them. One suits one machine only.
    @Min(1)
    @Max(7)
    @WithDefault("1")
    short findingsReplication();

    /// Threads that read the log, each with its own consumer. They wait for the database half of their time: with two, two cores are not busy.
    @Min(1)
    @Max(64)
    @WithDefault("3")
    int workers();

    /// Threads that evaluate journeys.
    @Min(1)
    @Max(64)
    @WithDefault("3")
    int evaluators();

    /// Most records of one transaction. At 2,000 a commit takes some tens of milliseconds; more gains nothing.
    @Min(1)
    @Max(50_000)
    @WithDefault("2000")
    int batchSize();

    /// After which a projector that is not heard from loses its partitions to the others. The broker sets bounds too, by default from 6 s.
    @WithDefault("10s")
    Duration sessionTimeout();

    /// How far the broker's clock may be behind ours. Evaluation time waits this long for it.
    @WithDefault("10ms")
    Duration clockSkew();

    /// A finding whose deadline had passed longer ago than this when it became known is marked historic.
    @WithDefault("P30D")
    Duration historicAfter();

    /// Short reads at a time, each with a connection of its own; the loops have others.
    @Min(1)
    @Max(256)
    @WithDefault("8")
    int readers();

    /// Reads at a time that evaluate a journey, each with a connection and a thread of its own. They compute: more of them than processors gain
    /// nothing, but one key has at most half.
    @Min(2)
    @Max(64)
    @WithDefault("4")
    int longReaders();

    /// Rules that are read, tried or written at a time, each with a connection and a thread of its own.
    @Min(2)
    @Max(64)
    @WithDefault("2")
    int ruleReaders();

    /// Questions about the status at a time, each with a connection of its own.
    @Min(2)
    @Max(64)
    @WithDefault("4")
    int statusReaders();

    /// Lists at a time that are handed over whole, as CSV or lines of JSON. They read by the connections of [#longReaders].
    @Min(2)
    @Max(64)
    @WithDefault("4")
    int exports();

    /// Streams of findings at a time, each with a thread and a consumer of its own. One key has at most half of them.
    @Min(2)
    @Max(256)
    @WithDefault("16")
    int streams();

    /// After which a stream without news says that it is alive. Less than what proxies take for silence.
    @WithDefault("15s")
    Duration heartbeat();

    /// Requests of each of these kinds that wait for their turn; one more is refused at once, as `busy`. One key has at most half of them.
    @Min(2)
    @Max(10_000)
    @WithDefault("64")
    int waiting();

    /// How long they wait at most.
    @WithDefault("10s")
    Duration patience();

    /// After which the database gives up a statement of a short read.
    @WithDefault("5s")
    Duration readsWithin();

    /// After which a read that evaluates a journey is given up, as `too-long`.
    @WithDefault("10s")
    Duration longReadsWithin();

    /// After which rules that are read, tried or written are given up.
    @WithDefault("30s")
    Duration rulesWithin();

    /// How long a request and its answer may take, with all that the caller sends and reads; then the connection is closed. Of exports and streams, each
    /// part.
    @WithDefault("60s")
    Duration exchangeWithin();
}
