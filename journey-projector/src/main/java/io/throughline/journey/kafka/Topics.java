package io.throughline.journey.kafka;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/// What the broker knows of a topic.
public final class Topics {

    private static final int PATIENCE_MILLIS = 5_000;

    private Topics() {}

    /// @throws KafkaException while the broker is away or has no such topic
    public static int partitions(String bootstrapServers, String topic) {
        return ask(bootstrapServers, admin -> admin.describeTopics(Set.of(topic)).allTopicNames()).get(topic).partitions().size();
    }

    /// Makes a topic that is kept for ever, unless it is there.
    ///
    /// @throws KafkaException while the broker is away
    public static void ensure(String bootstrapServers, String topic, int partitions, short replication) {
        if (!ask(bootstrapServers, admin -> admin.listTopics().names()).contains(topic)) {
            var settings = Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1", "retention.bytes", "-1");
            try {
                ask(bootstrapServers, admin -> admin.createTopics(Set.of(new NewTopic(topic, partitions, replication).configs(settings))).all());
            } catch (TopicExistsException _) {
                // another projector was quicker
            }
        }
    }

    private static <T> T ask(String bootstrapServers, Function<Admin, KafkaFuture<T>> question) {
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS))) {
            return question.apply(admin).get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            throw new KafkaException(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("the broker has not answered for " + 2 * PATIENCE_MILLIS + " ms", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", interrupted);
        }
    }
}
