package io.throughline.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IngestConfigTest {

    @Test void mailAddressesAreComparedWithoutCaseUnlessSomethingElseIsSet() throws IOException {
        assertThat(identitiesWithoutCase(Map.of())).contains(Set.of("email"));
        assertThat(identitiesWithoutCase(Map.of("THROUGHLINE_IDENTITIES_WITHOUT_CASE", "email,login"))).contains(Set.of("email", "login"));
        assertThat(identitiesWithoutCase(Map.of("THROUGHLINE_IDENTITIES_WITHOUT_CASE", ""))).isEmpty();
    }

    private static Optional<Set<String>> identitiesWithoutCase(Map<String, String> environment) throws IOException {
        var shipped = new PropertiesConfigSource(IngestConfig.class.getResource("/application.properties"), 100);
        var config = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(shipped, new PropertiesConfigSource(environment, "environment", 300)).build();
        return config.getOptionalValues("throughline.ingest.identities-without-case", String.class, HashSet::new);
    }
}
