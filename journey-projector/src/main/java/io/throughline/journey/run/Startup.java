package io.throughline.journey.run;

import io.throughline.journey.ProjectorConfig;
import io.throughline.journey.access.Callers;
import io.throughline.journey.access.IdentityTokens;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.kafka.RecordLookup;
import io.throughline.journey.rule.file.RuleFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the configuration names, made once. What is missing ends the start with a sentence that says what to set.
@ApplicationScoped
class Startup {

    private final ProjectorConfig config;

    Startup(ProjectorConfig config) {
        this.config = config;
        if (config.database().isEmpty()) {
            throw new IllegalStateException("Set DATABASE_URL, as in postgresql://user@host:5432/throughline, and DATABASE_PASSWORD_FILE.");
        }
        config.databaseUrl();
    }

    @Produces
    @Singleton
    InstalledRules rules() {
        return new InstalledRules(RuleFiles.installed(config.rules().orElse(List.of())));
    }

    @Produces
    @Singleton
    Callers callers() throws IOException {
        return new Callers(required(config.accessFile(), "THROUGHLINE_ACCESS_FILE to the list of those who may call"));
    }

    @Produces
    @Singleton
    IdentityTokens identityTokens() throws IOException {
        return new IdentityTokens(config.ingestUrl(),
                required(config.serviceTokenFile(), "THROUGHLINE_SERVICE_TOKEN_FILE to the file with this service's own token"));
    }

    @Produces
    @Singleton
    Reconciliation reconciliation() {
        return new Reconciliation(config.historicAfter());
    }

    @Produces
    @Singleton
    RecordLookup recordLookup() {
        return new RecordLookup(config.brokers());
    }

    private static Path required(Optional<Path> file, String setting) {
        return file.orElseThrow(() -> new IllegalStateException("Set " + setting + "."));
    }
}
