package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Many sockets of one client, each of which says little, and slowly; kept open until closed.
final class HostileSockets implements AutoCloseable {
    /// Enough for a status line and the headers that matter.
    private static final int READ = 2_048;

    private final List<One> sockets = new ArrayList<>();
    private int refused;

    private static final class One {
        final SocketChannel channel;
        final StringBuilder read = new StringBuilder();
        boolean closed;

        One(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /// Connects; says `first` on each.
    ///
    /// @param from the client's own address, one of loopback
    static HostileSockets open(int count, String from, int port, String first) throws IOException {
        var all = new HostileSockets();
        for (int i = 0; i < count; i++) {
            try {
                var channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
                channel.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
                channel.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
                channel.configureBlocking(false);
                var one = new One(channel);
                all.sockets.add(one);
                write(one, first);
            } catch (IOException e) {
                all.refused++;
            }
        }
        return all;
    }

    /// Says a little more on each that is still open, and hears what it was told.
    void say(String more) {
        sockets.forEach(one -> write(one, more));
        hear();
    }

    private static void write(One one, String text) {
        if (!one.closed && !text.isEmpty()) {
            try {
                one.channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
            } catch (IOException e) {
                one.closed = true;
            }
        }
    }

    void hear() {
        var buffer = ByteBuffer.allocate(READ);
        for (var one : sockets) {
            try {
                int read = one.closed || one.read.length() >= READ ? 0 : one.channel.read(buffer.clear());
                one.closed |= read < 0;
                one.read.append(ISO_8859_1.decode(buffer.flip()));
            } catch (IOException e) {
                one.closed = true;
            }
        }
    }

    /// Whether one has been answered, or closed.
    boolean anyIsAnswered() {
        hear();
        return sockets.stream().anyMatch(one -> one.closed || !one.read.isEmpty());
    }

    /// Counts what each was told: its first status, or nothing, and whether it was closed.
    void tell(HostileAttack attack) {
        sockets.forEach(one -> attack.told(status(one) + (one.closed ? ", closed" : ", open")));
        for (int i = 0; i < refused; i++) {
            attack.told("not connected");
        }
    }

    private static String status(One one) {
        return one.read.toString().startsWith("HTTP/1.") ? one.read.substring(9, Math.min(12, one.read.length())) : "nothing";
    }

    @Override
    public void close() {
        for (var one : sockets) {
            try {
                one.channel.close();
            } catch (IOException _) {
                // Closed already.
            }
        }
    }
}
