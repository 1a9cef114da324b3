package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/capacity.md: its commands measure, and what they measure is of the size that the page states. */
class CapacityWalkIT extends WalkContract {
    private static final String MEMORY = "Memory";
    private static final String GROWTH = "Growth of the registry";
    private static final Pattern BYTES = Pattern.compile("some ([\\d.]+) KB of the file");

    CapacityWalkIT() {
        super("docs/capacity.md", MEMORY, GROWTH);
    }

    @Test
    void memoryAndGrowthAreMeasured() throws Exception {
        run(APPLY);
        walk(MEMORY);
        assertThat(Long.parseLong(run("ps -o rss= --ppid $!"))).isGreaterThan(50_000);
        walk(GROWTH);
        double grown = Files.size(directory.resolve("data/registry.db"));
        Matcher stated = BYTES.matcher(Documents.text("docs/capacity.md"));
        assertThat(stated.find()).isTrue();
        double bytes = Double.parseDouble(stated.group(1)) * 1_000;
        assertThat(grown / 1_000).isBetween(bytes * 0.7, bytes * 1.3);
    }
}
