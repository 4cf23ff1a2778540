package io.throughline.deploy.acceptance;

import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/// What other accounts on the same machine could read, or speak to without a password.
final class HostileMachine {
    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_EXECUTE);

    private HostileMachine() {}

    static List<String> open(Stack stack) throws IOException, InterruptedException {
        var open = new ArrayList<String>();
        openToOthers(stack.var(), open);
        var ports = EventJson.mapper().readTree(Files.readString(stack.var().resolve("stack.json")));
        for (var listener : List.of("kafka", "kafkaController")) {
            if (answersAnyone(ports.path(listener).asInt())) {
                open.add("the broker's listener " + listener + " answers without a password");
            }
        }
        if (databaseAnswersAnyone(ports.path("postgres").asInt())) {
            open.add("the database answers without a password");
        }
        return open;
    }

    /// What others may read or write; a folder that they may not enter hides all that lies in it.
    private static void openToOthers(Path file, List<String> open) throws IOException {
        var permissions = permissions(file);
        if (permissions.stream().noneMatch(OTHERS::contains)) {
            return;
        }
        open.add(file + " " + PosixFilePermissions.toString(permissions));
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            try (var inside = Files.list(file)) {
                for (var one : inside.toList()) {
                    openToOthers(one, open);
                }
            }
        }
    }

    /// None of a file that went away while we looked, or of a link, which has none of its own.
    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.isSymbolicLink(file) ? Set.of() : Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) {
            return Set.of();
        }
    }

    private static boolean answersAnyone(int port) throws InterruptedException {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000))) {
            admin.describeCluster().clusterId().get();
            return true;
        } catch (ExecutionException _) {
            return false;
        }
    }

    private static boolean databaseAnswersAnyone(int port) {
        try (var _ = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/throughline", "throughline", "")) {
            return true;
        } catch (SQLException _) {
            return false;
        }
    }
}
