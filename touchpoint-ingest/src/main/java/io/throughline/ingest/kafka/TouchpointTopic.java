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
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topic of the touchpoints as the broker has it: created when absent, and fit for events or not.
final class TouchpointTopic implements AutoCloseable {

    private static final String LOG_APPEND_TIME = "LogAppendTime";

    private final KafkaSettings settings;
    private final Admin admin;

    TouchpointTopic(KafkaSettings settings) {
        this.settings = settings;
        this.admin = Admin.create(settings.admin());
    }

    /// Asks the broker. Blocks for a few seconds at most.
    ///
    /// @return why the topic cannot take events, for people; empty when it can
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
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        var description = admin.describeTopics(List.of(settings.topic())).allTopicNames();
        var configs = admin.describeConfigs(List.of(resource)).all();
        return faultOf(description.get().get(settings.topic()), configs.get().get(resource));
    }

    private Optional<String> faultOf(TopicDescription topic, Config config) {
        var timestamps = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
        if (!LOG_APPEND_TIME.equals(timestamps)) {
            return Optional.of("The topic " + settings.topic() + " has message.timestamp.type=" + timestamps + "; set it to " + LOG_APPEND_TIME
                    + ": what was known when is read from the broker's clock.");
        }
        int minInSync = Integer.parseInt(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
        return topic.partitions().stream()
                .filter(partition -> partition.leader() == null || partition.leader().isEmpty() || partition.isr().size() < minInSync)
                .findFirst()
                .map(partition -> "Partition " + partition.partition() + " of the topic " + settings.topic() + " has no leader or fewer than "
                        + minInSync + " replicas in sync.");
    }

    private Optional<String> create() throws InterruptedException {
        var topic = new NewTopic(settings.topic(), settings.partitions(), settings.replication()).configs(Map.of(
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME,
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, "-1",
                TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInSync())));
        try {
            admin.createTopics(List.of(topic)).all().get();
            return Optional.of("The topic " + settings.topic() + " has just been created.");
        } catch (ExecutionException failed) {
            return Optional.of(failed.getCause() instanceof TopicExistsException
                    ? "The topic " + settings.topic() + " has just been created elsewhere."
                    : "The topic " + settings.topic() + " cannot be created: " + failed.getCause().getMessage());
        }
    }

    private String unreachable(Throwable cause) {
        return "The broker at " + settings.bootstrapServers() + " does not answer (" + cause.getClass().getSimpleName() + ").";
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
