package io.throughline.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTemplatesTest {

    private static final RouteTemplates ROUTES =
            RouteTemplates.of("/v1/rules", "/v1/rules/validate", "/v1/rules/{id}", "/v1/rules/{id}/versions");

    @ParameterizedTest
    @CsvSource({"/v1/rules,/v1/rules", "/v1/rules/validate,/v1/rules/validate", "/v1/rules/ada@example.org,/v1/rules/{id}",
        "/v1/rules/%2F/versions,/v1/rules/{id}/versions", "/v1/rules/{id},/v1/rules/{id}", "NOT_FOUND,NOT_FOUND", "root,root"})
    void aPathIsNamedByItsTemplate(String path, String label) {
        assertThat(ROUTES.of(path)).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/rules/", "/v1/rules/a/b", "/v1/rules/a/versions/b", "//v1/rules", "/V1/rules", "/v1/rules//versions",
        "/customer:ada"})
    void whatIsNoneOfOursSharesOneName(String path) {
        assertThat(ROUTES.of(path)).isEqualTo(RouteTemplates.OTHER);
    }

    @ParameterizedTest
    @CsvSource({"GET,GET", "DELETE,DELETE", "get,OTHER", "ADA@EXAMPLE.ORG,OTHER"})
    void soDoMethods(String method, String label) {
        assertThat(RouteTemplates.of().bounded("method", method)).isEqualTo(label);
    }
}
