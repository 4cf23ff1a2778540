package io.throughline.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.StackException;
import io.throughline.deploy.stack.Why;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the command line answers to what it cannot do: words, a remedy and the code that fits, never the name of a class.
class WrongInputTest {
    private static final Pattern RAW = Pattern.compile("\\w+Exception|\\bjava\\.|\\b(io|com)\\.\\w+\\.|\\bnull\\b|\\bat \\w+\\.\\w+\\(|is not an? (int|long)\\b");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(folder.resolve("empty"), "");
        Files.writeString(folder.resolve("thesis.txt"), "");
        Files.writeString(Files.createDirectory(folder.resolve("damaged")).resolve("credentials.json"), "{ \"baseUrl\": nonsense }");
    }

    private int run(String... words) {
        said.reset();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return CommandLineInterface.run(new Terminal(stream, stream, 0), words);
    }

    private String said() {
        var text = said.toString(StandardCharsets.UTF_8);
        assertThat(RAW.matcher(text).results().map(found -> found.group())).as(text).isEmpty();
        assertThat(text).isNotBlank();
        return text;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
        "journey x --limit -3 | whole number from 1",
        "journey x --limit 0 | whole number from 1",
        "journey x --limit many | whole number from 1",
        "journey x --findings -1 | whole number from 0",
        "findings --limit 99999999999 | whole number",
        "sources --limit 1.5 | whole number",
        "set-aside --limit -1 | whole number",
        "explain x y --limit 0 | whole number",
        "journey x --zone Mars/Base | Europe/London",
        "findings --zone GMT+99 | Europe/London",
        "journey x --as-of yesterday | 2026-03-01",
        "explain x y --as-of 2026-02-30 | 2026-03-01",
        "findings --since 2026-03-01T25:00 | 2026-03-01",
        "findings --from 2026-13-01 | 2026-03-01",
        "findings summary --to tomorrow | 2026-03-01",
        "findings summary --zone Mars/Base | Europe/London",
        "findings dismiss x --reason y | 32 hexadecimal digits",
        "findings dismiss 0123456789abcdef0123456789abcdef | --reason",
        "journeys --limit 0 | whole number from 1",
        "journeys --from 1/2/2026 | 2026-03-01",
        "up --port 0 | from 1 to 65,535",
        "up --port 65536 | from 1 to 65,535",
        "up --port http | from 1 to 65,535",
        "up --seed one --demo | whole number",
        "up --customers -1 --demo | whole number",
        "findings --url localhost:8080 | http://localhost:8080",
        "findings --url http:// | http://localhost:8080",
        "findings --url ftp://host | http://localhost:8080",
        "findings --url http://localhost:99999 | http://localhost:8080",
        "logs --lines -1 | whole number from 1",
        "logs --follow | logs projector --follow",
        "logs ../../etc/passwd | ./throughline up",
        "import /nowhere | no file /nowhere",
        "import FOLDER/damaged/credentials.json --refused FOLDER/thesis.txt | --refused FILE",
        "import FOLDER | one file of it",
        "import FOLDER/empty | nothing to import",
        "findings dismiss 0123456789abcdef0123456789abcdef --reason y --person ada | token of 32 hexadecimal digits",
        "rules test /nowhere | no file and no folder /nowhere",
        "rules test FOLDER/empty | no rule in it",
        "rules apply /nowhere | no file and no folder /nowhere",
        "rules apply FOLDER/empty --prune | whole folder",
        "rules backtest /nowhere | no file and no folder /nowhere",
        "rules backtest x --as-of yesterday | 2026-03-01",
        "rules show | RULE",
        "rules remove | RULE",
        "journey | IDENTITY",
        "explain x | RULE",
        "nonsense | nonsense",
        "journey x --nonsense | nonsense"})
    void aWrongValueIsWrongUsage(String words, String remedy) {
        var all = new ArrayList<>(List.of(words.replace("FOLDER", folder.toString()).split(" ")));
        if (!words.startsWith("rules") && !words.equals("nonsense")) {
            all.addAll(List.of("--var", folder.resolve("none").toString()));
        }
        assertThat(run(all.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journey x", "journeys", "findings", "findings --csv", "findings summary", "explain x y", "receipt /a b", "sources", "set-aside", "rules",
        "rules show x", "rules remove x --yes", "rules backtest x", "audit positions"})
    void withoutAStackItIsSaidHowToStartOne(String words) {
        assertThat(run((words + " --var " + folder.resolve("none")).split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("./throughline up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journey x", "findings", "up", "doctor"})
    void aDamagedFileIsNamedWithTheLine(String words) {
        assertThat(run((words + " --var " + folder.resolve("damaged")).split(" "))).isIn(ExitCode.FAILED, ExitCode.NOT_SO);
        assertThat(said()).contains("credentials.json is no sound JSON (line 1");
    }

    @Test
    void aFolderOfSomethingElseIsNotTaken() {
        assertThat(run("up", "--var", folder.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("holds something else", "--var DIR");
        assertThat(run("up", "--var", folder.resolve("thesis.txt").toString())).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("is a file", "--var DIR");
        assertThat(run("up", "--var", folder.resolve("thesis.txt/var").toString())).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("--var DIR");
    }

    /// Before anything is written or ended.
    @Test
    void aPortThatIsTakenIsSaidFirst() throws IOException {
        var var = folder.resolve("fresh");
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
            assertThat(run("up", "--port", Integer.toString(taken.getLocalPort()), "--var", var.toString())).isEqualTo(ExitCode.FAILED);
            assertThat(said()).contains("is taken by another program", "--port");
        }
        assertThat(var).doesNotExist();
    }

    @Test
    void dataWithoutTheirSecretsAreRefusedWithTheRemedy() throws IOException {
        var var = folder.resolve("left");
        Files.createDirectories(var.resolve("postgres/data"));
        Files.createDirectories(var.resolve("kafka/data"));
        Files.createDirectories(var.resolve("run/programs"));
        assertThat(run("up", "--var", var.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(said()).contains("postgres.password", "kafka.credentials", "vault.key", "./throughline reset");
    }

    @Test
    void nothingIsDeletedUnasked() throws IOException {
        var var = folder.resolve("old");
        Files.createDirectories(var.resolve("kafka/data"));
        Files.writeString(var.resolve("mine.txt"), "");
        assertThat(run("reset", "--var", var.toString())).isEqualTo(ExitCode.NOT_SO);
        assertThat(said()).contains("--yes", "Nothing was deleted");
        assertThat(run("reset", "--yes", "--var", var.toString())).isEqualTo(ExitCode.DONE);
        assertThat(var.resolve("kafka")).doesNotExist();
        assertThat(var.resolve("mine.txt")).exists();
        assertThat(run("reset", "--var", var.toString())).isEqualTo(ExitCode.DONE);
        assertThat(said()).contains("nothing to delete");
    }

    @Test
    void theDoctorSaysWhatIsWrongAndTheCure() throws IOException {
        assertThat(run("doctor", "--var", folder.toString())).isEqualTo(ExitCode.NOT_SO);
        assertThat(said()).contains("WRONG", "holds something else", "java", "memory", "disk");
    }

    @Test
    void whatTheSystemRefusesIsPutInWords() {
        for (var failure : List.of(new AccessDeniedException("/x/run/lock"), new NoSuchFileException("/x"),
                new FileSystemException("/x", null, "No space left on device"), new FileSystemException("/x", null, "Read-only file system"),
                new FileSystemException("/x", null, "Operation not permitted"), new FileSystemException("/x"), new IOException(),
                new IOException("java.lang.IllegalStateException: x"), new IllegalArgumentException("fromIndex(0) > toIndex(-3)"), new NullPointerException(),
                new CompletionException(new StackException("It is so.")))) {
            var words = Why.of(failure);
            assertThat(RAW.matcher(words).find()).as(words).isFalse();
            assertThat(words).contains(".").contains(" ");
        }
        assertThat(Why.of(new FileSystemException("/x", null, "No space left on device"))).contains("the disk is full", "./throughline doctor");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "2026-03-01t00:00:00.123456789z, 2026-03-01t00:00:00.123456789z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:60Z",
        "2026-03-01, 2026-03-01T00:00:00Z",
        "2026-07-01, 2026-07-01T00:00:00+01:00",
        "2026-07-01T09:30, 2026-07-01T09:30:00+01:00",
        "2026-07-01 09:30, 2026-07-01T09:30:00+01:00",
        "2026-03-29T01:30, 2026-03-29T02:30:00+01:00"})
    void datesAndLocalTimesAreTakenInAZoneThatIsSaid(String typed, String sent) {
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var zone = ZoneId.of("Europe/London");
        assertThat(Moment.in(zone, Moment.of(typed).orElseThrow(), new Terminal(stream, stream, 0))).isEqualTo(sent);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo(typed.equals(sent) ? "" : "Taken as " + sent + " (Europe/London).\n");
    }
}
