package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.log.LogCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a machine reads depends on the language or the time zone of who starts it.
class AnyMachineTest {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    /// What takes the machine's language where none is given.
    private static final Pattern DEPENDS_ON_LANGUAGE = Pattern.compile(
            "\\.to(Lower|Upper)Case\\(\\)|NumberFormat\\.get\\w*Instance\\(\\)|new DecimalFormat\\(|\\.ofLocalized|DateTimeFormatter\\.ofPattern\\(\"[^\"]*\"\\)");
    /// Numbers in other digits. The programs that set the language themselves, first of all, may use it.
    private static final Pattern FORMATS_NUMBERS = Pattern.compile("\\.formatted\\(|String\\.format\\((?!Locale)");
    private static final Pattern NUMBER = Pattern.compile("%(\\d+\\$)?[-,0-9.]*[dfex]");
    /// A constant of ours in its SQL; a service runs in English in every stack that we start.
    private static final Path EXEMPT = Path.of("journey-projector/src/main/java/io/throughline/journey/store/FindingPages.java");

    @TempDir
    Path folder;

    @Test
    void theBrokersSettingsAreAsciiInEveryLanguage() {
        var kafka = new LocalKafka(folder, folder, folder.resolve("log"), 19092, 19093, LogCredentials.local("user", "secret"));
        var language = Locale.getDefault();
        try {
            for (var other : List.of("ar-EG", "fa-IR", "my-MM", "tr-TR", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(other));
                assertThat(kafka.settings()).as(other).isASCII().contains("listeners=CLIENTS://127.0.0.1:19092,");
            }
        } finally {
            Locale.setDefault(language);
        }
    }

    @Test
    void theJvmsOfAStackHaveNeitherTheUsersLanguageNorTheUsersZone() throws Exception {
        var process = new ProcessBuilder(Jvm.command("-Xmx32m", List.of("-cp", System.getProperty("java.class.path")), Asked.class.getName()));
        process.environment().put("TZ", "JST");
        process.environment().put("JAVA_TOOL_OPTIONS",
                "-Duser.language=ar -Duser.country=EG -Duser.language.format=ar -Duser.country.format=EG -Duser.timezone=JST");
        var running = process.redirectErrorStream(true).start();
        assertThat(new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).endsWith("1234567 1,234.5 UTC i\n");
    }

    /// A program of its own.
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) {
            System.out.print("%d %,.1f ".formatted(1_234_567, 1_234.5) + TimeZone.getDefault().getID() + " " + "I".toLowerCase() + "\n");
        }
    }

    @Test
    void noSourceAsksForTheMachinesLanguage() throws IOException {
        try (var sources = Files.walk(HOME)) {
            var all = sources.filter(file -> file.toString().contains("src/main/java") && file.toString().endsWith(".java")).toList();
            assertThat(all).hasSizeGreaterThan(200);
            for (var file : all) {
                var text = Files.readString(file);
                assertThat(DEPENDS_ON_LANGUAGE.matcher(text).results().map(found -> found.group())).as("%s: give a Locale", HOME.relativize(file)).isEmpty();
                if (!file.startsWith(HOME.resolve("deploy")) && !file.endsWith(EXEMPT) && FORMATS_NUMBERS.matcher(text).find()) {
                    assertThat(NUMBER.matcher(text).results().map(found -> found.group()))
                            .as("%s: use String.format(Locale.ROOT, …)", HOME.relativize(file)).isEmpty();
                }
            }
        }
    }
}
