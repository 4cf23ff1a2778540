package io.throughline.bench;

import io.throughline.deploy.stack.Jvm;
import io.throughline.deploy.stack.LocalServer;
import io.throughline.deploy.stack.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program of the bench in a JVM of its own, with the heap that a service has: a bare limit must not run warmer or roomier than what it limits.
///
/// @param port on which it serves; 0: on none
/// @param settings its environment
record Fork(String name, Class<?> program, int port, Path log, Map<String, String> settings) implements LocalServer {

    @Override
    public void prepare() {
        // It brings all it needs.
    }

    @Override
    public ProcessBuilder command() {
        var builder = new ProcessBuilder(Jvm.service(List.of("-cp", System.getProperty("java.class.path")), program.getName()));
        builder.environment().putAll(settings);
        return builder;
    }

    @Override
    public boolean ready() {
        if (port == 0) {
            return true;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.HOST, port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
