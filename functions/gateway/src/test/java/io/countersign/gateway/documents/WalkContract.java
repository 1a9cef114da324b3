package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walks of a page, run as they are written. */
abstract class WalkContract {
    static final String APPLY = "./countersign apply --manifest manifest.yaml --data data";
    static final String SERVE =
            "./countersign serve --manifest manifest.yaml --data data --port 8080 > server.log 2>&1 & until curl -fs http://127.0.0.1:8080/health; do sleep 0.1; done";

    private final String page;
    private final List<String> walks;

    @TempDir
    Path directory;

    private OperatorShell shell;

    /** @param walks the headings under which the page has commands; each is run by a test */
    WalkContract(String page, String... walks) {
        this.page = page;
        this.walks = List.of(walks);
    }

    @BeforeEach
    void open() throws IOException {
        shell = OperatorShell.in(directory, environment());
    }

    @AfterEach
    void close() throws IOException {
        shell.close();
    }

    Map<String, String> environment() {
        return Map.of();
    }

    @Test
    void everyWalkOfThePageIsRun() throws IOException {
        assertThat(Documents.WALKS).contains(page);
        assertThat(Documents.walks(page)).containsExactlyElementsOf(walks);
    }

    /** Runs a walk of the page, after those that ran before it in this test. */
    void walk(String heading) throws Exception {
        assertThat(walks).contains(heading);
        shell.walk(page, heading);
    }

    /** Runs a line of the test's own, which must succeed. */
    String run(String command) throws Exception {
        return shell.run(command).strip();
    }
}
