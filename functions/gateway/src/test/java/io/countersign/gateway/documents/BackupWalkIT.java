package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** docs/backup.md. */
class BackupWalkIT extends WalkContract {
    private static final String BACKUP = "Make a backup";
    private static final String RESTORE = "Restore a backup";

    BackupWalkIT() {
        super("docs/backup.md", BACKUP, RESTORE);
    }

    @Test
    void aRestoreBringsBackWhatTheBackupHadAndTheWalkRevokesAgain() throws Exception {
        run(APPLY);
        run(SERVE);
        walk(BACKUP);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("backup/registry.db"))))
                .isEqualTo("rw-------");
        assertThat(directory.resolve("backup/root.key")).doesNotExist();
        run("mkdir -m 700 offline && cp -p data/root.key offline/");
        run("KEY=$(./countersign keys --data data | awk '/reader  Active/ {print $1}')");
        run("./countersign rotate --compromised \"$KEY\" --data data");
        walk(RESTORE);
        String key = run("echo $KEY");
        assertThat(run("./countersign keys --data data"))
                .contains(key + "  user/1234567890123456/reader  Inactive")
                .contains("access keys: 3");
        assertThat(run("./countersign explain \"$URL\" --data data")).contains("The V4 signature matches.");
    }
}
