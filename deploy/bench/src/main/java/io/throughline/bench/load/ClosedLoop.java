package io.throughline.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// As many requests as are taken: each connection sends its next one when the last is answered, without pipelining.
/// All of it happens on one event loop, so nothing here is shared between threads.
public final class ClosedLoop {
    private static final int ACCEPTED = 202;

    private final Requests requests;
    private final long measureFrom;
    private final long measureTo;
    private final CompletableFuture<Long> counted = new CompletableFuture<>();
    private final List<Connection> connections = new ArrayList<>();
    private long answers;

    private ClosedLoop(Requests requests, Duration warmUp, Duration measured) {
        this.requests = requests;
        this.measureFrom = System.nanoTime() + warmUp.toNanos();
        this.measureTo = measureFrom + measured.toNanos();
    }

    /// Events per second that were accepted during `measured`, after `warmUp` at the same load.
    ///
    /// @throws LoadException at the first answer that is not `202`
    public static double eventsPerSecond(Vertx vertx, Target target, int connections, Requests requests, Duration warmUp, Duration measured) {
        var loop = new ClosedLoop(requests, warmUp, measured);
        var client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(5_000));
        try {
            vertx.getOrCreateContext().runOnContext(_ -> loop.open(client, target, connections));
            return loop.counted.join() * (double) requests.events() / (measured.toNanos() / 1e9);
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof LoadException known ? known : new LoadException(String.valueOf(refused.getCause()));
        } finally {
            client.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void open(NetClient client, Target target, int count) {
        for (int i = 0; i < count; i++) {
            Connection.open(client, target).onFailure(counted::completeExceptionally).onSuccess(connection -> {
                connections.add(connection);
                sendNext(connection);
            });
        }
    }

    private void sendNext(Connection connection) {
        connection.send(requests.next(), answer -> answered(connection, answer));
    }

    private void answered(Connection connection, Connection.Answer answer) {
        long now = System.nanoTime();
        if (answer.status() != ACCEPTED) {
            end(new LoadException("Answered " + answer.status() + " instead of 202: " + answer.text()));
        } else if (now >= measureTo) {
            end(null);
        } else {
            answers += now >= measureFrom ? 1 : 0;
            sendNext(connection);
        }
    }

    private void end(LoadException fault) {
        if (fault != null) {
            counted.completeExceptionally(fault);
        } else {
            counted.complete(answers);
        }
        connections.forEach(Connection::close);
    }
}
