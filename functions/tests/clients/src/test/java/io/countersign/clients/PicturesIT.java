package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mermaid's own parser reads every picture in the documents. */
@Tag("node")
class PicturesIT {
    private static final Path REPOSITORY = Path.of("..", "..", "..");
    private static final Path PARSER = Path.of("target", "node", "pictures.js");
    private static final Pattern PICTURE = Pattern.compile("(?ms)^```mermaid\\n(.*?)^```");

    @Test
    void everyPictureIsRead() throws Exception {
        List<String> pictures = new ArrayList<>();
        for (Path page : pages()) {
            PICTURE.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(pictures::add);
        }
        assertThat(pictures).hasSizeGreaterThan(4);
        assertThat(problems(pictures)).hasSameSizeAs(pictures).containsOnly("");
    }

    @Test
    void aBrokenPictureIsNot() throws Exception {
        assertThat(problems(List.of("flowchart LR\n a -->", "sequenceDiagram\n a->>", "nonsense")))
                .hasSize(3)
                .doesNotContain("");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        pages.add(REPOSITORY.resolve("README.md"));
        try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static List<String> problems(List<String> pictures) throws Exception {
        Process node = new ProcessBuilder("node", PARSER.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = node.getOutputStream()) {
            in.write(JsonText.object(json -> json.put("pictures", pictures)).getBytes(StandardCharsets.UTF_8));
        }
        byte[] answer = node.getInputStream().readAllBytes();
        assertThat(node.waitFor()).isZero();
        return texts(answer);
    }

    private static List<String> texts(byte[] answer) throws InvalidDocumentException {
        List<String> texts = new ArrayList<>();
        for (Value text : Members.array(Members.of(Values.parse(answer)).required("problems"))) {
            texts.add(Members.string(text));
        }
        return texts;
    }
}
