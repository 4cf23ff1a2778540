package io.throughline.deploy.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One packaged Quarkus service on loopback; it serves when its own readiness check says so.
///
/// @param application the service's `quarkus-app` folder
/// @param stack the stack's folder, named on the command line
/// @param port of its API
/// @param managementPort of its health and metrics
/// @param settings its environment, besides the addresses above
public record Service(String name, Path application, Path stack, Path log, int port, Integer managementPort, Map<String, String> settings)
        implements LocalServer {
    private static final int PROBE_MILLIS = 1_500;

    public Service {
        settings = Map.copyOf(settings);
    }

    @Override
    public void prepare() {
        // It brings all it needs, and makes its own tables and topics.
    }

    @Override
    public ProcessBuilder command() throws IOException {
        return command(AotCache.use(application));
    }

    /// @param options of its JVM, besides the usual ones
    ProcessBuilder command(List<String> options) {
        var all = Stream.concat(Stream.of("-Dthroughline.stack=" + stack), options.stream()).toList();
        var builder = new ProcessBuilder(Jvm.service(all, "-jar", "quarkus-run.jar")).directory(application.toFile());
        var environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_HOST", Loopback.HOST);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", Loopback.HOST);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        builder.environment().putAll(environment);
        return builder;
    }

    @Override
    public boolean ready() {
        try {
            var connection = (HttpURLConnection) URI.create("http://" + Loopback.HOST + ":" + managementPort + "/q/health/ready").toURL().openConnection();
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException _) {
            return false;
        }
    }
}
