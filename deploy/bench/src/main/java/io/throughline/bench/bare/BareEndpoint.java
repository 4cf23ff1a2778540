package io.throughline.bench.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The least that lies between a request and the log: headers and body to a record, its acknowledgement to `202`. It checks nothing and
/// knows nobody. Under [#NOTHING] it leaves out the log too, which shows what the client could do at most.
public final class BareEndpoint {
    public static final String NOTHING = "/nothing";

    private static final String ANSWER = "{}";

    private final Vertx vertx;
    private final Producer<byte[], byte[]> producer;
    private final String topic;

    private BareEndpoint(Vertx vertx, Producer<byte[], byte[]> producer, String topic) {
        this.vertx = vertx;
        this.producer = producer;
        this.topic = topic;
    }

    /// Settings by the environment: `PORT`, `KAFKA_BOOTSTRAP_SERVERS`, `KAFKA_CREDENTIALS_FILE`, `TOPIC`.
    public static void main(String[] arguments) {
        var vertx = Vertx.vertx();
        var environment = System.getenv();
        var producer = new KafkaProducer<byte[], byte[]>(BareProducer.settings(BareProducer.brokers(environment)));
        var endpoint = new BareEndpoint(vertx, producer, environment.get("TOPIC"));
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(environment.get("PORT"))).setTcpNoDelay(true);
        // One an event loop, as Quarkus does it.
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            vertx.createHttpServer(options).requestHandler(endpoint::handle).listen().onFailure(BareEndpoint::giveUp);
        }
    }

    private static void giveUp(Throwable failure) {
        System.err.println("Not listening: " + failure);
        System.exit(1);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals(NOTHING)) {
            request.body().onSuccess(_ -> request.response().setStatusCode(202).end(ANSWER));
        } else {
            request.body().onSuccess(body -> append(request, body));
        }
    }

    private void append(HttpServerRequest request, Buffer body) {
        var context = vertx.getOrCreateContext();
        producer.send(record(request, body), (_, failure) ->
                context.runOnContext(_ -> request.response().setStatusCode(failure == null ? 202 : 503).end(ANSWER)));
    }

    /// The same bytes as ours: or the broker's work would differ too.
    private ProducerRecord<byte[], byte[]> record(HttpServerRequest request, Buffer body) {
        var record = new ProducerRecord<>(topic, request.getHeader("ce-subject").getBytes(UTF_8), body.getBytes());
        request.headers().forEach((name, value) -> {
            if (name.startsWith("ce-")) {
                record.headers().add(name, value.getBytes(UTF_8));
            }
        });
        return record;
    }
}
