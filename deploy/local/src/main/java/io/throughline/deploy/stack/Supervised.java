package io.throughline.deploy.stack;

import io.throughline.deploy.stack.StackStatus.Member;
import io.throughline.deploy.stack.StackStatus.State;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One server that is kept running: when its process ends, by whatever cause, it is started again,
/// after a pause that grows while it keeps dying.
final class Supervised implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Supervised.class.getName());

    private final LocalServer server;
    private final Backoff backoff;
    private final Duration startLimit;
    private final Consumer<Member> observer;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;

    private volatile ServerProcess process;
    private int restarts;

    Supervised(LocalServer server, Backoff backoff, Duration startLimit, Consumer<Member> observer) {
        this.server = server;
        this.backoff = backoff;
        this.startLimit = startLimit;
        this.observer = observer;
        this.keeper = Thread.ofPlatform().name("keeper-" + server.name()).daemon().unstarted(this::keep);
        tell(State.WAITING);
    }

    /// Starts the server; the answer completes when it serves for the first time, exceptionally with a
    /// [StackException] when it cannot be started: then it is not tried again.
    CompletableFuture<Void> start() {
        keeper.start();
        return firstReady;
    }

    private void keep() {
        try {
            while (isOpen()) {
                var begun = System.nanoTime();
                runOnce();
                if (isOpen()) {
                    pauseAfter(Duration.ofNanos(System.nanoTime() - begun));
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            tell(restarts == 0 ? State.STARTING : State.RESTARTING);
            launch();
            process.awaitReady(startLimit);
            tell(State.READY);
            firstReady.complete(null);
            process.ended().join();
        } catch (IOException | StackException e) {
            giveUpOrGoOn(e);
        }
    }

    /// Under the lock of [#close], so that no process is started behind its back.
    private synchronized void launch() throws IOException, InterruptedException {
        if (!isOpen()) {
            throw new InterruptedException();
        }
        process = restarts == 0 ? ServerProcess.start(server) : ServerProcess.startAgain(server);
        tell(restarts == 0 ? State.STARTING : State.RESTARTING);
    }

    private void giveUpOrGoOn(Exception cause) {
        if (!firstReady.isDone()) {
            closing.countDown();
            firstReady.completeExceptionally(cause);
        } else {
            LOG.log(Level.WARNING, Why.of(cause));
        }
        if (process != null) {
            process.kill();
        }
    }

    private void pauseAfter(Duration life) throws InterruptedException {
        restarts++;
        var pause = backoff.next(life);
        tell(State.RESTARTING);
        LOG.log(Level.WARNING, "{0} ended; it is started again in {1} ms, for the {2}. time", server.name(), pause.toMillis(), restarts);
        closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void tell(State state) {
        var present = process;
        observer.accept(new Member(server.name(), state, present == null ? 0 : present.pid(), server.port(), server.managementPort(),
                present == null ? null : present.since(), restarts));
    }

    /// Ends the server for good and waits until it is gone.
    @Override
    public void close() {
        closing.countDown();
        keeper.interrupt();
        synchronized (this) {
            if (process != null) {
                process.close();
            }
        }
        tell(State.STOPPED);
    }
}
