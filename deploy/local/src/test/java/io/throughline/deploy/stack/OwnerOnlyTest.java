package io.throughline.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
    @TempDir
    Path root;

    private StackFolder folder;

    @BeforeEach
    void choose() {
        folder = new StackFolder(root, root.resolve("var"));
    }

    @Test
    void aNewFolderIsItsOwnersAlone() throws IOException {
        assertThat(folder.open()).isZero();
        assertThat(mode(folder.root())).isEqualTo("rwx------");
    }

    @Test
    void whatWasOpenToOthersIsClosed() throws IOException {
        folder.open();
        var program = Files.createDirectories(folder.programs()).resolve("program");
        Files.writeString(program, "");
        chmod(program, "rwxr-xr-x");
        chmod(folder.programs(), "rwxrwxrwx");
        chmod(folder.programs().getParent(), "rwx--x---");
        chmod(folder.root(), "rwxr-x--x");
        assertThat(folder.open()).isEqualTo(4);
        assertThat(mode(program)).isEqualTo("rwx------");
        assertThat(mode(folder.programs())).isEqualTo("rwx------");
        assertThat(mode(folder.root())).isEqualTo("rwx------");
        assertThat(folder.open()).isZero();
    }

    /// The folder itself may be a link to another disk; links in it lead to what is not ours.
    @Test
    void onlyTheFolderItselfMayBeALink() throws IOException {
        var disk = Files.createDirectory(root.resolve("disk"));
        var foreign = Files.writeString(root.resolve("foreign"), "");
        chmod(foreign, "rw-r--r--");
        chmod(disk, "rwxr-xr-x");
        Files.createSymbolicLink(folder.root(), disk);
        Files.createSymbolicLink(Files.createDirectories(folder.programs()).resolve("link"), foreign);
        folder.open();
        assertThat(mode(disk)).isEqualTo("rwx------");
        assertThat(mode(foreign)).isEqualTo("rw-r--r--");
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Files.createDirectories(folder.root());
        chmod(folder.root(), "rwxr-xr-x");
        Files.writeString(folder.root().resolve("thesis.txt"), "");
        assertThatThrownBy(folder::open).isInstanceOf(StackException.class).hasMessageContaining("Choose an empty folder");
        assertThat(mode(folder.root())).isEqualTo("rwxr-xr-x");
    }

    /// Under whatever umask this test runs: a program that would open its files to all does not.
    @Test
    void programsCreateNothingThatOthersMayRead() throws Exception {
        var made = root.resolve("made");
        var script = new ProcessBuilder("sh", "-c", "mkdir \"$0\" && : >\"$0/a file\"; exit $1", made.toString(), "7");
        var program = OwnerOnly.process(script).start();
        assertThat(program.waitFor()).isEqualTo(7);
        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(mode(made.resolve("a file"))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
