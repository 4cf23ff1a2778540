package io.throughline.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Requests on a fixed schedule, whatever the answers do: a slow answer delays no later request, so none of its slowness goes unseen.
public final class OpenLoop {
    private static final int ACCEPTED = 202;

    /// @param answered told the moment of the answer, by `System.nanoTime()`, on the event loop
    public record Shot(Buffer request, LongConsumer answered) {}

    private final Vertx vertx;
    private final Supplier<Shot> shots;
    private final double nanosBetween;
    private final long count;
    private final long begin = System.nanoTime();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Shot> delayed = new ArrayDeque<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long due;
    private long answers;

    private OpenLoop(Vertx vertx, Supplier<Shot> shots, double rate, Duration length) {
        this.vertx = vertx;
        this.shots = shots;
        this.nanosBetween = 1e9 / rate;
        this.count = Math.round(rate * length.toNanos() / 1e9);
    }

    /// Sends at `rate` requests a second for `length` and returns when all are answered.
    ///
    /// @throws LoadException at the first answer that is not `202`
    public static void run(Vertx vertx, Target target, int connections, double rate, Duration length, Supplier<Shot> shots) {
        var loop = new OpenLoop(vertx, shots, rate, length);
        var client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(5_000));
        try {
            vertx.getOrCreateContext().runOnContext(_ -> loop.start(client, target, connections));
            loop.done.join();
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof LoadException known ? known : new LoadException(String.valueOf(refused.getCause()));
        } finally {
            client.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void start(NetClient client, Target target, int connections) {
        for (int i = 0; i < connections; i++) {
            Connection.open(client, target).onFailure(done::completeExceptionally).onSuccess(idle::add);
        }
        vertx.setPeriodic(1, timer -> {
            sendDue();
            if (done.isDone()) {
                vertx.cancelTimer(timer);
            }
        });
    }

    private void sendDue() {
        long now = System.nanoTime();
        while (due < count && begin + (long) (due * nanosBetween) <= now) {
            due++;
            delayed.add(shots.get());
        }
        while (!delayed.isEmpty() && !idle.isEmpty()) {
            send(idle.poll(), delayed.poll());
        }
    }

    private void send(Connection connection, Shot shot) {
        connection.send(shot.request(), answer -> {
            long now = System.nanoTime();
            if (answer.status() != ACCEPTED) {
                done.completeExceptionally(new LoadException("Answered " + answer.status() + " instead of 202: " + answer.text()));
                return;
            }
            shot.answered().accept(now);
            if (++answers == count) {
                done.complete(null);
            }
            idle.add(connection);
        });
    }
}
