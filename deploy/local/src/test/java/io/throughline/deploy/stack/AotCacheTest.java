package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
    @TempDir
    Path folder;
    private Path application;

    @BeforeEach
    void build() throws IOException {
        application = folder.resolve("quarkus-app");
        Files.createDirectories(application.resolve("lib/main"));
        Files.writeString(application.resolve("quarkus-run.jar"), "entry");
        Files.writeString(application.resolve("lib/main/library.jar"), "library 1");
    }

    private void train() throws IOException {
        AotCache.keep(Files.writeString(folder.resolve("unfinished.aot"), "no cache that a JVM could read"), application);
    }

    @Test
    void withoutATrainingAServiceStartsAsUsual() throws IOException {
        assertThat(AotCache.use(application)).isEmpty();
        assertThat(AotCache.exists(application)).isFalse();
    }

    @Test
    void whatWasLearnedOfThisBuildIsUsed() throws IOException {
        train();
        assertThat(AotCache.use(application)).first().asString().matches("-XX:AOTCache=app-[0-9a-f]{8}\\.aot");
        assertThat(AotCache.exists(application)).isTrue();
    }

    /// The JVM would not notice, and run the classes of the older build.
    @Test
    void whatWasLearnedOfAnotherBuildIsNot() throws IOException {
        train();
        Files.writeString(application.resolve("lib/main/library.jar"), "library 2");
        assertThat(AotCache.use(application)).isEmpty();
    }

    @Test
    void aRenamedJarIsAnotherBuild() throws IOException {
        train();
        Files.move(application.resolve("lib/main/library.jar"), application.resolve("lib/main/renamed.jar"));
        assertThat(AotCache.use(application)).isEmpty();
    }

    /// A stack starts from copies. When the next build is trained, they go on without.
    @Test
    void itIsOfACopyTooUntilAnotherBuildIsTrained() throws IOException {
        train();
        var copy = folder.resolve("var/programs/service");
        FileTree.replace(copy, application);
        assertThat(AotCache.use(copy)).isEqualTo(AotCache.use(application)).isNotEmpty();
        FileTree.delete(application);
        build();
        Files.writeString(application.resolve("lib/main/library.jar"), "library 2");
        train();
        assertThat(AotCache.use(application)).isNotEmpty();
        assertThat(AotCache.use(copy)).isEmpty();
    }

    @Test
    void oneThatTheJvmCannotReadNeitherStopsItNorIsAWordInItsLog() throws IOException, InterruptedException {
        train();
        assertThat(version(AotCache.use(application))).isEqualTo(version(List.of())).contains("Runtime");
    }

    private String version(List<String> options) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(Jvm.java()));
        words.addAll(options);
        words.add("-version");
        var process = new ProcessBuilder(words).directory(application.toFile()).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.replace(", sharing", "");
    }
}
