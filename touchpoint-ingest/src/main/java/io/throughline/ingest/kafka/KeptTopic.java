package io.throughline.ingest.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// A topic that is kept for ever, as the broker has it: created when absent, and fit to be written or not.
final class KeptTopic implements AutoCloseable {

    private static final String LOG_APPEND_TIME = "LogAppendTime";

    private final KafkaSettings settings;
    private final String name;
    private final int partitions;
    private final boolean ordered;
    private final Admin admin;

    private KeptTopic(KafkaSettings settings, String name, int partitions, boolean ordered) {
        this.settings = settings;
        this.name = name;
        this.partitions = partitions;
        this.ordered = ordered;
        this.admin = Admin.create(settings.admin());
    }

    static KeptTopic touchpoints(KafkaSettings settings) {
        return new KeptTopic(settings, settings.topic(), settings.partitions(), false);
    }

    /// In one partition: few are written, and their order across all keys is part of what they say.
    static KeptTopic definitions(KafkaSettings settings) {
        return new KeptTopic(settings, settings.definitions(), 1, true);
    }

    /// Asks the broker. Blocks for a few seconds at most.
    ///
    /// @return why the topic cannot be written, for people; empty when it can
    Optional<String> fault() throws InterruptedException {
        try {
            return check();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return create();
            }
            return Optional.of(unreachable(failed.getCause()));
        } catch (KafkaException failed) {
            return Optional.of(unreachable(failed));
        }
    }

    private Optional<String> check() throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        var description = admin.describeTopics(List.of(name)).allTopicNames();
        var configs = admin.describeConfigs(List.of(resource)).all();
        return faultOf(description.get().get(name), configs.get().get(resource));
    }

    private Optional<String> faultOf(TopicDescription topic, Config config) {
        var timestamps = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
        if (!LOG_APPEND_TIME.equals(timestamps)) {
            return Optional.of("The topic " + name + " has message.timestamp.type=" + timestamps + "; set it to " + LOG_APPEND_TIME
                    + ": what was known when is read from the broker's clock.");
        }
        if (ordered && topic.partitions().size() > 1) {
            return Optional.of("The topic " + name + " has " + topic.partitions().size() + " partitions; make it anew with one: only then it has one order.");
        }
        int minInSync = Integer.parseInt(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
        return topic.partitions().stream()
                .filter(partition -> partition.leader() == null || partition.leader().isEmpty() || partition.isr().size() < minInSync)
                .findFirst()
                .map(partition -> "Partition " + partition.partition() + " of the topic " + name + " has no leader or fewer than "
                        + minInSync + " replicas in sync.");
    }

    private Optional<String> create() throws InterruptedException {
        var topic = new NewTopic(name, partitions, settings.replication()).configs(Map.of(
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME,
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, "-1",
                TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInSync())));
        try {
            admin.createTopics(List.of(topic)).all().get();
            return Optional.of("The topic " + name + " has just been created.");
        } catch (ExecutionException failed) {
            return Optional.of(failed.getCause() instanceof TopicExistsException
                    ? "The topic " + name + " has just been created elsewhere."
                    : "The topic " + name + " cannot be created: " + failed.getCause().getMessage());
        }
    }

    private String unreachable(Throwable cause) {
        return "The broker at " + settings.brokers() + (cause instanceof AuthenticationException
                ? " refuses the password of KAFKA_CREDENTIALS_FILE." : " does not answer (" + cause.getClass().getSimpleName() + ").");
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
