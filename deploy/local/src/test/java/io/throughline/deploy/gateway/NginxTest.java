package io.throughline.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.events.Problem;
import io.throughline.events.access.AccessList;
import io.throughline.events.json.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxy of the stack in containers says what our own gateway says.
class NginxTest {
    private static final Path CONTAINERS = Path.of(System.getProperty("throughline.home", "../..")).resolve("deploy/containers");

    @Test
    void itsProblemsAreTheGateways() throws IOException {
        var ours = List.of(Problems.malformed(""), AccessList.unauthenticated(), Problems.notFound(), Problems.readOnly(), Problems.bodyTooSlow(Limits.USUAL),
                Problems.tooLong("", 431), Problems.otherVersion(), Problems.unavailable("ingest"), Problems.busy("ingest"));
        var its = Pattern.compile("return (\\d{3}) '(\\{\"type.*})';").matcher(read("nginx.conf")).results().toList();
        assertThat(its).hasSameSizeAs(ours);
        for (var answer : its) {
            var problem = EventJson.mapper().readTree(answer.group(2).replace("\\'", "'"));
            assertThat(ours.stream().filter(each -> each.code().equals(problem.path("code").asText()))).singleElement().satisfies(each -> {
                assertThat(problem.path("type").asText()).isEqualTo(each.type());
                assertThat(problem.path("title").asText()).isEqualTo(each.title());
                assertThat(problem.path("status").asInt()).isEqualTo(each.status()).isEqualTo(Integer.parseInt(answer.group(1)));
            });
        }
        assertThat(read("nginx.conf")).contains(Problem.MEDIA_TYPE, Problems.notFound().detail(), Problems.readOnly().detail());
    }

    @Test
    void itsPagesHaveTheSameHeaders() throws IOException {
        var site = read("site.conf");
        Site.HEADERS.forEach((name, value) -> assertThat(site).containsPattern("add_header " + name + " \"?" + Pattern.quote(value) + "\"? always;"));
        assertThat(Site.load().files().keySet()).allMatch(path -> path.equals("/") || path.equals("/api") || path.startsWith("/api/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/events", "/v1/imports", "/v1/sources", "/v1/sources/%2Fa", "/v1/findings", "/v1/source-health", "/v1/rules/x/versions"})
    void eachPathHasTheSameService(String path) throws IOException {
        var map = read("nginx.conf").replaceFirst("(?s).*map \\$uri \\$service \\{(.*?)}.*", "$1");
        var ingest = map.lines().map(String::strip).filter(line -> line.endsWith(" ingest;")).map(line -> line.replaceAll(" ingest;|\"", ""))
                .anyMatch(rule -> rule.startsWith("~") ? Pattern.compile(rule.substring(1)).matcher(path).find() : rule.equals(path));
        assertThat(Route.of(path)).hasValue(ingest ? Route.INGEST : Route.PROJECTOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sources/../identities/tokens", "/v1/sources/%2E%2e/identities/tokens", "/v1/sources/./x", "/v1/sources/.."})
    void whatCouldEndElsewhereIsRefusedByBoth(String path) throws IOException {
        var dotted = read("nginx.conf").replaceFirst("(?s).*map \\$request_uri \\$dotted \\{.*?\"~\\*(.*?)\" 1;.*", "$1");
        assertThat(Pattern.compile(dotted, Pattern.CASE_INSENSITIVE).matcher(path).find()).isTrue();
        assertThat(Route.of(path)).isEmpty();
        assertThat(read("nginx.conf")).contains("location /v1/identities { return 404; }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/status?x=%zz", "/v1/status?%", "/v1/{person}", "/v1/a|b", "/v1/a^b", "/v1/status?\"", "/v1/status#a#b", "/v1/\u007f"})
    void whatIsNoUriIsRefusedByBoth(String target) throws IOException {
        var malformed = read("nginx.conf").replaceFirst("(?s).*map \\$request_uri \\$malformed \\{.*?\"~(.*?)\" 1;.*", "$1").replace("\\\"", "\"")
                .replace("\\\\", "\\");
        assertThat(Pattern.compile(malformed).matcher(target).find()).as(malformed).isTrue();
        assertThat(Pattern.compile(malformed).matcher("/v1/journeys?identity=customer:a%40b&type=a,b").find()).isFalse();
        assertThatThrownBy(() -> new URI(target)).isInstanceOf(URISyntaxException.class);
    }

    private static String read(String name) throws IOException {
        return Files.readString(CONTAINERS.resolve(name));
    }
}
