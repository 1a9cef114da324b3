package io.countersign.registry.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A root key that somebody else may have put there is not used. */
class OwnFileTest {
    private static final String UID = "unix:uid";

    @TempDir
    Path parent;

    private final SecureRandom random = Seeds.secure();
    private Path directory;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(parent.resolve("data"));
        file = directory.resolve("root.key");
    }

    private void refused(String why) {
        assertThatThrownBy(() -> FileRootKey.openOrMake(file, NothingSealed.YET, random))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx", "rwx-wx---"})
    void aDirectoryThatOthersCanWriteIsRefusedBeforeAndAfter(String mode) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        refused("chmod go-w");
        assertThat(file).doesNotExist();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        String version = FileRootKey.openOrMake(file, NothingSealed.YET, random).version();
        assertThat(FileRootKey.openOrMake(file, NothingSealed.YET, random).version())
                .isEqualTo(version);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        refused("chmod go-w");
    }

    @Test
    void aLinkIsNoKeyWhateverItLeadsTo() throws Exception {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere")).resolve("key");
        FileRootKey.openOrMake(elsewhere, NothingSealed.YET, random);
        Files.createSymbolicLink(file, elsewhere);
        refused("is a link");
        Files.delete(elsewhere);
        refused("is a link");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aLaterVersionIsLookedAtLikeTheFirst() throws Exception {
        FileRootKey.openOrMake(file, NothingSealed.YET, random);
        Files.createSymbolicLink(directory.resolve("root.key.2"), file);
        refused("is a link");
    }

    @Test
    void aDirectoryMayBeReachedByALink() throws Exception {
        String version = FileRootKey.openOrMake(file, NothingSealed.YET, random).version();
        Path link = Files.createSymbolicLink(parent.resolve("link"), directory);
        assertThat(FileRootKey.openOrMake(link.resolve("root.key"), NothingSealed.YET, random)
                        .version())
                .isEqualTo(version);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> FileRootKey.openOrMake(link.resolve("root.key"), NothingSealed.YET, random))
                .hasMessageContaining("chmod go-w");
    }

    /** Only root can give files away. */
    @Test
    void aKeyOrADirectoryOfAnotherUserIsRefused() throws Exception {
        FileRootKey.openOrMake(file, NothingSealed.YET, random);
        assumeTrue(Files.getAttribute(file, UID).equals(0), "runs as root");
        Files.setAttribute(file, UID, 65_534);
        refused("belongs to");
        Files.setAttribute(file, UID, 0);
        FileRootKey.openOrMake(file, NothingSealed.YET, random);
        Files.setAttribute(directory, UID, 65_534);
        refused("belongs to");
    }
}
