package io.throughline.deploy.acceptance;

import java.util.concurrent.ConcurrentLinkedDeque;

/// What must not outlive the run: ended in the reverse order of its start, also when tests fail or the run is interrupted.
final class AtExit {
    private static final ConcurrentLinkedDeque<AutoCloseable> OPEN = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll, "end-of-run"));
    }

    private AtExit() {}

    static <T extends AutoCloseable> T close(T open) {
        OPEN.push(open);
        return open;
    }

    static void forget(AutoCloseable closed) {
        OPEN.remove(closed);
    }

    private static void closeAll() {
        for (var open = OPEN.poll(); open != null; open = OPEN.poll()) {
            try {
                open.close();
            } catch (Exception e) {
                System.err.println("Not ended: " + open + ": " + e);
            }
        }
    }
}
