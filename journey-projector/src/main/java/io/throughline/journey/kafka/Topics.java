package io.throughline.journey.kafka;

import io.throughline.events.log.Brokers;
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
    public static int partitions(Brokers brokers, String topic) {
        return ask(brokers, admin -> admin.describeTopics(Set.of(topic)).allTopicNames()).get(topic).partitions().size();
    }

    /// Makes a topic that is kept for ever, unless it is there.
    ///
    /// @throws KafkaException while the broker is away
    public static void ensure(Brokers brokers, String topic, int partitions, short replication) {
        if (!ask(brokers, admin -> admin.listTopics().names()).contains(topic)) {
            var settings = Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1", "retention.bytes", "-1");
            try {
                ask(brokers, admin -> admin.createTopics(Set.of(new NewTopic(topic, partitions, replication).configs(settings))).all());
            } catch (TopicExistsException _) {
                // another projector was quicker
            }
        }
    }

    private static <T> T ask(Brokers brokers, Function<Admin, KafkaFuture<T>> question) {
        try (var admin = Admin.create(brokers.client(Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS)))) {
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
