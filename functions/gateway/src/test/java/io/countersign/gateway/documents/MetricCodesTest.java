package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.OssError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The labels of codes are the codes that this program answers, and no other. {@code -Dgolden.write=true} writes them anew. */
class MetricCodesTest {
    private static final Path FILE = Documents.REPOSITORY.resolve(
            "functions/gateway/src/main/resources/io/countersign/gateway/metrics/codes.txt");

    @Test
    void theLabelsAreTheCodesOfTheProgram() throws IOException {
        TreeSet<String> codes = new TreeSet<>(AnsweredCodes.ofFaces().keySet());
        Arrays.stream(OssError.values()).map(OssError::code).forEach(codes::add);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(FILE, String.join("\n", codes) + "\n");
        }
        assertThat(Files.readAllLines(FILE))
                .containsExactlyElementsOf(List.copyOf(codes))
                .hasSizeLessThan(400);
    }
}
