package io.throughline.deploy.stack;

import io.throughline.deploy.gateway.Upstream;
import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which servers a stack consists of and how they find each other.
///
/// @param foundations broker and database, as far as they are not given; they start side by side
/// @param ingest starts when the foundations serve: it makes the topics
/// @param projector starts last
record Blueprint(List<LocalServer> foundations, Service ingest, Service projector) {
    static final String KAFKA = "KAFKA_BOOTSTRAP_SERVERS";
    static final String KAFKA_CREDENTIALS = "KAFKA_CREDENTIALS_FILE";
    static final String DATABASE = "DATABASE_URL";
    static final String DATABASE_PASSWORD = "DATABASE_PASSWORD_FILE";
    private static final String RULES = "THROUGHLINE_RULES";

    /// @param folder with its access files
    /// @param environment may name a broker and a database to use instead
    /// @throws StackException when a service is not built
    static Blueprint of(StackFolder folder, Ports ports, Map<String, String> environment) throws IOException {
        var kafka = new LocalKafka(folder.home().resolve("deploy/broker"), folder.root().resolve("kafka"), folder.log("kafka"),
                ports.kafka(), ports.kafkaController(), LogCredentials.read(folder.access().logCredentials()));
        var postgres = new LocalPostgres(folder.root().resolve("postgres"), folder.log("postgres"), ports.postgres(),
                folder.access().password());
        var foundations = new ArrayList<LocalServer>();
        if (isBlank(environment.get(KAFKA))) {
            foundations.add(kafka);
        }
        if (isBlank(environment.get(DATABASE))) {
            foundations.add(postgres);
        }
        var shared = new HashMap<>(foundations.contains(kafka)
                ? Map.of(KAFKA, kafka.bootstrapServers(), KAFKA_CREDENTIALS, folder.access().logCredentials().toString())
                : Map.of(KAFKA, environment.get(KAFKA), KAFKA_CREDENTIALS, environment.getOrDefault(KAFKA_CREDENTIALS, "")));
        shared.put("THROUGHLINE_ACCESS_FILE", folder.access().access().toString());
        var database = foundations.contains(postgres)
                ? Map.of(DATABASE, postgres.databaseUrlWithoutPassword(), DATABASE_PASSWORD, folder.access().databasePassword().toString())
                : Map.of(DATABASE, environment.get(DATABASE), DATABASE_PASSWORD, environment.getOrDefault(DATABASE_PASSWORD, ""));
        return new Blueprint(List.copyOf(foundations),
                ingest(folder, ports, shared),
                projector(folder, ports, shared, database, environment.getOrDefault(RULES, "")));
    }

    private static Service ingest(StackFolder folder, Ports ports, Map<String, String> shared) throws IOException {
        var settings = new HashMap<>(shared);
        settings.put("THROUGHLINE_VAULT_KEY_FILE", folder.access().vaultKey().toString());
        return service(folder, "ingest", "touchpoint-ingest", ports.ingest(), ports.ingestManagement(), settings);
    }

    private static Service projector(StackFolder folder, Ports ports, Map<String, String> shared, Map<String, String> database, String rules)
            throws IOException {
        var settings = new HashMap<>(shared);
        settings.putAll(database);
        settings.put("THROUGHLINE_INGEST_URL", "http://" + Loopback.HOST + ":" + ports.ingest());
        settings.put("THROUGHLINE_SERVICE_TOKEN_FILE", folder.access().serviceToken().toString());
        if (!rules.isBlank()) {
            settings.put(RULES, rules);
        }
        return service(folder, "projector", "journey-projector", ports.projector(), ports.projectorManagement(), settings);
    }

    private static Service service(StackFolder folder, String name, String module, int port, int managementPort, Map<String, String> settings)
            throws IOException {
        return new Service(name, Programs.service(folder, module), folder.root(), folder.log(name), port, managementPort, settings);
    }

    List<LocalServer> all() {
        var all = new ArrayList<>(foundations);
        all.add(ingest);
        all.add(projector);
        return List.copyOf(all);
    }

    static Upstream upstream(Service service) {
        return new Upstream(service.name(), Loopback.HOST, service.port(), service.managementPort());
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }
}
