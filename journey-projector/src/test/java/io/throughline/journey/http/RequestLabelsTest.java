package io.throughline.journey.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a caller sends never becomes a label.
class RequestLabelsTest {

    @Test
    void everyRouteIsNamedByItsTemplate() {
        var routes = new ClassFileImporter().importPackagesOf(Entrance.class).stream()
                .filter(type -> type.isAnnotatedWith(Path.class)).map(type -> type.reflect()).toList();
        assertThat(routes).hasSizeGreaterThan(8);
        for (var resource : routes) {
            for (var method : resource.getDeclaredMethods()) {
                if (Arrays.stream(method.getAnnotations()).anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class))) {
                    assertThat(RequestLabels.ROUTES.of(template(resource, method))).isEqualTo(template(resource, method));
                }
            }
        }
    }

    private static String template(Class<?> resource, Method method) {
        return resource.getAnnotation(Path.class).value()
                + (method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "");
    }

    @Test
    void whateverIsSentThereAreFewLabelsAndNoIdentityAmongThem() {
        var meters = new SimpleMeterRegistry();
        meters.config().meterFilter(new RequestLabels());
        IntStream.range(0, 1_000).forEach(i -> {
            var method = i % 2 == 0 ? "GET" : "ADA" + i;
            for (var path : List.of("/v1/journeys/customer:ada" + i, "/customer:ada" + i, "/v1/journeys/ada" + i + "/explain", "NOT_FOUND")) {
                Timer.builder("http.server.requests").tag("uri", path).tag("method", method).tag("status", "413").register(meters);
            }
        });
        assertThat(meters.getMeters()).hasSize(8);
        var labels = meters.getMeters().stream().map(meter -> meter.getId().toString()).collect(Collectors.joining());
        assertThat(labels).doesNotContain("ada", "ADA").contains("/v1/journeys/{person}/explain", "OTHER", "NOT_FOUND");
    }
}
