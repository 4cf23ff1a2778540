package io.throughline.journey;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Edges know the root; the root knows no edge and imports no framework.
@AnalyzeClasses(packages = "io.throughline.journey", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule RULES_ARE_PURE = noClasses().that().resideInAPackage("..journey.rule..")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..", "org.apache.kafka..", "java.sql..",
                    "..journey.store..", "..journey.http..", "..journey.kafka..", "..journey.project..", "..journey.run..");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_CLOCK_IN_THE_RULES = noClasses().that().resideInAnyPackage("..journey.rule..", "..journey.finding..")
            .should().callMethod(java.time.Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule PROJECTION_KNOWS_PORTS_ONLY = noClasses()
            .that().resideInAnyPackage("..journey.project..", "..journey.finding..", "..journey.query..", "..journey.publish..",
                    "..journey.definition..", "..journey.source..", "..journey.rulebook..")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..", "org.apache.kafka..",
                    "..journey.store..", "..journey.http..", "..journey.kafka..", "..journey.run..");

    @ArchTest
    static final ArchRule EDGES_DO_NOT_KNOW_EACH_OTHER = noClasses().that().resideInAnyPackage("..journey.store..", "..journey.kafka..")
            .should().dependOnClassesThat().resideInAnyPackage("..journey.http..", "..journey.run..");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_KNOWS_SQL = noClasses().that().resideOutsideOfPackages("..journey.store..", "..journey.run..")
            .should().dependOnClassesThat().resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..");

    /// A rule that cannot fail guards nothing: each must notice what was planted for it among the tests.
    @Test
    void everyRuleNoticesAPlantedViolation() {
        var planted = new ClassFileImporter().importPackages("io.throughline.journey.rule.planted", "io.throughline.journey.project.planted",
                "io.throughline.journey.store.planted", "io.throughline.journey.http.planted");
        assertThat(planted).hasSize(4);
        for (var rule : List.of(RULES_ARE_PURE, NOBODY_ASKS_THE_CLOCK_IN_THE_RULES, PROJECTION_KNOWS_PORTS_ONLY, EDGES_DO_NOT_KNOW_EACH_OTHER,
                ONLY_THE_STORE_KNOWS_SQL)) {
            assertThat(rule.evaluate(planted).hasViolation()).as(rule.getDescription()).isTrue();
        }
    }
}
