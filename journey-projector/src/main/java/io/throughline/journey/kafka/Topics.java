package io.throughline.journey.kafka;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/// What the broker knows of a topic.
public final class Topics {

    private static final int PATIENCE_MILLIS = 5_000;

    private Topics() {}

    /// @throws KafkaException while the broker is away or has no such topic
    public static int partitions(String bootstrapServers, String topic) {
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS))) {
            return admin.describeTopics(Set.of(topic)).allTopicNames().get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS).get(topic).partitions().size();
        } catch (ExecutionException failed) {
            throw new KafkaException(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("the broker has not answered for " + 2 * PATIENCE_MILLIS + " ms", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", interrupted);
        }
    }
}
