package io.throughline.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessListTest {

    @TempDir
    Path folder;

    @Test
    void aChannelMayPostForItsOwnSourceOnly() throws IOException {
        var access = access("""
                { "keys": [ { "id": "self-service", "sha256": "%s", "source": "/channels/self-service", "scopes": ["post"] } ] }"""
                .formatted(AccessList.hash("secret")));
        var channel = (Principal.Channel) access.authenticate("secret").orElseThrow();
        assertThat(channel.mayPostFor("/channels/self-service")).isTrue();
        assertThat(channel.mayPostFor("/channels/web")).isFalse();
        assertThat(channel.has(Scope.RECEIPTS)).isFalse();
    }

    @Test
    void aChannelWithoutTheScopeMayNotPost() throws IOException {
        var access = access("""
                { "keys": [ { "id": "self-service", "sha256": "%s", "source": "/channels/self-service", "scopes": ["receipts"] } ] }"""
                .formatted(AccessList.hash("secret")));
        assertThat(access.authenticate("secret").orElseThrow().mayPostFor("/channels/self-service")).isFalse();
    }

    @Test
    void operatorsAndAdminsMayPostForAnySourceAndAnalystsForNone() throws IOException {
        var access = access("""
                { "keys": [ { "id": "o", "sha256": "%s", "roles": ["operator"] }, { "id": "a", "sha256": "%s", "roles": ["analyst"] } ] }"""
                .formatted(AccessList.hash("operator-token"), AccessList.hash("analyst-token")));
        assertThat(access.authenticate("operator-token").orElseThrow().mayPostFor("/anything")).isTrue();
        assertThat(access.authenticate("analyst-token").orElseThrow().mayPostFor("/anything")).isFalse();
        assertThat(access.authenticate("another")).isEmpty();
    }

    @Test
    void anUnreadableListNamesTheFileAndTheSetting() {
        assertThatThrownBy(() -> access("{ \"keys\": [ { \"id\": \"x\", \"sha256\": \"short\" } ] }"))
                .isInstanceOf(IOException.class).hasMessageContaining("access.json").hasMessageContaining("THROUGHLINE_ACCESS_FILE");
    }

    private AccessList access(String json) throws IOException {
        return AccessList.read(Files.writeString(folder.resolve("access.json"), json));
    }
}
