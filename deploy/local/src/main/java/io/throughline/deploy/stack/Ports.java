package io.throughline.deploy.stack;

import io.throughline.deploy.access.SecretFile;
import java.io.IOException;
import java.nio.file.Files;

/// The ports of the servers behind the gateway: free ones, chosen at the first start and kept.
record Ports(int kafka, int kafkaController, int postgres, int ingest, int ingestManagement, int projector, int projectorManagement) {

    /// The ports of last time, each one that somebody else has taken since replaced; written back.
    static Ports claim(StackFolder folder) throws IOException {
        var last = Files.exists(folder.ports()) ? Json.MAPPER.readValue(folder.ports().toFile(), Ports.class) : new Ports(0, 0, 0, 0, 0, 0, 0);
        var ports = new Ports(freeOr(last.kafka), freeOr(last.kafkaController), freeOr(last.postgres), freeOr(last.ingest),
                freeOr(last.ingestManagement), freeOr(last.projector), freeOr(last.projectorManagement));
        SecretFile.write(folder.ports(), Json.MAPPER.writeValueAsString(ports));
        return ports;
    }

    private static int freeOr(int port) throws IOException {
        return port != 0 && Loopback.isFree(port) ? port : Loopback.freePort();
    }
}
