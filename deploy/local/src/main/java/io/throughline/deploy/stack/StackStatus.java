package io.throughline.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.deploy.access.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a supervisor says about its stack, in a file that it replaces with every change.
///
/// @param pid the supervisor's
/// @param message why it failed; otherwise null
public record StackStatus(Phase phase, long pid, Instant startedAt, String url, String message, List<Member> members) {

    /// How far the stack as a whole has got; `DEGRADED`: it was ready, and a server of it is being started again.
    public enum Phase { STARTING, READY, DEGRADED, STOPPING, STOPPED, FAILED }

    /// How far one server has got; `RESTARTING`: it died and is being started again.
    public enum State { WAITING, STARTING, READY, RESTARTING, STOPPED }

    /// One server. `managementPort`, of health and figures, is null where it has none; `pid` is 0 and `since` null before its first start; `since` is when its present process started.
    public record Member(String name, State state, long pid, int port, Integer managementPort, Instant since, int restarts) {}

    /// The last words of the supervisor of this folder, alive or not; empty when there never was one.
    public static Optional<StackStatus> read(StackFolder folder) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(folder.status()), StackStatus.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    public JsonNode toJson() {
        return Json.MAPPER.valueToTree(this);
    }

    void write(StackFolder folder) throws IOException {
        SecretFile.write(folder.status(), Json.MAPPER.writeValueAsString(this));
    }
}
