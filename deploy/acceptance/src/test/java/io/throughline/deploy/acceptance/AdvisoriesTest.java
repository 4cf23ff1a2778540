package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The list of known holes is read by Maven itself; here every line of it is tried on a module that uses what the line forbids.
class AdvisoriesTest {
    private static final Path LIST = Project.HOME.resolve("advisories.xml");
    /// `group:artifact`, with the versions that are affected: all, those before one, or those from one on.
    private static final Pattern LINE = Pattern.compile("<exclude>([^:<]+):([^:<]+)(?::[\\[(]([^,<]*),[^)<]*\\))?</exclude>");
    private static final Pattern REVIEWED = Pattern.compile("Reviewed: (\\S+)");
    private static final int GOOD_FOR_DAYS = 60;

    @Test
    void everyLineForbidsWhatItNames() throws Exception {
        var lines = LINE.matcher(Files.readString(LIST)).results().toList();
        assertThat(lines).hasSize(Files.readString(LIST).split("<exclude>").length - 1).hasSizeGreaterThan(30);
        var module = Project.scratch("planted-advisories");
        Files.writeString(module.resolve("pom.xml"), module(module, lines));
        var maven = new ProcessBuilder("mvn", "-B", "-o", "-f", module.resolve("pom.xml").toString(), "validate").redirectErrorStream(true);
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = maven.start();
        process.getOutputStream().close();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isNotZero();
        assertThat(IntStream.range(0, lines.size()).filter(line -> !words.contains("planted-" + line + ":" + version(lines.get(line)) + " <--- banned"))
                .mapToObj(line -> lines.get(line).group())).as(words).isEmpty();
    }

    /// An old list is no fault of the code that is built: it is said, and nothing fails.
    @Test
    void theListSaysWhenItWasReviewed() throws IOException {
        var reviewed = REVIEWED.matcher(Files.readString(LIST)).results().map(line -> LocalDate.parse(line.group(1))).toList();
        assertThat(reviewed).hasSize(1);
        if (reviewed.getFirst().plusDays(GOOD_FOR_DAYS).isBefore(LocalDate.now(ZoneOffset.UTC))) {
            System.out.println("advisories.xml was last reviewed on " + reviewed.getFirst() + ", more than " + GOOD_FOR_DAYS + " days ago: review it again.");
        }
    }

    /// A module of this project. A classifier of its own tells each planted library from the others; none needs to be there.
    private static String module(Path folder, List<MatchResult> lines) {
        var text = new StringBuilder("""
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>io.throughline</groupId>
                    <artifactId>throughline</artifactId>
                    <version>0.1.0-SNAPSHOT</version>
                    <relativePath>%s</relativePath>
                  </parent>
                  <artifactId>planted</artifactId>
                  <packaging>pom</packaging>
                  <dependencies>
                """.formatted(folder.relativize(Project.HOME.resolve("pom.xml"))));
        for (int line = 0; line < lines.size(); line++) {
            text.append("<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><classifier>planted-%d</classifier></dependency>\n"
                    .formatted(lines.get(line).group(1), lines.get(line).group(2).replace("*", "planted"), version(lines.get(line)), line));
        }
        return text.append("</dependencies></project>").toString();
    }

    /// An affected one: the first, where there is a first.
    private static String version(MatchResult line) {
        return line.group(3) == null || line.group(3).isEmpty() ? "0.0.1" : line.group(3);
    }
}
