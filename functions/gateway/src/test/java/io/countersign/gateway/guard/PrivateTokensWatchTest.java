package io.countersign.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of tokens that changes while a server runs. */
class PrivateTokensWatchTest {
    @TempDir
    private Path directory;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private Path file;
    private PrivateTokensWatch watch;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("tokens");
        write(line("one") + line("two"));
        watch = new PrivateTokensWatch(PrivateTokensFile.open(file), nanos::get);
    }

    private static String line(String name) {
        return name + " /verify " + PrivateTokens.sha256("of-" + name) + "\n";
    }

    private void write(String text) throws Exception {
        Path written = Files.writeString(directory.resolve("written"), text);
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The code of the refusal; empty where the program is admitted. */
    private String answer(String name) {
        return watch.before(PrivateEndpoint.VERIFY)
                .refusal(List.of(new Header("Authorization", "Bearer of-" + name)))
                .map(ProblemException.Problem::code)
                .orElse("");
    }

    @Test
    void theProgramsOfTheStartAreAdmittedAtOnce() {
        assertThat(answer("one")).isEmpty();
        assertThat(answer("two")).isEmpty();
        assertThat(answer("three")).isEqualTo("PrivateTokenRequired");
    }

    @Test
    void aRemovedLineAdmitsNobodyAndANewOneDoes() throws Exception {
        write(line("two") + line("three"));
        assertThat(answer("one")).isEmpty();
        watch.look();
        assertThat(answer("one")).isEqualTo("PrivateTokenRequired");
        assertThat(answer("two")).isEmpty();
        assertThat(answer("three")).isEmpty();
    }

    /** As an editor writes it, within a tick of the file system's clock. */
    @Test
    void aChangeThatKeepsSizeTimeAndFileCounts() throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, line("one") + line("six"));
        Files.setLastModifiedTime(file, time);
        watch.look();
        assertThat(answer("two")).isEqualTo("PrivateTokenRequired");
        assertThat(answer("six")).isEmpty();
    }

    @Test
    void withoutAFileNobodyIsAdmittedUntilItIsThereAgain() throws Exception {
        Files.delete(file);
        watch.look();
        assertThat(answer("one")).isEqualTo("PrivateTokensUnusable");
        assertThat(answer("nobody")).isEqualTo("PrivateTokensUnusable");
        write(line("one"));
        watch.look();
        assertThat(answer("one")).isEmpty();
        assertThat(answer("two")).isEqualTo("PrivateTokenRequired");
    }

    @Test
    void aFileThatIsMalformedEmptyALinkOrReadByOthersAdmitsNobody() throws Exception {
        write(line("one") + "two /verify\n");
        watch.look();
        assertThat(answer("one")).isEqualTo("PrivateTokensUnusable");
        write("");
        watch.look();
        assertThat(answer("one")).isEqualTo("PrivateTokensUnusable");
        write(line("one"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        watch.look();
        assertThat(answer("one")).isEqualTo("PrivateTokensUnusable");
        Files.move(file, directory.resolve("elsewhere"));
        Files.setPosixFilePermissions(directory.resolve("elsewhere"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(file, directory.resolve("elsewhere"));
        watch.look();
        assertThat(answer("one")).isEqualTo("PrivateTokensUnusable");
    }

    @Test
    void eachProblemIsToldOnce() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(PrivateTokensWatch.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord one) {
                told.add(one.getMessage() + List.of(one.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            write("");
            watch.look();
            watch.look();
            write(line("one"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            watch.look();
            watch.look();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            watch.look();
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(told).hasSize(3);
        // The line ends after the reason, and the reason's own quotes are single ones.
        assertThat(told.get(0))
                .contains("event=private-tokens-unusable", "no program")
                .matches("[^\"]*\"[^\"]*\"]");
        assertThat(told.get(1)).contains("event=private-tokens-unusable", "chmod 600");
        assertThat(told.get(2)).contains("event=private-tokens-read");
    }

    @Test
    void theRefusalIsNoDecisionAndTellsNothingOfTheFile() throws Exception {
        Files.delete(file);
        watch.look();
        Optional<ProblemException.Problem> refusal =
                watch.before(PrivateEndpoint.AUTH).refusal(List.of(new Header("X-Countersign-Token", "of-one")));
        assertThat(refusal.orElseThrow().status()).isEqualTo(503);
        assertThat(refusal.toString()).doesNotContain(directory.toString(), "of-one");
    }

    @Test
    void aLookThatHangsAdmitsNobodyAfterAWhile() {
        nanos.addAndGet(PrivateTokensWatch.STALE.toNanos());
        assertThat(answer("one")).isEmpty();
        nanos.incrementAndGet();
        assertThat(answer("one")).isEqualTo("PrivateTokensUnusable");
        watch.look();
        assertThat(answer("one")).isEmpty();
    }

    @Test
    void itLooksByItself() throws Exception {
        try (PrivateTokensWatch started = PrivateTokensWatch.start(PrivateTokensFile.open(file))) {
            watch = started;
            write(line("two"));
            for (int i = 0; i < 1_000 && answer("one").isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(answer("one")).isEqualTo("PrivateTokenRequired");
            assertThat(answer("two")).isEmpty();
        }
    }
}
