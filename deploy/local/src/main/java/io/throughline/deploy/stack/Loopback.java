package io.throughline.deploy.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// The only interface on which the local stack listens.
public final class Loopback {
    public static final String HOST = "127.0.0.1";

    private static final int LOWEST = 20_000;
    /// On Linux; elsewhere they begin higher (RFC 6335: 49152).
    private static final int LOWEST_OF_OUTGOING = 32_768;
    private static final int TRIES = 1_000;
    /// Stacks that are started side by side may each be given a share of the ports, as in `1/2` and `2/2`: between choosing one and listening on it
    /// another stack could take it otherwise.
    private static final String SHARE = "THROUGHLINE_PORT_SHARE";
    private static final Pattern SHARES = Pattern.compile("([1-9])/([1-9])");

    private Loopback() {}

    /// A port that is free now, by chance: two who ask at once get different ones. It lies below the ports that systems take for outgoing
    /// connections, of which one might have it before the server starts.
    public static int freePort() throws IOException {
        var shares = SHARES.matcher(System.getenv().getOrDefault(SHARE, "1/1"));
        if (!shares.matches()) {
            throw new IOException(SHARE + " is a share of the ports, as in 1/2");
        }
        int width = (LOWEST_OF_OUTGOING - LOWEST) / Integer.parseInt(shares.group(2));
        int first = LOWEST + width * (Integer.parseInt(shares.group(1)) - 1);
        var port = ThreadLocalRandom.current().ints(TRIES, first, first + width).filter(Loopback::isFree).findFirst();
        return port.orElseThrow(() -> new IOException("None of " + TRIES + " ports from " + LOWEST + " on is free"));
    }

    /// Whether a server could listen on `port` now. Connections that are still closing do not count.
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
