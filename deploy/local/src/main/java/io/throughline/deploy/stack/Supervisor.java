package io.throughline.deploy.stack;

import io.throughline.deploy.gateway.Gateway;
import io.throughline.deploy.stack.StackStatus.Member;
import io.throughline.deploy.stack.StackStatus.Phase;
import io.throughline.deploy.stack.StackStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs a whole stack in one folder and keeps it running: broker and database, unless they are given, then the services
/// as processes, and the gateway in this very process.
public final class Supervisor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final String GATEWAY = "gateway";
    /// Below, ports are the administrator's.
    private static final int FIRST_OF_ALL = 1024;
    private static final int LAST = 65_535;

    private final StackFolder folder;
    private final int port;
    private final StackLock lock;
    private final StatusBoard board;
    private final List<Supervised> foundations = new ArrayList<>();
    private final List<Supervised> services = new ArrayList<>();
    private final ScheduledExecutorService rotation = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("log-rotation").factory());
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("folder-watch").factory());
    private final CountDownLatch lost = new CountDownLatch(1);
    private Gateway gateway;
    private boolean closed;

    private Supervisor(StackFolder folder, int port, StackLock lock) {
        this.folder = folder;
        this.port = port;
        this.lock = lock;
        this.board = new StatusBoard(folder, Instant.now(), url());
    }

    /// Starts the stack and returns when all of it serves; how far it is stands in [StackStatus]. It ends with this
    /// process or by [#close].
    ///
    /// @param port of the gateway
    /// @param environment `KAFKA_BOOTSTRAP_SERVERS` (with `KAFKA_CREDENTIALS_FILE`, where they ask for a password) and `DATABASE_URL`,
    /// where set, name servers to use instead of own ones
    /// @throws StackException when it runs already or a part of it cannot be started; nothing of it is left running then
    public static Supervisor start(StackFolder folder, int port, Map<String, String> environment) throws IOException {
        int tightened = folder.open();
        if (tightened > 0) {
            LOG.log(Level.WARNING, "{0} was open to other accounts (files and folders: {1}); from now on only its owner may look into it",
                    folder.root(), tightened);
        }
        var lock = StackLock.take(folder).orElseThrow(() -> new StackException("A stack runs in " + folder.root() + " already."));
        requireFree(port);
        Leftovers.end(folder).forEach(name -> LOG.log(Level.WARNING, "{0} was still running without a supervisor and was ended", name));
        var supervisor = new Supervisor(folder, port, lock);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(supervisor::close));
        try {
            supervisor.startAll(environment);
            return supervisor;
        } catch (IOException | RuntimeException e) {
            throw supervisor.failed(e instanceof CompletionException ? e.getCause() : e);
        }
    }

    /// @throws StackException when the gateway could not listen there
    public static void requireFree(int port) {
        if (!Loopback.isFree(port)) {
            throw new StackException(port < FIRST_OF_ALL && !ProcessHandle.current().info().user().orElse("").equals("root")
                    ? "Port %d is taken by another program, or only the administrator may use it. Choose another: ./throughline up --port 8080".formatted(port)
                    : "Port %d is taken by another program. Choose another: ./throughline up --port %d".formatted(port, port < LAST ? port + 1 : port - 1));
        }
    }

    private void startAll(Map<String, String> environment) throws IOException {
        board.phase(Phase.STARTING);
        watch.scheduleWithFixedDelay(this::endWithoutFolder, 1, 1, TimeUnit.SECONDS);
        folder.access().ensure(url(), new SecureRandom());
        var blueprint = Blueprint.of(folder, Ports.claim(folder), environment);
        announce(blueprint);
        rotation.scheduleWithFixedDelay(() -> rotateLogs(blueprint), 10, 10, TimeUnit.SECONDS);

        start(foundations, blueprint.foundations());
        start(services, List.of(blueprint.ingest()));
        start(services, List.of(blueprint.projector()));
        openGateway(blueprint);
        board.phase(Phase.READY);
        LOG.log(Level.INFO, "The stack serves at {0}", url());
    }

    private void announce(Blueprint blueprint) {
        blueprint.all().forEach(server -> board.member(new Member(server.name(), State.WAITING, 0, server.port(), server.managementPort(), null, 0)));
        board.member(new Member(GATEWAY, State.WAITING, 0, port, null, null, 0));
    }

    /// Starts servers side by side and waits until all of them serve.
    private void start(List<Supervised> group, List<? extends LocalServer> servers) {
        CompletableFuture.allOf(servers.stream().map(server -> supervise(group, server)).toArray(CompletableFuture[]::new)).join();
    }

    private synchronized CompletableFuture<Void> supervise(List<Supervised> group, LocalServer server) {
        refuseWhenClosed();
        var child = new Supervised(server, new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofMinutes(1)), START_LIMIT, board::member);
        group.add(child);
        return child.start();
    }

    private synchronized void openGateway(Blueprint blueprint) throws IOException {
        refuseWhenClosed();
        gateway = Gateway.start(Loopback.HOST, port, folder.access().access(),
                Blueprint.upstream(blueprint.ingest()), Blueprint.upstream(blueprint.projector()));
        board.member(new Member(GATEWAY, State.READY, ProcessHandle.current().pid(), port, null, Instant.now(), 0));
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new StackException("The stack was stopped while it started.");
        }
    }

    private StackException failed(Throwable cause) {
        var refusal = cause instanceof StackException known ? known : new StackException(Why.of(cause));
        LOG.log(Level.ERROR, refusal.getMessage());
        board.failed(refusal.getMessage());
        close();
        return refusal;
    }

    /// Refusing to start is better than writing data to an orphaned folder or into a new, empty database.
    private void endWithoutFolder() {
        if (lock.isInPlace()) {
            return;
        }
        var why = folder.root() + " was removed or moved while the stack ran in it, or its disk is gone, so everything was stopped. "
                + "Bring the folder back, then ./throughline up; without it that starts from nothing.";
        LOG.log(Level.ERROR, why);
        board.lost();
        close();
        try {
            board.lastWord(why);
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, e.getMessage());
        }
        lost.countDown();
    }

    /// Blocks until the stack has ended because its folder is gone.
    public void awaitLoss() throws InterruptedException {
        lost.await();
    }

    private static void rotateLogs(Blueprint blueprint) {
        for (var server : blueprint.all()) {
            try {
                LogFile.rotate(server.log());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The log of {0} cannot be rotated: {1}", server.name(), e.getMessage());
            }
        }
    }

    private String url() {
        return "http://localhost:" + port;
    }

    /// Stops everything, callers first: services, gateway, broker, database; returns when all are gone.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        board.phase(Phase.STOPPING);
        services.reversed().forEach(Supervised::close);
        if (gateway != null) {
            gateway.close();
            board.member(new Member(GATEWAY, State.STOPPED, 0, port, null, null, 0));
        }
        foundations.forEach(Supervised::close);
        rotation.shutdownNow();
        watch.shutdown();
        board.phase(Phase.STOPPED);
        release();
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The lock of {0} was not released: {1}", folder.root(), e.getMessage());
        }
    }
}
