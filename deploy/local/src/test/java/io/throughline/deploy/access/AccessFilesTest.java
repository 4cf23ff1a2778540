package io.throughline.deploy.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.access.AccessList;
import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.events.access.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessFilesTest {
    @TempDir
    Path folder;

    @Test
    void everyTokenOpensTheServicesAsItsOwner() throws IOException {
        var credentials = files().ensure("http://localhost:8080", new SecureRandom());
        var access = AccessList.read(files().access());
        assertThat(access.authenticate(credentials.tokens().get("analyst"))).get().isInstanceOfSatisfying(Principal.Staff.class,
                staff -> assertThat(staff.roles()).containsExactly(Role.ANALYST));
        assertThat(access.authenticate(credentials.sources().get("/channels/web"))).get().isInstanceOfSatisfying(Principal.Channel.class, channel -> {
            assertThat(channel.source()).isEqualTo("/channels/web");
            assertThat(channel.scopes()).containsExactlyInAnyOrder(Scope.values());
        });
        assertThat(access.authenticate(Files.readString(files().serviceToken()))).get().isInstanceOfSatisfying(Principal.Staff.class,
                staff -> assertThat(staff.roles()).containsExactly(Role.SERVICE));
        assertThat(access.size()).isEqualTo(credentials.tokens().size() + credentials.sources().size() + 1);
    }

    @Test
    void onlyTheOwnerMayReadAnyOfThem() throws IOException {
        files().ensure("http://localhost:8080", new SecureRandom());
        try (var all = Files.list(folder)) {
            assertThat(all.toList()).hasSize(6).allSatisfy(file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
    }

    @Test
    void theServicesFileHoldsNoToken() throws IOException {
        var credentials = files().ensure("http://localhost:8080", new SecureRandom());
        assertThat(Files.readString(files().access())).doesNotContain(credentials.tokens().values()).doesNotContain(credentials.sources().values())
                .doesNotContain("tl_");
    }

    @Test
    void aSecondStartKeepsTheTokensAndNotesTheNewPort() throws IOException {
        var first = files().ensure("http://localhost:8080", new SecureRandom());
        var vaultKey = Files.readString(files().vaultKey());
        var second = files().ensure("http://localhost:9090", new SecureRandom());
        assertThat(second.tokens()).isEqualTo(first.tokens());
        assertThat(second.sources()).isEqualTo(first.sources());
        assertThat(Credentials.read(files().credentials()).baseUrl()).isEqualTo("http://localhost:9090");
        assertThat(Files.readString(files().vaultKey())).isEqualTo(vaultKey).matches("[0-9a-f]{64}");
    }

    @Test
    void aNewTokenTakesThePlaceOfTheOneBefore() throws IOException {
        var before = files().ensure("http://localhost:8080", new SecureRandom());
        var operator = files().renew("operator", new SecureRandom());
        var kiosk = files().renew("/channels/kiosk", new SecureRandom());
        var access = AccessList.read(files().access());
        assertThat(access.authenticate(operator)).isPresent();
        assertThat(access.authenticate(kiosk)).get().isInstanceOfSatisfying(Principal.Channel.class, channel -> assertThat(channel.source()).isEqualTo("/channels/kiosk"));
        assertThat(access.authenticate(before.tokens().get("operator"))).isEmpty();
        assertThat(access.authenticate(before.tokens().get("analyst"))).isPresent();
        assertThat(files().ensure("http://localhost:8080", new SecureRandom()).sources()).containsEntry("/channels/kiosk", kiosk);
    }

    @Test
    void aTokenThatWasEmptiedByHandOpensNothing() throws IOException {
        var credentials = files().ensure("http://localhost:8080", new SecureRandom());
        credentials.tokens().put("admin", "");
        credentials.write(files().credentials());
        assertThat(files().ensure("http://localhost:8080", new SecureRandom()).tokens().get("admin")).matches("tl_[A-Za-z0-9_-]{43}");
        assertThat(AccessList.read(files().access()).authenticate("")).isEmpty();
    }

    @Test
    void aSourceAddedByHandGetsAKey() throws IOException {
        var credentials = files().ensure("http://localhost:8080", new SecureRandom());
        credentials.sources().put("/channels/kiosk", "");
        credentials.write(files().credentials());
        var key = files().ensure("http://localhost:8080", new SecureRandom()).sources().get("/channels/kiosk");
        assertThat(key).matches("tl_[A-Za-z0-9_-]{43}");
        assertThat(AccessList.read(files().access()).authenticate(key)).isPresent();
    }

    private AccessFiles files() {
        return AccessFiles.in(folder);
    }
}
